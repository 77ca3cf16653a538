/** What a person brought and has not used yet. Loaded when the first thing is brought. */

import { type ImportedFile, readFile, readTextual } from '../files/open';
import { MIN_ROWS, type Survey } from '../files/data-rows';
import type { Message } from '../files/message';
import { fromPixels, type Ink, isCutOut } from '../files/pixels';
import type { Drawn, PointsSource, Summary } from '../files/points';
import { PointsClient } from '../files/points-client';
import type { Units } from '../files/placement';
import { plainName } from '../files/names';
import type { Mark } from '../files/numbers';
import { FileProblem } from '../files/problem';
import { say } from '../files/say';
import { nameOf } from '../files/table';
import type { Notice } from './run-host';
import type { RunState } from './run-state.svelte';
import { MAX_LEARNED, tableSpec } from '../tables/spec';
import type { Transform, Picked } from '../tables/data-table';
import { tables } from '../tables/tables.svelte';
import { findRows, tablesOf, type WaitingRows } from './waiting-rows';
import { base64Of } from './packing';
import { manifest } from './manifest';
import { words } from '../i18n';

const SIDE = manifest.drawing_side;
const HALF = manifest.drawing_window.x_max;

/** What it is brought to. */
export interface BringingHost {
  readonly run: RunState;
  readonly files: { remember(cells: string, units: Units): void };
  readonly waiting: WaitingRows;
  notice: Notice | null;
}

/** What was brought: points that a worker has read, or a picture. */
export type PendingFile =
  | { kind: 'points'; name: string; source: PointsSource; client: PointsClient; summary: Summary }
  | { kind: 'picture'; name: string; pixels: Uint8ClampedArray; cutOut: boolean };

/** What it would be as a drawing; or why it can't be one. */
export type Preview = { cells: Uint8Array<ArrayBuffer>; drawn: Drawn | null } | { problem: Message };

/** Columns that are learned as long as nobody chooses. */
const AT_FIRST = 8;

/** Of the Student-t base that heavy tails are offered: so few that the variance is just finite. */
const HEAVY_DEGREES = 3;

/** Reading that takes longer, in milliseconds, is told. */
const NOTICEABLE = 300;

export class Bringing {
  /** Waits to be used. */
  pending = $state.raw<PendingFile | null>(null);
  /** Columns of a table that are x1 and x2. */
  columns = $state.raw<[number, number]>([0, 1]);
  /** The points far outside are to be in the drawing, too. */
  everything = $state(false);
  ink = $state<Ink>('dark');
  /** Columns of a table whose rows would be learned, in their order. */
  learned = $state.raw<number[]>([]);
  /** Rows with a number far outside are left out of them. */
  withoutFar = $state(false);
  /** The logarithms of columns that lean far to one side are learned. */
  logarithms = $state(false);
  /** The model is to have a base with heavy tails. */
  heavyBase = $state(false);
  /** Noise as wide as a step is added to columns that have no density, in training. */
  dequantised = $state(false);
  /** What would be learned of them, as last looked at; null before it was. */
  survey = $state.raw<Survey | { problem: Message } | null>(null);
  /** It is being looked at. */
  looking = $state(false);
  #drawn = $state.raw<Preview | null>(null);
  readonly #workspace: BringingHost;
  /** Of what was brought last: what comes late of something before is of no use any more. */
  #ticket = 0;
  #client: PointsClient | null = null;

  constructor(workspace: BringingHost) {
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
    this.survey = null;
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
        await this.#openExperiment(file.experiment, () =>
          workspace.run.openFile(file.experiment, file.saved),
        );
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

  /** Opens an Experiment from a file, at once where the rows of its table are here, else when they are brought. */
  async #openExperiment(experiment: unknown, open: () => void): Promise<void> {
    const ticket = this.#ticket;
    const workspace = this.#workspace;
    workspace.waiting.leave();
    const specs = tablesOf([experiment]);
    const { missing } = specs.length > 0 ? await findRows(specs) : { missing: [] };
    if (ticket !== this.#ticket) return;
    if (missing.length === 0) open();
    else workspace.notice = { sentence: workspace.waiting.wait(missing, [], open) };
  }

  async #readPoints(name: string, source: PointsSource): Promise<void> {
    const client = new PointsClient();
    this.#client = client;
    const summary = await client.read(source);
    if (!summary || this.#client !== client) return;
    const { waiting } = this.#workspace;
    const wanted = waiting.name;
    if (await this.#hasWaited(client, name, waiting.candidates(summary.names.length))) return;
    this.columns = summary.first;
    this.everything = false;
    this.learned = summary.names.map((_, i) => i).slice(0, AT_FIRST);
    this.withoutFar = false;
    this.dequantised = false;
    this.logarithms = false;
    this.heavyBase = false;
    await this.#draw(client);
    if (this.#client !== client) return;
    this.#workspace.notice = waiting.active ? { sentence: words.files.otherRows(name, wanted) } : null;
    this.pending = { kind: 'points', name, source, client, summary };
    void this.#look(client);
  }

  /** Whether the file has rows that something waits for, which is opened with them; or the file is of no interest any more. */
  async #hasWaited(client: PointsClient, name: string, candidates: readonly Picked[]): Promise<boolean> {
    for (const picked of candidates) {
      const table = await client.rows(name, picked);
      if (!table || this.#client !== client) return true;
      const workspace = this.#workspace;
      const said = await workspace.waiting.take(table);
      if (said === false) continue;
      if (this.#client === client) this.leave();
      workspace.notice = said === null ? null : { sentence: said };
      return true;
    }
    return false;
  }

  /** Reads the table again with the other decimal mark. */
  readWith(mark: Mark): void {
    const { pending } = this;
    if (pending?.kind !== 'points' || pending.source.format !== 'text') return;
    const { name, source } = pending;
    void this.#take(name, () => Promise.resolve({ kind: 'points', name, source: { ...source, mark } }));
  }

  /** Which columns of a table are x1 and x2, and whether all of their points are to be in the drawing. */
  choose(columns: [number, number], everything: boolean): void {
    this.columns = columns;
    this.everything = everything;
    this.#drawn = null;
    if (this.#client) void this.#draw(this.#client);
  }

  /** Which columns are learned, and whether rows far outside are. */
  async chooseRows(learned: readonly number[], withoutFar: boolean): Promise<void> {
    this.learned = learned.toSorted((a, b) => a - b);
    this.withoutFar = withoutFar;
    if (this.#client) await this.#look(this.#client);
  }

  /** Whether a column may be taken in, or left out. */
  mayToggle(column: number): boolean {
    return this.learned.includes(column) ? this.learned.length > 2 : this.learned.length < MAX_LEARNED;
  }

  async #look(client: PointsClient): Promise<void> {
    const { learned, withoutFar } = this;
    const current = () =>
      this.#client === client && this.learned === learned && this.withoutFar === withoutFar;
    this.looking = true;
    try {
      const survey = await client.survey({ columns: learned, withoutFar });
      if (survey && current()) this.survey = survey;
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error;
      if (current()) this.survey = { problem: error.said };
    } finally {
      if (current()) this.looking = false;
    }
  }

  /** Whether the rows can be learned. */
  get mayLearn(): boolean {
    const { survey, looking } = this;
    return !looking && survey !== null && !('problem' in survey) && survey.rows >= MIN_ROWS;
  }

  /** Makes the rows of the chosen columns the target; undo brings the old one back. */
  async learn(): Promise<void> {
    const { pending, survey, learned, withoutFar } = this;
    if (pending?.kind !== 'points' || survey === null || 'problem' in survey || !this.mayLearn) return;
    const { client, name } = pending;
    const picked = { columns: survey.whole ? null : learned, withoutFar: withoutFar && survey.far > 0 };
    let table;
    try {
      table = await client.rows(name, picked);
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error;
      this.survey = { problem: error.said };
      return;
    }
    if (!table || this.#client !== client) return;
    // It is in memory at once; nobody waits for what keeps it.
    void tables.keep(table);
    const columns = survey.whole ? learned : learned.map((_, i) => i);
    const heavy = this.heavyBase && survey.heavy.length > 0;
    this.#workspace.run.chooseTarget(
      tableSpec(table.hash, name, columns, this.#transforms(survey)),
      heavy ? (draft) => (draft.model.base = { kind: 'student-t', degrees: HEAVY_DEGREES }) : undefined,
    );
    this.leave();
  }

  /** What is done to the columns that are learned. */
  #transforms({ discrete, skewed }: Survey): Transform[] {
    const all = this.learned.map((column): Transform => {
      const step = discrete.find((one) => one.column === column)?.step ?? null;
      if (this.dequantised && step !== null) return { kind: 'dequantise', step };
      return { kind: this.logarithms && skewed.includes(column) ? 'log' : 'none' };
    });
    return all.every(({ kind }) => kind === 'none') ? [] : all;
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
      this.#workspace.files.remember(base64Of(preview.cells), {
        names: [names[0] ?? '', names[1] ?? ''],
        scalings: preview.drawn.scalings,
      });
    }
    this.#workspace.run.drawing.setCells(preview.cells);
    this.leave();
  }
}
