/** A worker that helps another one to train: it builds the same run, then follows until it is sent away. */

import { loadCore } from './load';
import { Run } from './pkg/density_playground';
import { Member, type Shared } from './shared';

/** What a helper is asked. */
export interface Join {
  experiment: unknown;
  memory: Shared;
  member: number;
}

const ready = loadCore();

onmessage = async ({ data }: MessageEvent<Join>) => {
  await ready;
  const run = new Run(data.experiment as never);
  postMessage(data.member);
  try {
    new Member(run, data.memory, data.member).follow();
  } catch {
    // The step failed: it did so for the leader too, which says so and ends the crew.
  }
  run.free();
};
