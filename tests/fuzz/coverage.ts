/** What an input reached of the readers, by the counters that vitest.config.ts puts into them. */

/** The global variable in which istanbul's counters are. */
export const COUNTERS = '__counters__';

interface FileCounters {
  s: Record<string, number>;
  f: Record<string, number>;
  b: Record<string, number[]>;
}

/** How often, roughly: once, twice, up to 4, 8, ... times is each something new. */
const bucketOf = (count: number) => Math.min(15, 32 - Math.clz32(count));

const BUCKETS = 16;

/** What one input reached: `places` are statements and branches, `passes` the same with how often each was passed. */
export interface Reached {
  places: Set<number>;
  passes: Set<number>;
}

/** Takes what was counted since the last time. The numbers of places stay, files that are loaded later come behind them. */
export class Coverage {
  readonly #from = new Map<string, number>();
  #size = 0;

  take(): Reached {
    const reached: Reached = { places: new Set(), passes: new Set() };
    const files = (globalThis as unknown as Record<string, Record<string, FileCounters> | undefined>)[
      COUNTERS
    ];
    for (const [file, counters] of Object.entries(files ?? {})) {
      const lists = [counters.s, counters.f, ...Object.values(counters.b)];
      let place = this.#from.get(file);
      if (place === undefined) {
        this.#from.set(file, (place = this.#size));
        this.#size += lists.reduce((sum, list) => sum + Object.keys(list).length, 0);
      }
      for (const list of lists as Record<string, number>[]) {
        for (const key in list) {
          const count = list[key] ?? 0;
          if (count > 0) {
            reached.places.add(place);
            reached.passes.add(BUCKETS * place + bucketOf(count));
            list[key] = 0;
          }
          place += 1;
        }
      }
    }
    return reached;
  }

  /** All places of the files that were loaded. */
  get size(): number {
    return this.#size;
  }
}
