/** What the gallery shows: some fixed Experiments, what their runs reported, and each answer that a view wanted. */

import type { ViewName } from '../../www/i18n';
import type {
  Cost,
  Costed,
  EnsembleProgress,
  Evaluation,
  Experiment,
  ModeCoverage,
  Picture,
  Window,
} from '../../www/engine/protocol';

/** An Experiment of the gallery; fields that are missing are the default's. */
export interface Exhibit {
  name: string;
  experiment: unknown;
  steps: number;
  /** The views that it is shown in; without: all. */
  views?: readonly ViewName[];
}

export const EXHIBITS: readonly Exhibit[] = [
  {
    name: 'flow',
    experiment: {
      target: { kind: 'eight-gaussians' },
      model: { family: 'maf', layers: 3, hidden: [32, 32] },
      optimiser: { learning_rate: 0.01, batch: 256, schedule: { kind: 'cosine', steps: 300 } },
    },
    steps: 300,
  },
  {
    name: 'chain',
    experiment: {
      target: { kind: 'crescent' },
      model: { family: 'made', hidden: [32, 32] },
      optimiser: { learning_rate: 0.01, batch: 256, schedule: { kind: 'cosine', steps: 300 } },
    },
    steps: 300,
    views: ['conditionals', 'ancestral', 'masks', 'chain'],
  },
];

/** What a run says by itself. */
export interface Report {
  experiment: Experiment;
  window: Window;
  picture: Picture;
  evaluations: Evaluation[];
  coverage: (ModeCoverage & { step: number })[];
}

/** Runs that train from many seeds, and what is seen of them in the end. */
export interface EnsembleOrder {
  groups: Experiment[][];
  window: Window;
  steps: number;
}
export type EnsembleReply = Pick<EnsembleProgress, 'members' | 'fields' | 'side'>;

/** What is asked for once or again and again: a question of the core's, a cost, an ensemble. */
export type Wish =
  | { ask: string; about: readonly unknown[] }
  | { ask: 'cost'; about: readonly [Costed] }
  | { ask: 'ensemble'; about: readonly [EnsembleOrder] };

export type Reply = Cost | EnsembleReply | object;

/** By the Experiment's name; answers by what was asked, as text. */
export type Recording = Record<string, { report: Report; answers: Record<string, Reply> }>;
