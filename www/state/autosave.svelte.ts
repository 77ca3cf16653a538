/**
 * Keeps what a tab holds in this browser, by itself: after each change, and while it trains every few seconds. A reload, going back to the
 * page and a tab that the browser brings back go on where it was; what was made in a tab that is closed, or has crashed, is offered again.
 */

import { claim, openWorks } from './open-works';
import type { KeptWork, SnapshotStore } from './snapshot-store';
import type { Snapshot } from './snapshot';
import type { Workspace } from './workspace.svelte';
import { tables } from '../tables/tables.svelte';
import { words } from '../i18n';

/** Milliseconds between two looks at what has been trained. */
const PERIOD = 5000;

/** Why nothing is kept: the browser does not allow it, or has no room. */
export type KeepingTrouble = 'refused' | 'full';

const newWork = (): string =>
  Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('-');

/** The work that an entry of the browser's history is of. */
function workOf(state: unknown): string | null {
  if (typeof state !== 'object' || state === null || !('work' in state)) return null;
  return typeof state.work === 'string' ? state.work : null;
}

export class Autosave {
  /** Works of closed tabs in which a person made something, the latest first. */
  works = $state.raw<KeptWork[]>([]);
  /** One of them, which the person may want to go on with now. */
  offer = $state.raw<KeptWork | null>(null);
  /** Bytes of all that is kept, about. */
  bytes = $state(0);
  trouble = $state<KeepingTrouble | null>(null);
  readonly #workspace: Workspace;
  #store: Promise<SnapshotStore> | null = null;
  #release: () => void = () => undefined;
  /** What was last kept, as far as one can tell: nothing is written twice. */
  #written = '';
  /** One write at a time, in their order. */
  #writing: Promise<void> = Promise.resolve();
  /** The person had everything deleted: nothing is kept until something is made. */
  #suspended = false;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** Opens the page: with what this tab held before, where it did, else with what the address says. Returns what ends the keeping. */
  async open(): Promise<() => void> {
    const before = workOf(history.state);
    const snapshot = before === null ? null : await this.#read(before);
    const isSame = snapshot !== null && `#${snapshot.link}` === (location.hash || '#');
    const plain = location.hash.length <= 1 && before === null;
    // A tab that was duplicated has the same; the first one keeps the name.
    await this.#claim(isSame ? snapshot.work : newWork());
    // What can't be shown yet stays kept under its own name.
    if (isSame && !(await this.#workspace.resume(snapshot))) await this.#claim(newWork());
    if (!isSame) await this.#workspace.open();
    return this.#begin(plain);
  }

  #begin(plain: boolean): () => void {
    const workspace = this.#workspace;
    workspace.onwritten = () => {
      this.#suspended = false;
      this.#write(true);
    };
    const timer = setInterval(() => this.#write(false), PERIOD);
    const hidden = () => {
      if (document.hidden) this.#write(false);
    };
    // No worker is waited for any more.
    const leaving = () => this.#write(true);
    document.addEventListener('visibilitychange', hidden);
    addEventListener('pagehide', leaving);
    void this.refresh().then(() => {
      if (plain && !workspace.made) this.offer = this.works.find(({ declined }) => !declined) ?? null;
    });
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', hidden);
      removeEventListener('pagehide', leaving);
    };
  }

  /** Keeps all of it now, with what is trained. */
  async keep(): Promise<void> {
    this.#write(false);
    await this.#writing;
  }

  /** Looks at what is kept. */
  async refresh(): Promise<void> {
    await this.#with(async (store) => {
      const [works, open] = await Promise.all([store.works(), openWorks()]);
      this.bytes = works.reduce((sum, { bytes }) => sum + bytes, 0);
      this.works = works.filter(({ made, work }) => made && !open.has(work) && work !== this.#workspace.work);
    });
  }

  /** Goes on with a work of a closed tab; what is here now is kept, too. */
  async goOn(work: string): Promise<void> {
    this.offer = null;
    const workspace = this.#workspace;
    const snapshot = await this.#read(work);
    const claimed = snapshot && (await claim(work));
    if (!claimed) {
      workspace.notice = { sentence: snapshot ? words.keeping.elsewhere : words.keeping.gone };
      return this.refresh();
    }
    await this.keep();
    this.#release();
    this.#release = claimed;
    workspace.work = work;
    if (!(await workspace.restore(snapshot))) await this.#claim(newWork());
    await this.refresh();
  }

  /** Not now; it stays among the works that are kept. */
  async decline(): Promise<void> {
    const { offer } = this;
    this.offer = null;
    if (offer) await this.#with((store) => store.decline(offer.work));
  }

  /** Deletes a work, or all of them: this tab's, too, until something is made in it again. */
  async delete(work: string | null): Promise<void> {
    this.offer = null;
    this.#suspended ||= work === null;
    await this.#writing;
    await this.#with((store) => (work === null ? store.clear() : store.remove(work)));
    if (work === null) await tables.forget();
    await this.refresh();
  }

  async #claim(wanted: string): Promise<void> {
    this.#release();
    let work = wanted;
    let release = await claim(work);
    while (!release) release = await claim((work = newWork()));
    this.#release = release;
    this.#workspace.work = work;
    history.replaceState({ work }, '');
  }

  /** `atOnce`: with what is known of the trained parameters; else the workers are asked. */
  #write(atOnce: boolean): void {
    const { runs } = this.#workspace;
    // The first run is still on its way: there is nothing yet.
    if (this.#suspended || this.#workspace.waits || runs.every((run) => run.parameterCount === 0)) return;
    // What is kept must not be written over by what it is about to replace: it is written once it is there.
    if (runs.some((run) => run.opening)) {
      this.#written = '';
      return;
    }
    const now = JSON.stringify([
      location.hash,
      runs.map((run) => [run.key, run.step, run.canUndo, run.canRedo]),
    ]);
    if (!atOnce && now === this.#written) return;
    this.#written = atOnce ? '' : now;
    if (atOnce) return this.#put(runs.map((run) => run.lastSnapshot()));
    // One after the other.
    this.#writing = this.#writing.then(async () => {
      const snapshots = await Promise.all(runs.map((run) => run.snapshot()));
      // Another work may have been opened meanwhile, or everything deleted.
      if (this.#written === now && !this.#suspended) await this.#keepThis(snapshots);
    });
  }

  #put(snapshots: Snapshot['runs']): void {
    const kept = this.#keepThis(snapshots);
    this.#writing = Promise.all([this.#writing, kept]).then(() => undefined);
  }

  async #keepThis(runs: Snapshot['runs']): Promise<void> {
    const workspace = this.#workspace;
    const { work } = workspace;
    if (work === null) return;
    const snapshot = { ...workspace.snapshot(runs), work, time: Date.now() };
    await this.#with(async (store) => {
      await store.write(snapshot, await openWorks());
      this.trouble = null;
    });
  }

  async #read(work: string): Promise<Snapshot | null> {
    let snapshot: Snapshot | null = null;
    await this.#with(async (store) => {
      snapshot = await store.read(work);
    });
    return snapshot;
  }

  /** Does something with the store. Where there is none the page goes on without, and says so where a person asks for it. */
  async #with(act: (store: SnapshotStore) => Promise<unknown>): Promise<void> {
    try {
      this.#store ??= import('./snapshot-store').then(({ SnapshotStore }) => SnapshotStore.open());
      await act(await this.#store);
    } catch (error) {
      const full = error instanceof Error && error.name === 'NoRoom';
      const told = this.trouble;
      this.trouble = full ? 'full' : 'refused';
      // Another try may find it opened again.
      if (!full) this.#store = null;
      // What could be kept until now no longer is: that is news.
      if (full && told !== 'full') this.#workspace.notice = { sentence: words.keeping.full };
    }
  }
}
