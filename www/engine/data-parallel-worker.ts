/** A worker that shares the steps of another one: it builds a replica of the run, then follows until it is sent away. */

import { Replica, type SharedMemory } from './all-reduce';
import type { CoreRun } from './core';
import type { DataTable } from '../tables/data-table';
import { take } from './given-tables';
import { loadCore } from './load';
import { provideTable, Run } from './pkg/density_playground';

/** What a follower is asked. */
export interface Join {
  experiment: unknown;
  /** Its table, where it was not given before. */
  table: DataTable | null;
  memory: SharedMemory;
  rank: number;
}

const ready = loadCore();

onmessage = async ({ data }: MessageEvent<Join>) => {
  await ready;
  take(data.table, provideTable);
  const run = new Run(data.experiment as never) as CoreRun;
  postMessage(data.rank);
  try {
    new Replica(run, data.memory, data.rank).follow();
  } catch {
    // The step failed: it did so for the leader too, which says so and ends the training together.
  }
  run.free();
};
