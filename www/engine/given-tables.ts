/** The tables that Experiments name: an Experiment has only the hash of its rows, so whoever is to open it is given the rows before. */

import type { DataTable } from '../tables/data-table';

/** The hash of the table that an Experiment, which nobody may have checked, learns from; null: it learns from none. */
export function tableHashOf(experiment: unknown): string | null {
  const { target } = (experiment ?? {}) as { target?: { kind?: unknown; hash?: unknown } | null };
  return target?.kind === 'table' && typeof target.hash === 'string' ? target.hash : null;
}

/** What somebody was given already. */
export class Given {
  readonly #hashes = new Set<string>();

  /** The table, where it is the first time that this one is to be given. */
  first(table: DataTable | null): DataTable | null {
    if (!table || this.#hashes.has(table.hash)) return null;
    this.#hashes.add(table.hash);
    return table;
  }
}

/** Those that a worker was given, for the workers that it gives Experiments to. */
const held = new Map<string, DataTable>();

/** Takes a table, and gives it to the core of this worker. */
export function take(table: DataTable | null | undefined, provide: Provide): void {
  if (!table || held.has(table.hash)) return;
  held.set(table.hash, table);
  provide(table.hash, table.names, table.values, table.parts ?? new Uint8Array());
}

/** Gives another core of this worker all that were taken before. */
export function provideAgain(provide: Provide): void {
  for (const { hash, names, values, parts } of held.values())
    provide(hash, names, values, parts ?? new Uint8Array());
}

/** How a core takes a table. */
export type Provide = (hash: string, names: string[], values: Float64Array, parts: Uint8Array) => void;

/** The table of an Experiment, where this worker was given it. */
export function tableOf(experiment: unknown): DataTable | null {
  const hash = tableHashOf(experiment);
  return hash === null ? null : (held.get(hash) ?? null);
}
