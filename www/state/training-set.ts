/** How many points of the target a run learns from. */

import type { Experiment } from '../engine/protocol';
import { manifest } from './manifest';

/** The sizes to choose from; `Infinity`: fresh draws, which never end. */
export const sizes: readonly number[] = [
  ...[10, 20, 30, 50, 100, 200, 300, 500, 1000, 2000, 5000, 10_000, 30_000],
  manifest.limits.sample,
  Infinity,
];

/** The noise on the points to choose from, in deviations of the target. */
export const jitters: readonly number[] = [0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1];

export function sampleSize({ training_set }: Experiment): number {
  if (training_set.kind === 'points') return training_set.points.length / 2;
  return training_set.kind === 'sample' ? training_set.count : Infinity;
}

/** The training set of that many points. */
export const trainingSetOf = (size: number | undefined): Experiment['training_set'] =>
  size === undefined || size === Infinity ? { kind: 'fresh' } : { kind: 'sample', count: size };
