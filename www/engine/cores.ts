/** The builds of the core that train: the one of a first visit, which has the compositions alone, and one that has all families. */

import type { Core, CoreRun, Floats } from './core';
import { needsAll } from './families';
import { provideAgain, take } from './given-tables';
import { loadCore } from './load';
import { provideTable, Run, targetField } from './pkg/density_playground';
import type { DataTable } from '../tables/data-table';

type Build = Pick<typeof import('./pkg/density_playground'), 'Run' | 'provideTable'>;

/** The core of a worker: another build is loaded once an Experiment needs it. */
export class Cores implements Core {
  #all: Build | null = null;

  /** Loads the build of a first visit. */
  load(): Promise<void> {
    return loadCore();
  }

  /** Makes sure that an Experiment can be opened. */
  async prepare(experiment: unknown): Promise<void> {
    if (this.#all || !needsAll(experiment)) return;
    const [{ loadViews }, build] = await Promise.all([
      import('./load-views'),
      import('./pkg/density_playground_views'),
    ]);
    await loadViews();
    provideAgain(build.provideTable);
    this.#all = build;
  }

  open(experiment: unknown): CoreRun {
    const build = (needsAll(experiment) && this.#all) || { Run };
    // What the core gives back has all its fields.
    return new build.Run(experiment as never) as CoreRun;
  }

  readonly targetField = (...of: Parameters<Core['targetField']>): Floats => targetField(...of) as Floats;

  /** Gives a table to all that there are. */
  readonly provideTable: Core['provideTable'] = (...table) => {
    provideTable(...table);
    this.#all?.provideTable(...table);
  };

  /** Takes a table that an Experiment to come learns from. */
  take(table: DataTable | null): void {
    take(table, this.provideTable);
  }
}
