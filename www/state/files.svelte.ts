/** What a person brought and has not used yet, and what can be taken away. */

import { estimate, type Ink, place, type Placed } from '../files/density';
import { writeModel } from '../files/model';
import { type Brought, cellsOfPicture, readFile, readTextual } from '../files/open';
import { FileProblem } from '../files/problem';
import { csv, npy, pairs, save } from '../files/write';
import { token } from '../theme/theme.svelte';
import type { Bench } from './bench.svelte';
import { contents } from './contents';
import { words } from '../words';

const SIDE = contents.drawing_side;
const HALF = contents.drawing_window.x_max;

export class Files {
  /** Waits to be used. */
  brought = $state.raw<Brought | null>(null);
  /** Columns of a table that are x1 and x2. */
  columns = $state.raw<[number, number]>([0, 1]);
  ink = $state<Ink>('dark');
  readonly #bench: Bench;

  constructor(bench: Bench) {
    this.#bench = bench;
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

  async #take(read: () => Brought | Promise<Brought>): Promise<void> {
    try {
      const brought = await read();
      this.#bench.notice = null;
      if (brought.kind === 'experiment') {
        this.brought = null;
        this.#bench.lab.openFile(brought.experiment, brought.saved);
        return;
      }
      this.columns = [0, 1];
      if (brought.kind === 'picture') this.ink = brought.ink;
      this.brought = brought;
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error;
      this.#bench.notice = { sentence: error.message };
    }
  }

  /** Makes what was brought the target; undo brings the old one back. */
  use(): void {
    const { preview } = this;
    if (!preview || !('cells' in preview)) return;
    this.#bench.lab.setCells(preview.cells);
    this.brought = null;
  }

  // Out.

  /** A name that says what it is of. */
  #name(what: string, ending: string): string {
    const { experiment, step } = this.#bench.lab;
    return `${experiment.model.family}-${experiment.target.kind}-step-${step}-${what}.${ending}`;
  }

  saveSamples(kind: 'csv' | 'npy'): void {
    const { samples } = this.#bench.lab;
    if (kind === 'csv') save(this.#name('samples', 'csv'), csv(['x1', 'x2'], pairs(samples)), 'text/csv');
    else
      save(this.#name('samples', 'npy'), npy(samples, [samples.length / 2, 2]), 'application/octet-stream');
  }

  /** The density on the stage: as a table of places and values, or as a square of values from the least x2 up. */
  saveDensity(kind: 'csv' | 'npy'): void {
    const { picture } = this.#bench.lab;
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
    const rows = this.#bench.lab.evaluations.map((e) => [e.step, e.nll, e.entropy, e.kl, e.standard_error]);
    save(
      this.#name('curve', 'csv'),
      csv(['step', 'nll', 'entropy', 'kl', 'standard_error'], rows),
      'text/csv',
    );
  }

  saveExperiment(): void {
    const text = JSON.stringify(this.#bench.lab.experiment, null, 2);
    save(this.#name('experiment', 'json'), `${text}\n`, 'application/json');
  }

  async saveModel(): Promise<void> {
    const { experiment, saved } = await this.#bench.lab.model();
    const flow = await this.#bench.inspection.describe(experiment);
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
    const { film } = await import('../files/film');
    const bench = this.#bench;
    const stop = new AbortController();
    bench.reset();
    if (!bench.playing) bench.toggle();
    const notice = {
      sentence: words.files.filming,
      remedy: { label: words.files.filmStop, act: () => stop.abort() },
    };
    bench.notice = notice;
    const timer = setInterval(() => {
      if (bench.labs.every((lab) => lab.finished)) stop.abort();
    }, 200);
    try {
      const { film: whole, ending } = await film(element, token('--paper'), stop.signal);
      save(this.#name('training', ending), whole, whole.type);
      if (bench.notice === notice) bench.notice = null;
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error;
      bench.notice = { sentence: error.message };
    } finally {
      clearInterval(timer);
    }
  }
}
