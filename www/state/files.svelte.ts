/** What a person brought and has not used yet, and what can be taken away. */

import { SvelteMap } from 'svelte/reactivity';
import type { TargetSpec } from '../engine/protocol';
import type { Message } from '../files/message';
import { writeModel } from '../files/model';
import { type ImportedFile, readFile, readTextual } from '../files/open';
import { fromPixels, type Ink, isCutOut } from '../files/pixels';
import { type Scaling, type Units, valueOn } from '../files/placement';
import type { Drawn, PointsSource, Summary } from '../files/points';
import { PointsClient } from '../files/points-client';
import { plainName } from '../files/names';
import { FileProblem } from '../files/problem';
import { say, sayName } from '../files/say';
import { nameOf } from '../files/table';
import { csv, npy, pairs, save } from '../files/write';
import { token } from '../theme/theme.svelte';
import type { InspectorClient } from '../engine/inspector-client';
import type { Notice } from './run-host';
import type { RunState } from './run-state.svelte';
import { base64Of } from './link';
import { manifest } from './manifest';
import { words } from '../i18n';

const SIDE = manifest.drawing_side;
const HALF = manifest.drawing_window.x_max;

/**
 * Whether a run has ended and its last picture is there, which comes after the news of its end. Until its worker has begun anew, a run
 * that is started again still says that it is at its end.
 */
function isAtItsEnd({ settled, finished, step, experiment }: RunState): boolean {
  const { schedule } = experiment.optimiser;
  return settled && finished && (schedule.kind !== 'cosine' || step >= schedule.steps);
}

/** What files have of the page that they are brought to and taken from. */
export interface FilesHost {
  readonly run: RunState;
  readonly runs: readonly RunState[];
  readonly inspector: Pick<InspectorClient, 'describe'>;
  notice: Notice | null;
  /** All runs from step 0, and on at once. */
  restart(): void;
}

/** What was brought: points that a worker has read, or a picture. */
export type PendingFile =
  | { kind: 'points'; name: string; client: PointsClient; summary: Summary }
  | { kind: 'picture'; name: string; pixels: Uint8ClampedArray; cutOut: boolean };

/** What it would be as a drawing; or why it can't be one. */
export type Preview = { cells: Uint8Array<ArrayBuffer>; drawn: Drawn | null } | { problem: Message };

/** The plane's own coordinates. */
const PLANE: Scaling = { origin: 0, unit: 1 };

const columnNames = (units: Units | null): string[] => units?.names.map(sayName) ?? ['x1', 'x2'];
/** Single precision does not tell the values of every column apart. */
const precisionOf = (units: Units | null) => (units ? 'double' : 'single');

/** Drawings whose columns are remembered. */
const REMEMBERED = 50;
/** Reading that takes longer, in milliseconds, is told. */
const NOTICEABLE = 300;

export class Files {
  /** Waits to be used. */
  pending = $state.raw<PendingFile | null>(null);
  /** Columns of a table that are x1 and x2. */
  columns = $state.raw<[number, number]>([0, 1]);
  /** The points far outside are to be in the drawing, too. */
  everything = $state(false);
  ink = $state<Ink>('dark');
  #drawn = $state.raw<Preview | null>(null);
  readonly #workspace: FilesHost;
  /** Of what was brought last: what comes late of something before is of no use any more. */
  #ticket = 0;
  #client: PointsClient | null = null;
  readonly #units = new SvelteMap<string, Units>();
  /** Stops the film that is being recorded. */
  #filming: AbortController | null = null;

  constructor(workspace: FilesHost) {
    this.#workspace = workspace;
  }

  /** What was brought as a drawing; null as long as it is being made. */
  readonly preview = $derived.by((): Preview | null => {
    const { pending } = this;
    if (pending?.kind !== 'picture') return this.#drawn;
    try {
      return { cells: fromPixels(pending.pixels, SIDE, this.ink), drawn: null };
    } catch (error) {
      if (error instanceof FileProblem) return { problem: error.said };
      throw error;
    }
  });

  /** Reads a file, or says why not. */
  async open(file: File): Promise<void> {
    await this.#take(plainName(file.name) ?? '?', () => readFile(file, SIDE));
  }

  async paste(text: string): Promise<void> {
    const name = words.files.pasted;
    await this.#take(name, () => readTextual(name, text, SIDE));
  }

  /** What was brought is of no interest any more; nor is what is still being read. */
  leave(): void {
    this.#ticket += 1;
    this.#client?.close();
    this.#client = null;
    this.pending = null;
    this.#drawn = null;
  }

  async #take(name: string, read: () => Promise<ImportedFile>): Promise<void> {
    // What was brought before is no answer to this one, whether it can be read or not.
    this.leave();
    const ticket = this.#ticket;
    const workspace = this.#workspace;
    const reading: Notice = {
      sentence: words.files.reading(name),
      remedy: {
        label: words.files.cancel,
        act: () => {
          this.leave();
          workspace.notice = null;
        },
      },
    };
    const timer = setTimeout(() => (workspace.notice = reading), NOTICEABLE);
    try {
      const file = await read();
      if (ticket !== this.#ticket) return;
      if (file.kind === 'experiment') {
        workspace.notice = null;
        workspace.run.openFile(file.experiment, file.saved);
      } else if (file.kind === 'picture') {
        workspace.notice = null;
        this.ink = file.ink;
        this.pending = { ...file, cutOut: isCutOut(file.pixels) };
      } else await this.#readPoints(file.name, file.source);
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error;
      if (ticket !== this.#ticket) return;
      this.leave();
      workspace.notice = { sentence: say(error.said) };
    } finally {
      clearTimeout(timer);
      if (workspace.notice === reading) workspace.notice = null;
    }
  }

  async #readPoints(name: string, source: PointsSource): Promise<void> {
    const client = new PointsClient();
    this.#client = client;
    const summary = await client.read(source);
    if (!summary || this.#client !== client) return;
    this.columns = summary.first;
    this.everything = false;
    await this.#draw(client);
    if (this.#client !== client) return;
    this.#workspace.notice = null;
    this.pending = { kind: 'points', name, client, summary };
  }

  /** Which columns of a table are x1 and x2, and whether all of their points are to be in the drawing. */
  choose(columns: [number, number], everything: boolean): void {
    this.columns = columns;
    this.everything = everything;
    this.#drawn = null;
    if (this.#client) void this.#draw(this.#client);
  }

  async #draw(client: PointsClient): Promise<void> {
    const { columns, everything } = this;
    const current = () =>
      this.#client === client && this.columns === columns && this.everything === everything;
    try {
      const drawn = await client.draw({ columns, everything, side: SIDE, half: HALF });
      if (drawn && current()) this.#drawn = { cells: drawn.cells, drawn };
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error;
      if (current()) this.#drawn = { problem: error.said };
    }
  }

  /** Makes what was brought the target; undo brings the old one back. */
  use(): void {
    const { pending, preview } = this;
    if (!preview || !('cells' in preview)) return;
    if (pending?.kind === 'points' && preview.drawn) {
      const names = this.columns.map((column) => nameOf(pending.summary.names, column));
      const [oldest] = this.#units.keys();
      if (this.#units.size >= REMEMBERED && oldest !== undefined) this.#units.delete(oldest);
      this.#units.set(base64Of(preview.cells), {
        names: [names[0] ?? '', names[1] ?? ''],
        scalings: preview.drawn.scalings,
      });
    }
    this.#workspace.run.drawing.setCells(preview.cells);
    this.leave();
  }

  /** Which columns drawings were made of, to be kept with them. */
  get units(): [string, Units][] {
    return [...this.#units];
  }

  set units(units: readonly [string, Units][]) {
    for (const [cells, one] of units) this.#units.set(cells, one);
  }

  /** The columns that a target was made of, where it was made of columns and has not been changed since. */
  unitsOf(target: TargetSpec): Units | null {
    return target.kind === 'drawn' ? (this.#units.get(target.cells) ?? null) : null;
  }

  // Out.

  /** A name that says what it is of. */
  #name(what: string, ending: string): string {
    const { experiment, step } = this.#workspace.run;
    return `${experiment.model.family}-${experiment.target.kind}-step-${step}-${what}.${ending}`;
  }

  /** The samples on the stage: in the units of the columns that the target was made of, where it was. */
  saveSamples(kind: 'csv' | 'npy'): void {
    const { samples, experiment } = this.#workspace.run;
    const units = this.unitsOf(experiment.target);
    const points = units
      ? Float64Array.from(samples, (value, i) => valueOn(units.scalings[i % 2 === 0 ? 0 : 1], value))
      : samples;
    if (kind === 'csv')
      save(
        this.#name('samples', 'csv'),
        csv(columnNames(units), pairs(points), precisionOf(units)),
        'text/csv',
      );
    else save(this.#name('samples', 'npy'), npy(points, [points.length / 2, 2]), 'application/octet-stream');
  }

  /** The density on the stage: as a table of places and values, or as a square of values from the least x2 up. */
  saveDensity(kind: 'csv' | 'npy'): void {
    const { picture, experiment } = this.#workspace.run;
    if (!picture) return;
    const { side, values: own, window } = picture.field;
    let units = this.unitsOf(experiment.target);
    let values: Float32Array | Float64Array = own;
    if (units) {
      const [x, y] = units.scalings;
      // A density is per unit of either column.
      values = Float64Array.from(own, (value) => value / x.unit / y.unit);
      if (values.some((value, i) => !Number.isFinite(value) || (value === 0 && own[i] !== 0))) {
        [units, values] = [null, own];
        this.#workspace.notice = { sentence: words.files.densityUnits };
      }
    }
    if (kind === 'npy') {
      save(this.#name('density', 'npy'), npy(values, [side, side]), 'application/octet-stream');
      return;
    }
    const at = (i: number, from: number, to: number) => from + ((i + 0.5) * (to - from)) / side;
    const [x, y] = units?.scalings ?? [PLANE, PLANE];
    const rows = Array.from(values, (value, i) => [
      valueOn(x, at(i % side, window.x_min, window.x_max)),
      valueOn(y, at(Math.floor(i / side), window.y_min, window.y_max)),
      value,
    ]);
    save(
      this.#name('density', 'csv'),
      csv([...columnNames(units), 'density'], rows, precisionOf(units)),
      'text/csv',
    );
  }

  saveCurve(): void {
    const rows = this.#workspace.run.evaluations.map((e) => [
      e.step,
      e.nll,
      e.entropy,
      e.kl,
      e.standard_error,
    ]);
    save(
      this.#name('curve', 'csv'),
      csv(['step', 'nll', 'entropy', 'kl', 'standard_error'], rows),
      'text/csv',
    );
  }

  saveExperiment(): void {
    const text = JSON.stringify(this.#workspace.run.experiment, null, 2);
    save(this.#name('experiment', 'json'), `${text}\n`, 'application/json');
  }

  async saveModel(): Promise<void> {
    const model = await this.#workspace.run.model();
    if (!model) return;
    const { experiment, saved } = model;
    const flow = await this.#workspace.inspector.describe(experiment);
    const bytes = writeModel(experiment, saved, flow);
    save(this.#name('model', 'safetensors'), bytes, 'application/octet-stream');
  }

  /** What evaluates a saved model outside the page. */
  async saveScript(): Promise<void> {
    const { default: text } = await import('../files/density_model.py?raw');
    save('density_model.py', text, 'text/x-python');
  }

  /** An element of the page as a picture: `png` at twice its size, `svg` with its pixels where it has some. */
  async savePicture(name: string, element: HTMLElement, kind: 'png' | 'svg'): Promise<void> {
    const { png, svg } = await import('../files/picture');
    const ground = token('--paper');
    if (kind === 'png') save(this.#name(name, 'png'), await png(element, ground), 'image/png');
    else save(this.#name(name, 'svg'), svg(element, ground), 'image/svg+xml');
  }

  /** Films the training from step 0: to the end of the runs, for the longest time, or until the person stops it. */
  async saveFilm(element: HTMLElement): Promise<void> {
    const workspace = this.#workspace;
    const notice = (sentence: string, stop: AbortController) => ({
      sentence,
      remedy: { label: words.files.filmStop, act: () => stop.abort() },
    });
    if (this.#filming) {
      workspace.notice = notice(words.files.filmingAlready, this.#filming);
      return;
    }
    const stop = new AbortController();
    this.#filming = stop;
    workspace.notice = notice(words.files.filming, stop);
    const timer = setInterval(() => {
      if (workspace.runs.every(isAtItsEnd)) stop.abort();
    }, 200);
    try {
      const { film } = await import('../files/film');
      workspace.restart();
      const { film: whole, ending } = await film(element, token('--paper'), stop.signal);
      save(this.#name('training', ending), whole, whole.type);
      // What told of the film, and no other notice.
      if (workspace.notice?.remedy?.label === words.files.filmStop) workspace.notice = null;
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error;
      workspace.notice = { sentence: say(error.said) };
    } finally {
      this.#filming = null;
      clearInterval(timer);
    }
  }
}
