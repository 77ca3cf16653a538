/** Where snapshots are kept: IndexedDB, by the library idb. Loaded once a run is on its way, or when there is something to come back to. */

import { openDB, type IDBPDatabase } from 'idb';
import { asSnapshot, sizeOf, VERSION, type Snapshot } from './snapshot';

const NAME = 'density-playground';
/** The snapshots; and what is told of them, so that nobody has to read them for that. */
const SNAPSHOTS = 'snapshots';
const WORKS = 'works';

/** Works that are kept at most, and their bytes; the oldest go. */
const MOST = 12;
const MOST_BYTES = 48 * 1024 * 1024;

/** What a person is told of a work that is kept. */
export interface KeptWork {
  version: number;
  work: string;
  order: number;
  time: number;
  made: boolean;
  /** It was offered, and the person did not want to go on with it. */
  declined: boolean;
  bytes: number;
  /** `name`: a table's, with its hash. */
  runs: { family: string; target: string; name?: [hash: string, name: string]; step: number }[];
}

const told = (snapshot: Snapshot): KeptWork => {
  const { version, work, order, time, made, runs } = snapshot;
  const said = runs.map(({ experiment: { model, target }, trained }): KeptWork['runs'][number] => ({
    family: model.family,
    target: target.kind,
    ...(target.kind === 'table' ? { name: [target.hash, target.name] } : {}),
    step: trained?.saved.step ?? 0,
  }));
  return { version, work, order, time, made, declined: false, bytes: sizeOf(snapshot), runs: said };
};

/** This browser has no room left, whatever is thrown away. */
export class NoRoom extends Error {
  override readonly name = 'NoRoom';
}

const isFull = (error: unknown): boolean =>
  error instanceof DOMException &&
  (error.name === 'QuotaExceededError' || error.name === 'NS_ERROR_FILE_NO_DEVICE_SPACE');

export class SnapshotStore {
  readonly #database: IDBPDatabase;

  private constructor(database: IDBPDatabase) {
    this.#database = database;
  }

  /** Throws where the browser keeps nothing: by the person's wish, in a frame of another site, or since a newer page has been here. */
  static async open(): Promise<SnapshotStore> {
    const database = await openDB(NAME, 1, {
      upgrade: (fresh) => {
        fresh.createObjectStore(SNAPSHOTS, { keyPath: 'work' });
        fresh.createObjectStore(WORKS, { keyPath: 'work' }).createIndex('order', 'order');
      },
      // A newer page in another tab wants to change the database: it may.
      blocking: (_, __, event) => (event.target as IDBDatabase).close(),
    });
    return new SnapshotStore(database);
  }

  /** What was kept of a work; null where nothing was, or what this page can't read. */
  async read(work: string): Promise<Snapshot | null> {
    return asSnapshot(await this.#database.get(SNAPSHOTS, work));
  }

  /**
   * Keeps a snapshot. Where there is no room, works of closed tabs go, the oldest first, then what was trained before an undo; then it throws
   * {@link NoRoom}. `open`: works that are open in some tab.
   */
  async write(snapshot: Omit<Snapshot, 'order'>, open: ReadonlySet<string>): Promise<void> {
    await this.#trim(snapshot.work, sizeOf(snapshot), open);
    for (;;) {
      try {
        return await this.#put(snapshot);
      } catch (error) {
        if (!isFull(error)) throw error;
        const [oldest] = await this.#closed(snapshot.work, open);
        if (oldest) await this.remove(oldest.work);
        else if (snapshot.runs.some((run) => run.kept.length > 0))
          snapshot = { ...snapshot, runs: snapshot.runs.map((run) => ({ ...run, kept: [] })) };
        else throw new NoRoom('no room', { cause: error });
      }
    }
  }

  async #put(snapshot: Omit<Snapshot, 'order'>): Promise<void> {
    const transaction = this.#database.transaction([SNAPSHOTS, WORKS], 'readwrite');
    const works = transaction.objectStore(WORKS);
    const last = await works.index('order').openKeyCursor(null, 'prev');
    const whole = { ...snapshot, order: 1 + Number(last?.key ?? 0) };
    const writes = [transaction.objectStore(SNAPSHOTS).put(whole), works.put(told(whole))];
    await Promise.all([...writes, transaction.done]);
  }

  /** Works, the latest first; those of a newer page are not told of. */
  async works(): Promise<KeptWork[]> {
    const all = (await this.#database.getAllFromIndex(WORKS, 'order')) as KeptWork[];
    return all.filter(({ version }) => version === VERSION).reverse();
  }

  /** Works of closed tabs, first those that nobody made anything in, the oldest first. */
  async #closed(own: string, open: ReadonlySet<string>): Promise<KeptWork[]> {
    const closed = (await this.works()).filter(({ work }) => work !== own && !open.has(work)).reverse();
    return [...closed.filter(({ made }) => !made), ...closed.filter(({ made }) => made)];
  }

  /** It need not be offered again. */
  async decline(work: string): Promise<void> {
    const transaction = this.#database.transaction(WORKS, 'readwrite');
    const one = (await transaction.store.get(work)) as KeptWork | undefined;
    if (one) await transaction.store.put({ ...one, declined: true });
    await transaction.done;
  }

  async #trim(own: string, bytes: number, open: ReadonlySet<string>): Promise<void> {
    const closed = await this.#closed(own, open);
    let left = closed.length;
    let sum = closed.reduce((all, one) => all + one.bytes, bytes);
    for (const one of closed) {
      if (left < MOST && sum <= MOST_BYTES) return;
      await this.remove(one.work);
      left -= 1;
      sum -= one.bytes;
    }
  }

  async remove(work: string): Promise<void> {
    await this.#both((name) => this.#database.delete(name, work));
  }

  /** All works of all tabs, a newer page's too. */
  async clear(): Promise<void> {
    await this.#both((name) => this.#database.clear(name));
  }

  async #both(act: (name: string) => Promise<unknown>): Promise<void> {
    await Promise.all([SNAPSHOTS, WORKS].map(act));
  }
}
