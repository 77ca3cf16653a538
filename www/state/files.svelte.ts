/** What a person brought and has not used yet, and what can be taken away. */

import { estimate, type Ink, place, type Placed } from '../files/density';
import { writeModel } from '../files/model';
import { type ImportedFile, cellsOfPicture, readFile, readTextual } from '../files/open';
import { FileProblem } from '../files/problem';
import { csv, npy, pairs, save } from '../files/write';
import { token } from '../theme/theme.svelte';
import type { InspectorClient } from '../engine/inspector-client';
import type { Notice } from './run-host';
import type { RunState } from './run-state.svelte';
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

export class Files {
  /** Waits to be used. */
  brought = $state.raw<ImportedFile | null>(null);
  /** Columns of a table that are x1 and x2. */
  columns = $state.raw<[number, number]>([0, 1]);
  ink = $state<Ink>('dark');
  readonly #workspace: FilesHost;
  /** Stops the film that is being recorded. */
  #filming: AbortController | null = null;

  constructor(workspace: FilesHost) {
    this.#workspace = workspace;
  }

  /** What it would be as a drawing; or why it can't be one. */
  readonly preview = $derived.by(
    (): { cells: Uint8Array<ArrayBuffer>; placed: Placed | null } | { problem: string } | null => {
      const { brought } = this;
      try {
        if (brought?.kind === 'picture')
          return { cells: cellsOfPicture(brought.pixels, SIDE, this.ink), placed: null };
        if (brought?.kind !== 'points') return null;
        const [x, y] = this.columns.map((column) => brought.table.columns[column]);
        if (!x || !y) return null;
        const placed = place(x, y, HALF);
        return { cells: estimate(placed.points, SIDE, HALF), placed };
      } catch (error) {
        if (error instanceof FileProblem) return { problem: error.message };
        throw error;
      }
    },
  );

  /** Reads a file, or says why not. */
  async open(file: File): Promise<void> {
    await this.#take(() => readFile(file, SIDE));
  }

  async paste(text: string): Promise<void> {
    await this.#take(() => readTextual(words.files.pasted, text));
  }

  async #take(read: () => ImportedFile | Promise<ImportedFile>): Promise<void> {
    try {
      const brought = await read();
      this.#workspace.notice = null;
      if (brought.kind === 'experiment') {
        this.brought = null;
        this.#workspace.run.openFile(brought.experiment, brought.saved);
        return;
      }
      this.columns = [0, 1];
      if (brought.kind === 'picture') this.ink = brought.ink;
      this.brought = brought;
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error;
      // What was brought before is no answer to the file that was refused.
      this.brought = null;
      this.#workspace.notice = { sentence: error.message };
    }
  }

  /** Makes what was brought the target; undo brings the old one back. */
  use(): void {
    const { preview } = this;
    if (!preview || !('cells' in preview)) return;
    this.#workspace.run.setCells(preview.cells);
    this.brought = null;
  }

  // Out.

  /** A name that says what it is of. */
  #name(what: string, ending: string): string {
    const { experiment, step } = this.#workspace.run;
    return `${experiment.model.family}-${experiment.target.kind}-step-${step}-${what}.${ending}`;
  }

  saveSamples(kind: 'csv' | 'npy'): void {
    const { samples } = this.#workspace.run;
    if (kind === 'csv') save(this.#name('samples', 'csv'), csv(['x1', 'x2'], pairs(samples)), 'text/csv');
    else
      save(this.#name('samples', 'npy'), npy(samples, [samples.length / 2, 2]), 'application/octet-stream');
  }

  /** The density on the stage: as a table of places and values, or as a square of values from the least x2 up. */
  saveDensity(kind: 'csv' | 'npy'): void {
    const { picture } = this.#workspace.run;
    if (!picture) return;
    const { side, values, window } = picture.field;
    if (kind === 'npy') {
      save(this.#name('density', 'npy'), npy(values, [side, side]), 'application/octet-stream');
      return;
    }
    const at = (i: number, from: number, to: number) => from + ((i + 0.5) * (to - from)) / side;
    const rows = Array.from(values, (value, i) => [
      at(i % side, window.x_min, window.x_max),
      at(Math.floor(i / side), window.y_min, window.y_max),
      value,
    ]);
    save(this.#name('density', 'csv'), csv(['x1', 'x2', 'density'], rows), 'text/csv');
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
      workspace.notice = { sentence: error.message };
    } finally {
      this.#filming = null;
      clearInterval(timer);
    }
  }
}
