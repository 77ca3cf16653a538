/** A worker that shares the steps of another one: it builds a replica of the run, then follows until it is sent away. */

import { Replica, type SharedMemory } from './all-reduce';
import type { CoreRun } from './core';
import { loadCore } from './load';
import { Run } from './pkg/density_playground';

/** What a follower is asked. */
export interface Join {
  experiment: unknown;
  memory: SharedMemory;
  rank: number;
}

const ready = loadCore();

onmessage = async ({ data }: MessageEvent<Join>) => {
  await ready;
  const run = new Run(data.experiment as never) as CoreRun;
  postMessage(data.rank);
  try {
    new Replica(run, data.memory, data.rank).follow();
  } catch {
    // The step failed: it did so for the leader too, which says so and ends the training together.
  }
  run.free();
};
