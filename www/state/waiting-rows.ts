/** Rows that an Experiment needs: found before it is opened; or it waits until a person brings their file. */

import { builtinOf } from '../tables/builtin';
import type { DataTable, Picked, TableSpec } from '../tables/data-table';
import { tables } from '../tables/tables.svelte';
import { BrokenLink } from './link';
import { tableTitle } from './manifest';
import { readNote } from './table-note';
import { words } from '../i18n';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** The table that an Experiment has as its target; nobody has checked the Experiment. Null, too, where the core will say what is wrong with it. */
export function tableOf(experiment: unknown): TableSpec | null {
  const target = isObject(experiment) ? experiment['target'] : null;
  if (!isObject(target) || target['kind'] !== 'table') return null;
  const { hash, name, columns } = target as Partial<TableSpec>;
  const whole = /^[0-9a-f]{64}$/.test(String(hash)) && typeof name === 'string' && Array.isArray(columns);
  return whole ? (target as unknown as TableSpec) : null;
}

/** The tables of Experiments, each once. */
export function tablesOf(experiments: readonly unknown[]): TableSpec[] {
  const all = experiments.flatMap((one) => tableOf(one) ?? []);
  return all.filter(({ hash }, i) => all.findIndex((one) => one.hash === hash) === i);
}

/** What could not be found, and why the rows in a link could not be taken, as the end of a sentence. */
export interface Found {
  missing: TableSpec[];
  why: string | null;
}

/** Finds the rows of tables, wherever they are: `packed` are those in the link. They are in memory from then on. */
export async function findRows(specs: readonly TableSpec[], packed: readonly string[] = []): Promise<Found> {
  let why: string | null = null;
  if (packed.length > 0 && specs.some(({ hash }) => !tables.known(hash))) {
    // Without the network it may not be there.
    const reader = await import('./packed-rows').catch(() => null);
    // A page has four runs at most.
    for (const text of reader ? packed.slice(0, 4) : []) {
      try {
        const table = await reader?.unpackRows(text);
        if (table && specs.some(({ hash }) => hash === table.hash)) void tables.keep(table);
        else why = words.page.link.rowsOther;
      } catch (error) {
        if (!(error instanceof BrokenLink)) throw error;
        why = error.message;
      }
    }
  }
  const found = await Promise.all(specs.map(({ hash }) => tables.find(hash)));
  const missing = specs.filter((_, i) => !found[i]);
  return { missing, why: missing.length > 0 ? why : null };
}

/** What waits for rows. */
interface Waiting {
  specs: readonly TableSpec[];
  notes: readonly string[];
  open: () => void;
}

export class WaitingRows {
  #waiting: Waiting | null = null;

  /** Waits for the rows of tables, in place of what was waited for before; what has them opens. Returns what the person is told. */
  wait(specs: readonly TableSpec[], notes: readonly string[], open: () => void): string {
    this.#waiting = { specs, notes, open };
    return this.#sentence();
  }

  /** Nothing is waited for any more. */
  leave(): void {
    this.#waiting = null;
  }

  get active(): boolean {
    return this.#waiting !== null;
  }

  /** Which file is missing. */
  #sentence(): string {
    const spec = this.#missing[0];
    if (!spec) return '';
    if (builtinOf(spec.hash)) return words.page.unloaded;
    const note = this.#notes.find(({ start }) => spec.hash.startsWith(start));
    return words.page.trouble.rows(this.#nameOf(spec), note?.rows ?? null, spec.columns.length);
  }

  #nameOf({ hash, name }: TableSpec): string {
    return tableTitle(hash, name);
  }

  get #missing(): TableSpec[] {
    return (this.#waiting?.specs ?? []).filter(({ hash }) => !tables.known(hash));
  }

  get #notes() {
    return (this.#waiting?.notes ?? []).flatMap((text) => readNote(text) ?? []);
  }

  /** What of a file of so many columns may be what is waited for; nothing where nothing is. */
  candidates(columns: number): Picked[] {
    if (!this.#waiting) return [];
    const all: Picked[] = [{ columns: null, withoutFar: false }, ...this.#notes.map(({ picked }) => picked)];
    const fits = all.filter((one) => one.columns?.every((column) => column < columns) ?? true);
    return fits.filter(
      (one, i) => fits.findIndex((other) => JSON.stringify(other) === JSON.stringify(one)) === i,
    );
  }

  /** What is waited for, by its name. */
  get name(): string {
    const [spec] = this.#missing;
    return spec ? this.#nameOf(spec) : '';
  }

  /** Takes a table that was waited for, and opens what has all of its rows now. False: it is another; else what is to be said, null where it opened. */
  async take(table: DataTable): Promise<string | null | false> {
    const waiting = this.#waiting;
    if (!waiting || !this.#missing.some(({ hash }) => hash === table.hash)) return false;
    await tables.keep(table);
    if (waiting !== this.#waiting) return null;
    if (this.#missing.length > 0) return this.#sentence();
    this.#waiting = null;
    waiting.open();
    return null;
  }
}
