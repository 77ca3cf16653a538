/** Tables in memory, and what is looked for. */

import type { DataTable } from './data-table';
import { bytesOf } from './size';

/** Up to `most` tables of `mostBytes` in all: those that were used longest ago go, the last one stays. */
export class Held {
  /** The one that was used longest ago first. */
  readonly #tables = new Map<string, DataTable>();
  readonly #most: number;
  readonly #mostBytes: number;

  constructor(most: number, mostBytes: number) {
    this.#most = most;
    this.#mostBytes = mostBytes;
  }

  use(hash: string): DataTable | null {
    const table = this.#tables.get(hash);
    if (!table) return null;
    this.#tables.delete(hash);
    this.#tables.set(hash, table);
    return table;
  }

  put(table: DataTable): void {
    this.#tables.delete(table.hash);
    this.#tables.set(table.hash, table);
    let sum = [...this.#tables.values()].reduce((all, one) => all + bytesOf(one), 0);
    for (const [hash, oldest] of this.#tables) {
      if (hash === table.hash || (this.#tables.size <= this.#most && sum <= this.#mostBytes)) return;
      this.#tables.delete(hash);
      sum -= bytesOf(oldest);
    }
  }
}

/** What is asked for again before it is answered is asked once. */
export class Once<T> {
  readonly #asked = new Map<string, Promise<T>>();

  async ask(key: string, act: () => Promise<T>): Promise<T> {
    const asked = this.#asked.get(key) ?? act();
    this.#asked.set(key, asked);
    try {
      return await asked;
    } finally {
      this.#asked.delete(key);
    }
  }
}
