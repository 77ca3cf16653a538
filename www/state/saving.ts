/** What can be taken away: numbers, pictures, films, models. Loaded when somebody looks for it. */

import type { DataTable } from '../tables/data-table';
import type { TableUnits } from '../engine/protocol';
import type { InspectorClient } from '../engine/inspector-client';
import { writeModel } from '../files/model';
import { type Scaling, type Units, valueOn } from '../files/placement';
import { fileName } from '../files/names';
import { FileProblem } from '../files/problem';
import { say, sayName } from '../files/say';
import { csv, npy, rowsOf, save } from '../files/write';
import { token } from '../theme/theme.svelte';
import type { Notice } from './run-host';
import type { RunState } from './run-state.svelte';
import { inOwnUnits } from './own-units';
import type { Measured } from './units';
import { words } from '../i18n';

/** What they are taken from. */
export interface SavingHost {
  readonly run: RunState;
  readonly runs: readonly RunState[];
  readonly inspector: Pick<InspectorClient, 'describe'>;
  readonly files: { unitsOf(run: Measured): Units | null };
  /** The rows that an Experiment learns from. */
  tableOf(experiment: unknown): DataTable | null;
  notice: Notice | null;
  /** All runs from step 0, and on at once. */
  restart(): void;
}

/**
 * Whether a run has ended and its last picture is there, which comes after the news of its end. Until its worker has begun anew, a run
 * that is started again still says that it is at its end.
 */
function isAtItsEnd({ settled, finished, step, experiment }: RunState): boolean {
  const { schedule } = experiment.optimiser;
  return settled && finished && (schedule.kind !== 'cosine' || step >= schedule.steps);
}

/** The plane's own coordinates. */
const PLANE: Scaling = { origin: 0, unit: 1 };

const columnNames = (units: Units | null): string[] => units?.names.map(sayName) ?? ['x1', 'x2'];
/** Single precision does not tell the values of every column apart. */
const precisionOf = (units: Units | null) => (units ? 'double' : 'single');

export class Saving {
  readonly #workspace: SavingHost;
  /** Stops the film that is being recorded. */
  #filming: AbortController | null = null;

  constructor(workspace: SavingHost) {
    this.#workspace = workspace;
  }

  /** A name that says what it is of. */
  #name(what: string, ending: string): string {
    const { experiment, step } = this.#workspace.run;
    const { target } = experiment;
    // Of a table the name of its file, without the ending.
    const of =
      target.kind === 'table'
        ? fileName(target.name.replace(/\.\w+$/, ''))
            .toLowerCase()
            .slice(0, 40)
        : target.kind;
    return `${experiment.model.family}-${of}-step-${step}-${what}.${ending}`;
  }

  /** The samples on the stage: in the units of the columns that the target was made of, where it was. */
  saveSamples(kind: 'csv' | 'npy'): void {
    const { run } = this.#workspace;
    const { samples, dim } = run;
    const { names, points } = this.#inUnits(samples);
    if (kind === 'csv')
      save(
        this.#name('samples', 'csv'),
        csv(names, rowsOf(points, dim), points instanceof Float64Array ? 'double' : 'single'),
        'text/csv',
      );
    else
      save(this.#name('samples', 'npy'), npy(points, [points.length / dim, dim]), 'application/octet-stream');
  }

  /** Where the columns of the table that is learned lie, and a row of it; null: the target is none. */
  #columns(): { units: TableUnits; first: number[] } | null {
    const { experiment, table: units } = this.#workspace.run;
    const table = this.#workspace.tableOf(experiment);
    if (experiment.target.kind !== 'table' || !units || !table) return null;
    return { units, first: experiment.target.columns.map((column) => table.values[column] ?? 0) };
  }

  /** Points in the units of what the target is or was made of, and what its columns are called; without those as they are. */
  #inUnits(samples: Float32Array): { names: string[]; points: Float32Array | Float64Array } {
    const { run, files } = this.#workspace;
    const { target } = run.experiment;
    const table = this.#workspace.tableOf(run.experiment);
    const columns = this.#columns();
    if (target.kind === 'table' && columns && table) {
      const names = target.columns.map((column) => table.names[column] ?? '');
      return { names, points: inOwnUnits(samples, columns.units, columns.first) };
    }
    const units = files.unitsOf(run);
    if (!units) return { names: columnNames(null), points: samples };
    const own = Float64Array.from(samples, (value, i) => valueOn(units.scalings[i % 2 === 0 ? 0 : 1], value));
    return { names: columnNames(units), points: own };
  }

  /** The density on the stage: as a table of places and values, or as a square of values from the least x2 up. */
  saveDensity(kind: 'csv' | 'npy'): void {
    const { picture } = this.#workspace.run;
    if (!picture) return;
    const { side, values: own, window } = picture.field;
    let units = this.#workspace.files.unitsOf(this.#workspace.run);
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
    const flow = await this.#workspace.inspector.describe(experiment, this.#workspace.tableOf(experiment));
    const bytes = writeModel(experiment, saved, flow, this.#columns());
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
