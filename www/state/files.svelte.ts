/** Files that are brought and taken away: little is loaded before a person does either. */

import { SvelteMap } from 'svelte/reactivity';
import type { Units } from '../files/placement';
import type { Bringing, BringingHost } from './bringing.svelte';
import type { Saving, SavingHost } from './saving';
import { type Measured, unitsOfTable } from './units';
import { open, words } from '../i18n';

/** Drawings whose columns are remembered. */
const REMEMBERED = 50;

/** What files have of the page that they are brought to and taken from. */
export type FilesHost = BringingHost & SavingHost;

export class Files {
  /** What was brought; null until something was. */
  bringing = $state.raw<Bringing | null>(null);
  #saving: Saving | null = null;
  readonly #workspace: FilesHost;
  readonly #units = new SvelteMap<string, Units>();

  constructor(workspace: FilesHost) {
    this.#workspace = workspace;
  }

  /** Reads a file, or says why not. */
  async open(file: File): Promise<void> {
    await (await this.#begin())?.open(file);
  }

  async paste(text: string): Promise<void> {
    await (await this.#begin())?.paste(text);
  }

  async #begin(): Promise<Bringing | null> {
    try {
      const [{ Bringing }] = await Promise.all([import('./bringing.svelte'), open('files')]);
      this.bringing ??= new Bringing(this.#workspace);
    } catch {
      this.#workspace.notice = { sentence: words.page.unloaded };
    }
    return this.bringing;
  }

  /** What takes things away. */
  async saving(): Promise<Saving> {
    const [{ Saving }] = await Promise.all([import('./saving'), open('files')]);
    return (this.#saving ??= new Saving(this.#workspace));
  }

  /** Which columns a drawing was made of. */
  remember(cells: string, units: Units): void {
    const [oldest] = this.#units.keys();
    if (this.#units.size >= REMEMBERED && oldest !== undefined) this.#units.delete(oldest);
    this.#units.set(cells, units);
  }

  /** Which columns drawings were made of, to be kept with them. */
  get units(): [string, Units][] {
    return [...this.#units];
  }

  /** Takes them over from what was kept. A column without a name has one of ours, in words that have to be there. */
  async restore(units: readonly [string, Units][]): Promise<void> {
    if (units.length === 0) return;
    await open('files');
    for (const [cells, one] of units) this.#units.set(cells, one);
  }

  /** The two columns that a run's target is, or was made of and has not been changed since. */
  unitsOf({ experiment: { target }, table }: Measured): Units | null {
    if (target.kind === 'table') return table && unitsOfTable(table);
    return target.kind === 'drawn' ? (this.#units.get(target.cells) ?? null) : null;
  }
}
