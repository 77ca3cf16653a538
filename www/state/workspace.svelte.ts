/** The workspace: one run or several side by side, what they share, the views that are open, and the link that holds it all. */

import { SvelteMap } from 'svelte/reactivity';
import { square } from '../render/plane';
import { targetFields } from '../engine/training-client';
import { EnsembleClient } from '../engine/ensemble-client';
import { InspectorClient } from '../engine/inspector-client';
import type { Experiment, Field, Force, Saved, DevicePreference } from '../engine/protocol';
import { manifest } from './manifest';
import { Files } from './files.svelte';
import { DISPLAY, readDisplay, writeDisplay } from './display';
import type { Notice, RunHost, Shown, Teller } from './run-host';
import { PACES, RunState } from './run-state.svelte';
import type { Trained } from './trained-runs';
import { VERSION, type RunSnapshot, type Snapshot } from './snapshot';
import { BrokenLink, fromLink, MAX_LENGTH, toLink, type LinkedTable } from './link';
import { OpenViews } from './open-views.svelte';
import { tableHashOf } from '../engine/given-tables';
import type { DataTable } from '../tables/data-table';
import { tables } from '../tables/tables.svelte';
import { findRows, tablesOf, WaitingRows } from './waiting-rows';
import { watchVisibility } from './visibility';
import { translate, words } from '../i18n';

/** Runs side by side at most. */
export const MAX_RUNS = 4;

export { NAMES } from './run-names';

/** Marks that a view puts on the stage. */
export interface Overlay {
  /** A line at a value of one variable: a conditional is taken along it. */
  slice?: { variable: number; given: number; onmove: (given: number) => void };
  /** A cross that a click puts, and the keyboard moves; `label` says so to those who don't see it. */
  cross?: { at: [number, number]; label: string; onmove: (at: [number, number]) => void };
  /** Row-major points in a colour of theme.css; large ones are few. */
  points?: { xy: Float32Array; colour: string; large?: boolean }[];
  /** A field in place of the density, and its colours. */
  field?: { field: Field; map: Uint8ClampedArray; from: number; to: number };
}

/** Where runs are to train is remembered: it is about the machine, not about an Experiment. */
const DEVICE_KEY = 'density-playground.compute';

function remembered(): DevicePreference {
  try {
    const value = localStorage.getItem(DEVICE_KEY);
    return value === 'cpu' || value === 'gpu' ? value : 'auto';
  } catch {
    return 'auto';
  }
}

/** Whether to train where nobody looks is, too: it costs this machine's battery. */
const UNSEEN_KEY = 'density-playground.unseen';

function trainsUnseen(): boolean {
  try {
    return localStorage.getItem(UNSEEN_KEY) === 'on';
  } catch {
    return false;
  }
}

const FORCES: readonly Force[] = ['no-adapter', 'limit', 'shader', 'memory', 'lost', 'canvas'];

/** What goes into a link for tables as targets. Without the network what packs their rows may not be there: the link holds all else. */
async function linkedTables(experiments: readonly Experiment[]): Promise<LinkedTable[]> {
  const specs = tablesOf(experiments);
  if (specs.length === 0) return [];
  const packing = await import('./packed-rows').catch(() => null);
  return packing ? packing.linkedTables(specs.map(({ hash }) => hash)) : [];
}

export class Workspace implements RunHost {
  runs = $state.raw<RunState[]>([]);
  #chosen = $state(0);

  temperature = $state(1);
  /** Samples on the stage. */
  sampleCount = $state(DISPLAY.samples);
  pace = $state(0);
  devicePreference = $state<DevicePreference>(remembered());
  /** Trouble made on purpose, by `?force=lost` in the address: how it is tested that a lost GPU costs nothing. */
  readonly force: Force = FORCES.find((force) => location.search === `?force=${force}`) ?? 'nothing';
  shown = $state<Shown>({ ...DISPLAY.shown });
  /** A target that is changed is changed for all runs. */
  sameTarget = $state(true);
  /** Whether a person can see the page. */
  #inSight = $state(true);
  /** Out of sight runs rest, unless the person wants them to go on. */
  trainsUnseen = $state(trainsUnseen());
  /** Under the pointer, in the plane; seen on all stages. */
  pointer = $state.raw<[number, number] | null>(null);
  readonly #overlays = new SvelteMap<string, Overlay>();

  thumbnails = $state.raw<(Field | null)[]>(manifest.targets.map(() => null));

  /** What concerns the page, not one run. */
  notice = $state.raw<Notice | null>(null);

  /** Links and files that are opened once their rows are here. */
  readonly waiting = new WaitingRows();
  readonly files: Files = new Files(this);
  readonly openViews = new OpenViews(() => this.#later());
  readonly inspector = new InspectorClient((sentence) => {
    this.notice = {
      sentence: translate(sentence),
      remedy: {
        label: words.page.trouble.viewsAgain,
        act: () => {
          this.notice = null;
          this.inspector.restart();
        },
      },
    };
  });

  /** Trains many seeds, for the view of them. */
  readonly ensemble = (...hear: ConstructorParameters<typeof EnsembleClient>) => new EnsembleClient(...hear);

  /** The name of what this tab holds, as it is kept; it goes with the address, through reloads and back. */
  work: string | null = null;
  /** Hears that something has changed and stands in the address. */
  onwritten: () => void = () => undefined;

  #keys = 0;
  #linkTimer: ReturnType<typeof setTimeout> | undefined;
  /** What stood behind the # when the address was last read or written here: anything else there is news, and not to be written over. */
  #address = location.hash;
  /** Counts the links that were set up: of two that are read at once the later one counts. */
  #links = 0;
  /** The address of a link that waits for its rows, and is not to be written over by itself; null: none does. */
  #waitsAt: string | null = null;
  #thumbnailsAsked = false;

  constructor() {
    this.runs = [this.#fresh()];
    this.inspector.attach(this.run);
    watchVisibility((visible) => {
      this.#inSight = visible;
      for (const run of this.runs) run.see();
    });
  }

  #fresh(): RunState {
    return new RunState(this, this.#keys++);
  }

  /** The run that the controls and the views are about. */
  get run(): RunState {
    const run = this.runs[this.#chosen] ?? this.runs[0];
    if (!run) throw new Error('there is always a run');
    return run;
  }

  get chosen(): number {
    return this.#chosen;
  }

  choose(index: number): void {
    this.#chosen = index;
    this.chose();
  }

  /** The views look at the chosen run from now on. */
  chose(): void {
    this.inspector.attach(this.run);
  }

  renewViews(): void {
    this.inspector.renew();
  }

  get comparing(): boolean {
    return this.runs.length > 1;
  }

  /** Processors are shared out evenly. */
  get processorsForEach(): number {
    return Math.max(1, Math.floor(navigator.hardwareConcurrency / Math.max(1, this.runs.length)));
  }

  // Side by side.

  /** Puts another run beside the chosen one: the same Experiment but for what `edit` changes. */
  double(edit: (draft: Experiment) => void = () => undefined): void {
    if (this.runs.length >= MAX_RUNS) return;
    const experiment = structuredClone(this.run.experiment);
    edit(experiment);
    const { playing, finished } = this.run;
    const twin = this.#insert();
    // All from step 0, so that they are seen to differ from the start.
    const play = playing || finished;
    for (const run of this.runs) if (run !== twin) run.restart(play);
    twin.take(experiment, play);
    this.#later();
  }

  #insert(): RunState {
    const twin = this.#fresh();
    this.runs = [...this.runs.slice(0, this.#chosen + 1), twin, ...this.runs.slice(this.#chosen + 1)];
    for (const run of this.runs) if (run !== twin) run.share();
    return twin;
  }

  /** Puts another run beside the chosen one that goes on with what was trained. */
  branch(experiment: Experiment, trained: Trained, play: boolean): void {
    if (this.runs.length >= MAX_RUNS) return;
    this.#insert().restore({ experiment, trained, past: [], future: [], kept: [] }, play);
    this.#later();
  }

  /** Only the chosen run stays, and others that begin with it stand beside it: each with what its `edit` changes. */
  beside(edits: readonly ((draft: Experiment) => void)[]): void {
    for (const run of this.runs.filter((other) => other !== this.run)) this.remove(this.runs.indexOf(run));
    // Each comes right behind the chosen one.
    for (const edit of edits.toReversed()) this.double(edit);
  }

  remove(index: number): void {
    const run = this.runs[index];
    if (!run || this.runs.length === 1) return;
    this.runs = this.runs.filter((other) => other !== run);
    run.close();
    this.#chosen = Math.min(this.#chosen > index ? this.#chosen - 1 : this.#chosen, this.runs.length - 1);
    this.chose();
    for (const other of this.runs) other.share();
    this.#later();
  }

  get playing(): boolean {
    return this.runs.some((run) => run.playing);
  }

  /** One button for all. */
  toggle(): void {
    const { playing } = this;
    for (const run of this.runs) if (run.playing === playing) run.toggle();
  }

  stepOnce(): void {
    for (const run of this.runs) run.stepOnce();
  }

  reset(): void {
    for (const run of this.runs) run.reset();
  }

  /** All from step 0, and on at once. */
  restart(): void {
    for (const run of this.runs) run.restart(true);
  }

  /** Back by one change of the chosen run; a reset was one of all runs. */
  undo(): void {
    const all = this.run.undoesRestart;
    for (const run of this.runs) if (run === this.run || (all && run.undoesRestart)) run.undo();
  }

  redo(): void {
    this.run.redo();
  }

  setPace(index: number): void {
    this.pace = index;
    for (const run of this.runs) run.share();
    this.#later();
  }

  setShown(part: keyof Shown, on: boolean): void {
    this.shown[part] = on;
    this.#later();
  }

  setDevicePreference(preference: DevicePreference): void {
    this.devicePreference = preference;
    try {
      localStorage.setItem(DEVICE_KEY, preference);
    } catch {
      // It is not remembered, then.
    }
    for (const run of this.runs) run.share();
  }

  /** Whether runs are to go on. */
  get visible(): boolean {
    return this.#inSight || this.trainsUnseen;
  }

  setTrainsUnseen(on: boolean): void {
    this.trainsUnseen = on;
    try {
      if (on) localStorage.setItem(UNSEEN_KEY, 'on');
      else localStorage.removeItem(UNSEEN_KEY);
    } catch {
      // It is not remembered, then.
    }
    for (const run of this.runs) run.see();
  }

  setTemperature(temperature: number): void {
    this.temperature = temperature;
    for (const run of this.runs) run.updateViewport();
    this.#later();
  }

  setSampleCount(count: number): void {
    this.sampleCount = count;
    for (const run of this.runs) run.updateViewport();
    this.#later();
  }

  /** The top of the colour scale that all stages share. */
  readonly scaleMost = $derived(Math.max(...this.runs.map((run) => run.scaleMost)));

  /** Shows a view's marks on the stage; null takes them away. */
  lay(view: string, overlay: Overlay | null): void {
    if (overlay) this.#overlays.set(view, overlay);
    else this.#overlays.delete(view);
  }

  /** What the open views mark. */
  get overlays(): Overlay[] {
    return [...this.#overlays.values()];
  }

  // What the runs tell.

  /** A person has changed a run's Experiment. */
  changed(run: Teller, back: boolean): void {
    if (this.sameTarget) {
      for (const other of this.runs) if (other.key !== run.key) other.follow(run.experiment.target, back);
    }
    this.#later();
  }

  /** The rows that an Experiment learns from, where it learns from a table that is here. */
  tableOf(experiment: unknown): DataTable | null {
    const hash = tableHashOf(experiment);
    return hash === null ? null : tables.known(hash);
  }

  /** A run's Experiment was taken by the core. */
  opened(): void {
    if (!this.waits) this.#later();
  }

  /** Once a run is on its way: the gallery's pictures, from a worker of their own. */
  drawThumbnails(): void {
    if (this.#thumbnailsAsked) return;
    this.#thumbnailsAsked = true;
    const windows = manifest.targets.map((row) => square(row.window));
    const targets = manifest.targets.map((row) => row.spec);
    const put = (index: number, field: Field) => {
      this.thumbnails = this.thumbnails.map((old, i) => (i === index ? field : old));
    };
    // Without them the gallery has names; the next run asks again.
    targetFields(targets, windows, 56, put, () => (this.#thumbnailsAsked = false));
  }

  // The link.

  /** Reads the address bar and starts: by itself, unless the person asked for less motion. */
  async open(play = !matchMedia('(prefers-reduced-motion: reduce)').matches): Promise<void> {
    this.listen(play);
    this.#address = location.hash;
    await this.show(location.hash, play);
  }

  /** Whether a person has made something here. */
  get made(): boolean {
    return this.runs.some((run) => run.canUndo || run.canRedo) || this.comparing;
  }

  /** All of the page at once, to be kept; `runs` are what the runs say of themselves. */
  snapshot(runs: RunSnapshot[]): Omit<Snapshot, 'work' | 'order' | 'time'> {
    return {
      version: VERSION,
      made: this.made,
      link: this.#address.replace(/^#/, ''),
      chosen: this.#chosen,
      playing: this.playing,
      runs,
      units: this.files.units,
    };
  }

  /** The same with what this tab held before, which goes on as it was. */
  async resume(snapshot: Snapshot): Promise<boolean> {
    this.listen(snapshot.playing);
    this.#address = location.hash;
    return this.restore(snapshot);
  }

  /** Goes on with what was kept; false: it can't yet, and the person was told why. */
  async restore({ link, chosen, playing, runs, units }: Snapshot): Promise<boolean> {
    if (!(await this.show(link, playing, [], false, runs.slice(0, MAX_RUNS)))) return false;
    // Without a network the axes are in the plane's own coordinates.
    await this.files.restore(units).catch(() => undefined);
    this.#chosen = Math.min(Math.max(0, Math.trunc(chosen)), this.runs.length - 1);
    this.chose();
    return true;
  }

  /** Takes over what a person writes into the address bar from now on. */
  listen(play: boolean): void {
    addEventListener('hashchange', () => {
      if (location.hash === this.#address) return;
      this.#address = location.hash;
      void this.show(location.hash, play);
    });
  }

  /**
   * Sets up all that a link holds; runs begin with the parameters of `saved`, where there are some. A step of a lesson that says nothing of how
   * runs are shown leaves that as the reader has it. Of runs that were `kept` only the rest is read from the link. Where the rows of a table
   * are missing all stays as it is, and it is shown once they are brought. Returns whether it is shown.
   */
  async show(
    hash: string,
    play: boolean,
    saved: readonly (Saved | null)[] = [],
    step = false,
    kept: readonly RunSnapshot[] = [],
  ): Promise<boolean> {
    const link = ++this.#links;
    clearTimeout(this.#linkTimer);
    this.waiting.leave();
    this.#waitsAt = null;
    try {
      const { experiments, views, temperature, display, rows, notes } = await fromLink(hash);
      if (link !== this.#links) return false;
      const specs = tablesOf(kept.length > 0 ? kept.map(({ experiment }) => experiment) : experiments);
      if (specs.length > 0) {
        // What undo goes back to needs its rows, too, but nothing waits for them.
        const before = tablesOf(kept.flatMap(({ past, future }) => [...past, ...future]));
        const [{ missing, why }] = await Promise.all([findRows(specs, rows), findRows(before)]);
        if (link !== this.#links) return false;
        if (missing.length > 0) {
          const again = () => void this.show(hash, play, saved, step, kept);
          this.#wait(this.waiting.wait(missing, notes ?? [], again), why);
          return false;
        }
      }
      const shownAs = display || !step ? readDisplay(display ?? {}, PACES) : null;
      this.openViews.read(views);
      this.temperature = temperature;
      if (shownAs) {
        this.shown = shownAs.shown;
        this.pace = PACES.indexOf(shownAs.pace);
        this.sampleCount = shownAs.samples;
      }
      this.notice = null;
      const count = Math.min(MAX_RUNS, Math.max(1, (kept.length > 0 ? kept : experiments).length));
      while (this.runs.length > count) this.remove(this.runs.length - 1);
      while (this.runs.length < count) this.runs = [...this.runs, this.#fresh()];
      this.runs.forEach((run, index) => {
        const before = kept[index];
        if (before) run.restore(before, play);
        else run.open(experiments[index], play, saved[index], step);
      });
      return true;
    } catch (error) {
      if (!(error instanceof BrokenLink)) throw error;
      if (link === this.#links) this.refuseLink(`${error.message}.`);
      return false;
    }
  }

  /** Tells of a link whose rows are not here; what was on the page goes on. `why` its own rows could not be taken, where it has some. */
  #wait(sentence: string, why: string | null): void {
    this.#waitsAt = this.#address;
    if (why !== null) this.refuseLink(`${why}.`);
    else if (this.run.parameterCount === 0) this.#offerStart(sentence);
    else this.notice = { sentence };
  }

  /** The link in the address waits for its rows: nothing else is to be kept in its place. */
  get waits(): boolean {
    return this.waiting.active && this.#waitsAt === this.#address;
  }

  refuseLink(why: string): void {
    this.#offerStart(words.page.trouble.link(why));
  }

  #offerStart(sentence: string): void {
    const act = () => {
      this.#waitsAt = null;
      while (this.runs.length > 1) this.remove(this.runs.length - 1);
      this.notice = null;
      this.run.take(manifest.recommended_experiment, true);
      this.#later();
    };
    this.notice = {
      sentence,
      remedy: { label: words.page.trouble.moons, act },
    };
  }

  #later(): void {
    clearTimeout(this.#linkTimer);
    this.#linkTimer = setTimeout(() => void this.link(), 250);
  }

  /** Puts all that is on the page into the address bar, and returns the address. What was written there meanwhile, and is not read yet, stays. */
  async link(): Promise<string> {
    // What a run that is on its way will be is not known here yet; the address it comes from says it.
    if (this.runs.some((run) => run.opening)) return location.href;
    const links = this.#links;
    const experiments = this.runs.map((run) => run.experiment);
    const page = {
      experiments,
      views: this.openViews.written,
      temperature: this.temperature,
      display: writeDisplay({
        shown: this.shown,
        pace: PACES[this.pace] ?? null,
        samples: this.sampleCount,
      }),
    };
    const base = location.href.replace(/#.*$/, '');
    const link = await toLink(page, await linkedTables(experiments), MAX_LENGTH - base.length - 1);
    const address = `${base}${link ? `#${link}` : ''}`;
    if (links === this.#links && location.hash === this.#address) {
      history.replaceState(this.work === null ? history.state : { work: this.work }, '', address);
      this.#address = location.hash;
      this.onwritten();
    }
    return address;
  }
}
