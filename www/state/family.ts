/** Another family for a model. */

import type { ModelSpec } from '../engine/protocol';
import { familyRow } from './manifest';

/** What the new family doesn't have goes back to its default: a link never holds what can't be seen. */
export function setFamily(draft: ModelSpec, family: ModelSpec['family']): void {
  const next = familyRow(family);
  draft.family = family;
  draft.layers = next.default_layers;
  draft.reads = null;
  if (next.elementwise !== 'conditional') {
    draft.conditionals = [{ kind: 'gaussian' }];
    draft.order_agnostic = false;
  }
  if (next.between !== 'optional' || !next.stacks) draft.batch_norm = false;
  if (!next.stacks) draft.ordering_policy = 'alternate';
}
