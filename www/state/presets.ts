/** Experiments to start from. What they do is held by tests/variational.rs, over twenty seeds. */

import { isComposition, setFamily } from './family';
import { familyRow } from './manifest';
import type { Experiment } from '../engine/protocol';
import { OBJECTIVES, withoutPoints } from './defaults';

function eightModes(draft: Experiment): void {
  draft.target = { kind: 'eight-gaussians' };
  Object.assign(draft.model, {
    family: 'realnvp',
    layers: 8,
    hidden: [48, 48],
  });
  withoutPoints(draft);
  Object.assign(draft.optimiser, {
    batch: 192,
    learning_rate: 2e-3,
    schedule: { kind: 'cosine', steps: 1200 },
    ema_decay: null,
  });
}

/** The reverse KL, begun narrow: most runs lose modes. */
export function collapse(draft: Experiment): void {
  eightModes(draft);
  draft.objective = { ...OBJECTIVES['reverse-kl'], start: 0.3 };
}

/** The same, annealed: most runs keep all modes. */
export function rescue(draft: Experiment): void {
  eightModes(draft);
  const annealing = { from: 0.01, steps: 800 };
  draft.objective = { ...OBJECTIVES['reverse-kl'], start: 0.3, annealing };
}

/** The same model under the other objective. */
export function otherObjective(draft: Experiment): void {
  draft.objective = { ...OBJECTIVES[draft.objective.kind === 'reverse-kl' ? 'forward-kl' : 'reverse-kl'] };
  withoutPoints(draft);
}

/** The same model in the other ordering. */
export function otherOrdering(draft: Experiment): void {
  draft.model.ordering.reverse();
}

/** What the neighbours of the flows make of the same target. */
export const OTHER_WAYS: readonly ((draft: Experiment) => void)[] = (
  ['flow-matching', 'vae', 'gan'] as const
).map((family) => (draft) => setFamily(draft, family));

/** A flow of the kind that the page begins with, where the model is none. */
export function asFlow(draft: Experiment): void {
  if (!isComposition(familyRow(draft.model.family))) setFamily(draft, 'maf');
}
