/** What the parts of an Experiment begin with when another kind of them is chosen, in a panel or by a link that names the kind alone. */

import type { Base, Experiment, Objective } from '../engine/protocol';
import { manifest } from './manifest';

type Schedule = Experiment['optimiser']['schedule'];

export const OBJECTIVES: { [Kind in Objective['kind']]: Extract<Objective, { kind: Kind }> } = {
  'forward-kl': { kind: 'forward-kl' },
  'reverse-kl': { kind: 'reverse-kl', start: 1, annealing: null, path_gradient: false },
};

/** Leaves out what the reverse KL can't have, since it needs points of the target. */
export function withoutPoints(draft: Experiment): void {
  draft.model.order_agnostic = false;
  draft.model.batch_norm = false;
  draft.training_set = { kind: 'fresh' };
}

/** As the core has them. */
export const BASES = Object.fromEntries(manifest.bases.map((base) => [base.kind, base])) as {
  [Kind in Base['kind']]: Extract<Base, { kind: Kind }>;
};

export const SCHEDULES: { [Kind in Schedule['kind']]: Extract<Schedule, { kind: Kind }> } = {
  constant: { kind: 'constant' },
  cosine: { kind: 'cosine', steps: 5000 },
};

/** Points that somebody put are nothing without them. */
const TRAINING_SETS: Partial<Record<Experiment['training_set']['kind'], Experiment['training_set']>> = {
  fresh: { kind: 'fresh' },
  sample: { kind: 'sample', count: 100 },
};

/** By the path of the part. */
const KINDS: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  objective: OBJECTIVES,
  training_set: TRAINING_SETS,
  'model.base': BASES,
  'optimiser.schedule': SCHEDULES,
};

/** What a part is with its kind alone; empty where that is all there is to it, or where there is no such kind. */
export function beginning(path: string, kind: unknown): object {
  const kinds = Object.hasOwn(KINDS, path) ? KINDS[path] : undefined;
  return kinds && typeof kind === 'string' && Object.hasOwn(kinds, kind) ? { ...kinds[kind] } : {};
}
