/** What a view says of itself, in the `index.ts` of its folder; what is written in it stands with the languages. */

import type { Component } from 'svelte';
import type { FamilyRow, QuestionName } from '../engine/protocol';
import { words, type ViewName } from '../i18n';
import type { EnsembleClient } from '../engine/ensemble-client';
import type { InspectorClient } from '../engine/inspector-client';
import type { AnswerSource } from '../state/query.svelte';
import type { RunState } from '../state/run-state.svelte';
import type { Askable } from '../state/query-of-all.svelte';
import type { Workspace } from '../state/workspace.svelte';

/**
 * What a view has to do with: what it knows of a run, who answers its questions, what it may change. The laboratory is one, with a run that
 * trains; another one may have all answers before.
 */
export type ViewHost = Pick<
  Workspace,
  | 'temperature'
  | 'tableOf'
  | 'setTemperature'
  | 'scaleMost'
  | 'lay'
  | 'double'
  | 'devicePreference'
  | 'force'
  | 'visible'
> & {
  readonly run: Pick<
    RunState,
    | 'experiment'
    | 'window'
    | 'picture'
    | 'evaluations'
    | 'coverage'
    | 'coverageHistory'
    | 'device'
    | 'change'
    | 'dim'
    | 'table'
    | 'samplePoints'
  > &
    Askable;
  /** Side by side, the one that the views are of among them. */
  readonly runs: readonly (Askable & Pick<RunState, 'experiment' | 'evaluations'>)[];
  readonly inspector: AnswerSource & Pick<InspectorClient, 'cost'>;
  /** Trains many seeds, and tells of them. */
  readonly ensemble: (
    ...hear: ConstructorParameters<typeof EnsembleClient>
  ) => Pick<EnsembleClient, 'start' | 'stop' | 'see' | 'close'>;
};

/** What is on the stage, as far as it decides which views can be of it. */
interface Seen {
  /** Variables of the target. */
  dim: number;
  /** Its density is known. */
  density: boolean;
  /** The family of the model. */
  family: Pick<FamilyRow, 'title' | 'group' | 'structure' | 'reports'>;
}

/** Why a view can't be of what is on the stage; null: it can. */
export function whyNot(
  { plane, density, table, model }: Pick<View, 'plane' | 'density' | 'table' | 'model'>,
  seen: Seen,
): string | null {
  if (table && seen.density) return words.view.needsTable;
  if (density && !seen.density) return words.view.needsDensity;
  if (plane && seen.dim > 2) return words.view.needsPlane;
  const { title, group, structure, reports } = seen.family;
  if (model === 'conditioners' && structure === null) return words.view.needsConditioners(title);
  if (model === 'bijection' && (group === 'latent' || group === 'adversarial'))
    return words.view.needsBijection(title);
  return model === 'density' && reports === 'nothing' ? words.view.needsModelDensity(title) : null;
}

export interface View {
  /** What links and the words call it. */
  name: ViewName;
  /** Views are listed by it, ascending. */
  place: number;
  /** It looks at a plane: the target has two variables. */
  plane?: true;
  /** It looks at the target's own density, which a table does not have. */
  density?: true;
  /** It looks at a table. */
  table?: true;
  /** What it needs of the model: a network that moves variables by others, a way to a base, or a density or its bound. */
  model?: 'conditioners' | 'bijection' | 'density';
  /** What it asks the core; nothing where it shows what the run reports by itself. */
  asks: readonly QuestionName[];
  /** As MathML, from `formula.tex`; loaded with the component. */
  formula: () => Promise<{ default: string }>;
  /** Its component, loaded when it is first opened. */
  load: () => Promise<{ default: Component<{ workspace: ViewHost }> }>;
}
