/** The points that a run learns from, put by hand: moved, added, taken away. */

/** As many can be told apart by hand. */
export const MOST_BY_HAND = 300;
const FEWEST = 10;

/** What it has from its run, and tells it. */
export interface PointsHost {
  /** Row-major, as the run learns from them now. */
  readonly points: Float32Array;
  /** How many its Experiment has. They come from the worker: until then the points are still those of before. */
  readonly size: number;
  /** These are the training set now. */
  put(points: Float32Array): void;
}

export class Points {
  /** They are being edited on the stage. */
  active = $state(false);
  /** The one that the keyboard moves, by its place; null: none. */
  chosen = $state<number | null>(null);
  readonly #host: PointsHost;

  constructor(host: PointsHost) {
    this.#host = host;
  }

  get count(): number {
    return this.#host.points.length / 2;
  }

  set(on: boolean): void {
    this.active = on;
    this.chosen = null;
  }

  at(index: number): [number, number] {
    const { points } = this.#host;
    return [points[2 * index] ?? 0, points[2 * index + 1] ?? 0];
  }

  /** Whether the points are those of the Experiment: before, nothing can be done with them. */
  get known(): boolean {
    return this.count === this.#host.size;
  }

  /** The nearest one within `reach`; null: none. */
  nearest([x, y]: readonly [number, number], reach: number): number | null {
    let best: number | null = null;
    let least = reach;
    for (let i = 0; i < this.count; i++) {
      const [a, b] = this.at(i);
      const distance = Math.hypot(a - x, b - y);
      if (distance <= least) [best, least] = [i, distance];
    }
    return best;
  }

  move(index: number, [x, y]: readonly [number, number]): void {
    if (!this.known) return;
    const points = this.#host.points.slice();
    points.set([x, y], 2 * index);
    this.#host.put(points);
  }

  /** False: there are as many as can be. */
  add([x, y]: readonly [number, number]): boolean {
    if (!this.known) return true;
    if (this.count >= MOST_BY_HAND) return false;
    this.#host.put(Float32Array.of(...this.#host.points, x, y));
    this.chosen = this.count - 1;
    return true;
  }

  /** False: there are as few as can be. */
  remove(index: number): boolean {
    if (!this.known) return true;
    if (this.count <= FEWEST) return false;
    this.#host.put(this.#host.points.filter((_, i) => i >> 1 !== index));
    this.chosen = null;
    return true;
  }
}

/** Points as an Experiment and its link have them: to a thousandth. */
export const told = (points: Float32Array): number[] =>
  Array.from(points, (value) => Math.round(1000 * value) / 1000);
