/** Where brought tables are kept: IndexedDB, by the library idb. In a database of its own: that of the snapshots is of one version in all pages. */

import { openDB, type IDBPDatabase } from 'idb';
import type { DataTable } from './data-table';
import { bytesOf } from './size';

const NAME = 'density-playground-tables';
const TABLES = 'tables';
/** When each was used last, so that nobody has to read the tables for that. */
const USES = 'uses';

interface Use {
  hash: string;
  order: number;
  bytes: number;
}

const isFull = (error: unknown): boolean =>
  error instanceof DOMException &&
  (error.name === 'QuotaExceededError' || error.name === 'NS_ERROR_FILE_NO_DEVICE_SPACE');

/** What came out of the database, where it has a table's form. */
function asTable(value: unknown): DataTable | null {
  if (typeof value !== 'object' || value === null) return null;
  const { hash, name, names, values, parts, picked } = value as Partial<DataTable>;
  if (typeof hash !== 'string' || typeof name !== 'string' || !Array.isArray(names)) return null;
  if (!(values instanceof Float64Array) || names.length === 0 || values.length % names.length > 0)
    return null;
  const isPart =
    parts === null || (parts instanceof Uint8Array && parts.length * names.length === values.length);
  return isPart ? { hash, name, names, values, parts, ...(picked ? { picked } : {}) } : null;
}

export class TableStore {
  readonly #database: IDBPDatabase;
  readonly #most: number;
  readonly #mostBytes: number;

  private constructor(database: IDBPDatabase, most: number, mostBytes: number) {
    this.#database = database;
    this.#most = most;
    this.#mostBytes = mostBytes;
  }

  /** Keeps `most` tables of `mostBytes` in all. Throws where the browser keeps nothing. */
  static async open(most: number, mostBytes: number): Promise<TableStore> {
    const database = await openDB(NAME, 1, {
      upgrade: (fresh) => {
        fresh.createObjectStore(TABLES, { keyPath: 'hash' });
        fresh.createObjectStore(USES, { keyPath: 'hash' }).createIndex('order', 'order');
      },
      // A newer page in another tab wants to change the database: it may.
      blocking: (_, __, event) => (event.target as IDBDatabase).close(),
    });
    return new TableStore(database, most, mostBytes);
  }

  async read(hash: string): Promise<DataTable | null> {
    const table = asTable(await this.#database.get(TABLES, hash));
    if (table) await this.#use(table);
    return table;
  }

  /** Keeps a table; those that were used longest ago go. Where there is no room even so, it is not kept. */
  async write(table: DataTable): Promise<void> {
    const bytes = bytesOf(table);
    if (bytes > this.#mostBytes) return;
    const others = (await this.#uses()).filter(({ hash }) => hash !== table.hash);
    let sum = others.reduce((all, one) => all + one.bytes, bytes);
    const drop = async () => {
      const oldest = others.shift();
      if (!oldest) return false;
      await this.#remove(oldest.hash);
      sum -= oldest.bytes;
      return true;
    };
    while (others.length >= this.#most || sum > this.#mostBytes) if (!(await drop())) return;
    for (;;) {
      try {
        await this.#database.put(TABLES, table);
        return await this.#use(table);
      } catch (error) {
        if (!isFull(error) || !(await drop())) throw error;
      }
    }
  }

  async clear(): Promise<void> {
    await Promise.all([TABLES, USES].map((name) => this.#database.clear(name)));
  }

  /** The one that was used longest ago first. */
  async #uses(): Promise<Use[]> {
    return (await this.#database.getAllFromIndex(USES, 'order')) as Use[];
  }

  async #use(table: DataTable): Promise<void> {
    const uses = this.#database.transaction(USES, 'readwrite');
    const last = await uses.store.index('order').openKeyCursor(null, 'prev');
    const use: Use = { hash: table.hash, order: 1 + Number(last?.key ?? 0), bytes: bytesOf(table) };
    await Promise.all([uses.store.put(use), uses.done]);
  }

  async #remove(hash: string): Promise<void> {
    await Promise.all([TABLES, USES].map((name) => this.#database.delete(name, hash)));
  }
}
