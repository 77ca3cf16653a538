/** A worker that shares the steps of another one: it builds a replica of the run, then follows until it is sent away. */

import { Replica, type SharedMemory } from './all-reduce';
import { Cores } from './cores';
import type { DataTable } from '../tables/data-table';

/** What a follower is asked. */
export interface Join {
  experiment: unknown;
  /** Its table, where it was not given before. */
  table: DataTable | null;
  memory: SharedMemory;
  rank: number;
}

const cores = new Cores();
const ready = cores.load();

onmessage = async ({ data }: MessageEvent<Join>) => {
  await ready;
  cores.take(data.table);
  await cores.prepare(data.experiment);
  const run = cores.open(data.experiment);
  postMessage(data.rank);
  try {
    new Replica(run, data.memory, data.rank).follow();
  } catch {
    // The step failed: it did so for the leader too, which says so and ends the training together.
  }
  run.free();
};
