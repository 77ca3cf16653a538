/** Which runs say how well each family learns from how many points. */

import type { EnsembleProgress, Experiment, ModelSpec } from '../engine/protocol';
import type { Condition } from './ensembles';
import { setFamily } from './family';
import { familyRow } from './manifest';
import { trainingSetOf } from './training-set';

/** The families side by side, that on the stage too where it is another. */
const FAMILIES: readonly ModelSpec['family'][] = ['made', 'maf', 'realnvp', 'spline'];

export const SIZES: readonly number[] = [30, 100, 300, 1000, 3000];

/** Steps of each run: by then the validation NLL of few points is long past its least, and that of many is near it. */
export const STEPS = 1000;

/** Points of a batch, where there are as many: a larger one would only take longer. */
const BATCH = 256;

/** Each family with its runs, one for each size. All stop early, so that each shows its best step. */
export function families(experiment: Experiment): Condition[] {
  const { family } = experiment.model;
  return [...new Set([...FAMILIES, family])].map((one) => ({
    label: familyRow(one).title,
    experiments: SIZES.map((size) => {
      const draft = structuredClone(experiment);
      if (one !== family) setFamily(draft, one);
      draft.training_set = trainingSetOf(size);
      Object.assign(draft.optimiser, {
        early_stopping: true,
        batch: Math.min(BATCH, draft.optimiser.batch),
        schedule: { kind: 'cosine', steps: STEPS },
      });
      return draft;
    }),
  }));
}

/** Each family's KL at its best step, by size; NaN where it is not known. */
export function klsOf(all: readonly Condition[], members: EnsembleProgress['members']): number[][] {
  return all.map((_, place) =>
    SIZES.map((_, size) => {
      const member = members[place * SIZES.length + size];
      return member && member.failed === null ? (member.kl ?? NaN) : NaN;
    }),
  );
}
