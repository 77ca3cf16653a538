/** Another family for a model, and what each can be asked. */

import type { Experiment, FamilyRow, ModelSpec } from '../engine/protocol';
import { OBJECTIVES } from './defaults';
import { familyRow, manifest } from './manifest';

/** It is a composition of layers with conditioners: what stands first among the families. */
export const isComposition = (row: Pick<FamilyRow, 'structure'>): boolean => row.structure !== null;

/** It learns from its own draws too, as the reverse KL asks. */
export const learnsFromDraws = (row: Pick<FamilyRow, 'structure' | 'family'>): boolean =>
  isComposition(row) || row.family === 'cnf';

/** It learns from other bases than the normal. */
export const hasBases = learnsFromDraws;

/** What only some of the other families have. */
const OPTIONS = [
  'solver',
  'prediction',
  'noise_schedule',
  'transport',
  'latent',
  'beta',
  'penalty',
] as const satisfies (keyof ModelSpec)[];

/** What the new family doesn't have goes back to its default: a link never holds what can't be seen. */
export function setFamily(experiment: Experiment, family: ModelSpec['family']): void {
  const { model: draft } = experiment;
  const [before, next] = [familyRow(draft.family), familyRow(family)];
  const { model: usual } = manifest.default_experiment;
  draft.family = family;
  draft.layers = next.default_layers;
  draft.reads = null;
  if (next.default_activation !== before.default_activation) draft.activation = next.default_activation;
  if (next.elementwise !== 'conditional') {
    draft.conditionals = [{ kind: 'gaussian' }];
    draft.order_agnostic = false;
  }
  if (!isComposition(next) || next.between !== 'optional' || !next.stacks) draft.batch_norm = false;
  if (!isComposition(next) || !next.stacks) draft.ordering_policy = 'alternate';
  if (!hasBases(next)) draft.base = { ...usual.base };
  if (!learnsFromDraws(next)) experiment.objective = { ...OBJECTIVES['forward-kl'] };
  Object.assign(draft, Object.fromEntries(OPTIONS.map((option) => [option, usual[option]])));
}
