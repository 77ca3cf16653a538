/** What another target means for the rest of an Experiment. */

import { dimOf } from '../engine/dim';
import type { Experiment, TargetSpec, Window } from '../engine/protocol';

/** Where practically all of a table's rows are, in standard units. */
export const STANDARD_WINDOW: Window = { x_min: -4, x_max: 4, y_min: -4, y_max: 4 };

/** Gives an Experiment another target, and what goes with it: a model of as many variables, and what can be learned from rows alone. */
export function setTarget(draft: Experiment, target: TargetSpec): void {
  const dim = dimOf(target);
  const { model, optimiser } = draft;
  const [was, is] = [draft.target.kind === 'table', target.kind === 'table'];
  // Rows are few, and soon learned by heart; draws of a density never end.
  if (was !== is) optimiser.early_stopping = is;
  draft.target = target;
  if (model.ordering.length !== dim) {
    model.ordering = Array.from({ length: dim }, (_, variable) => variable);
    model.conditionals = model.conditionals.slice(0, 1);
  }
  if (!is) return;
  draft.training_set = { kind: 'fresh' };
  draft.objective = { kind: 'forward-kl' };
}
