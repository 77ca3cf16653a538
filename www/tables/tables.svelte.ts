/** The tables of the page: an Experiment only says by which hash its rows are known; here they are. */

import { builtinOf, fetchBuiltin, type BuiltinTable } from './builtin';
import type { DataTable } from './data-table';
import { Held, Once } from './held';
import type { TableStore } from './table-store';

/** Tables at most, and their bytes, in memory and again in this browser; those that were used longest ago go, the last one stays. */
export const MOST = 20;
export const MOST_BYTES = 128 * 2 ** 20;

/** What keeps tables from visit to visit. */
export type TableKeeper = Pick<TableStore, 'read' | 'write' | 'clear'>;

const openStore = async (): Promise<TableKeeper> =>
  (await import('./table-store')).TableStore.open(MOST, MOST_BYTES);

export class Tables {
  readonly #memory = new Held(MOST, MOST_BYTES);
  /** Counts what comes and goes, for what shows a table. */
  #changes = $state(0);
  readonly #looking = new Once<DataTable | null>();
  readonly #open: () => Promise<TableKeeper>;
  readonly #fetch: (table: BuiltinTable) => Promise<DataTable | null>;
  #store: Promise<TableKeeper> | null = null;

  constructor(open = openStore, fetch = fetchBuiltin) {
    this.#open = open;
    this.#fetch = fetch;
  }

  /** A table that is in memory. */
  known(hash: string): DataTable | null {
    void this.#changes;
    return this.#memory.use(hash);
  }

  /** A table wherever it is: in memory, among the page's own, or kept in this browser. It is in memory from then on. */
  async find(hash: string): Promise<DataTable | null> {
    return this.known(hash) ?? this.#looking.ask(hash, () => this.#look(hash));
  }

  async #look(hash: string): Promise<DataTable | null> {
    const builtin = builtinOf(hash);
    const table = builtin ? await this.#fetch(builtin) : await this.#with((store) => store.read(hash));
    if (table) this.hold(table);
    return table;
  }

  /** Holds a table in memory. */
  hold(table: DataTable): void {
    this.#memory.put(table);
    this.#changes += 1;
  }

  /** Holds a table in memory, and keeps it in this browser, where that keeps anything. */
  async keep(table: DataTable): Promise<void> {
    this.hold(table);
    if (!builtinOf(table.hash)) await this.#with((store) => store.write(table));
  }

  /** Nothing is kept in this browser any more; what is in memory stays. */
  async forget(): Promise<void> {
    await this.#with((store) => store.clear());
  }

  /** Does something with the store; a browser that keeps nothing is no failure. */
  async #with<T>(act: (store: TableKeeper) => Promise<T>): Promise<T | null> {
    try {
      this.#store ??= this.#open();
      return await act(await this.#store);
    } catch {
      // Another try may find it opened again.
      this.#store = null;
      return null;
    }
  }
}

export const tables = new Tables();
