/** What a person brought and has not used yet. Loaded when the first thing is brought. */

import { type ImportedFile, readFile, readTextual } from '../files/open';
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
import { base64Of } from './packing';
import { manifest } from './manifest';
import { words } from '../i18n';

const SIDE = manifest.drawing_side;
const HALF = manifest.drawing_window.x_max;

/** What it is brought to. */
export interface BringingHost {
  readonly run: RunState;
  readonly files: { remember(cells: string, units: Units): void };
  notice: Notice | null;
}

/** What was brought: points that a worker has read, or a picture. */
export type PendingFile =
  | { kind: 'points'; name: string; source: PointsSource; client: PointsClient; summary: Summary }
  | { kind: 'picture'; name: string; pixels: Uint8ClampedArray; cutOut: boolean };

/** What it would be as a drawing; or why it can't be one. */
export type Preview = { cells: Uint8Array<ArrayBuffer>; drawn: Drawn | null } | { problem: Message };

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
    this.pending = { kind: 'points', name, source, client, summary };
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
