/** Which runs an ensemble has: the Experiment on the stage from other seeds, under one condition or several. */

import { precise } from '../i18n/format';
import type { Experiment } from '../engine/protocol';
import { words } from '../i18n';

/** What conditions differ in. */
export type Factor = 'seed' | 'annealing' | 'depth' | 'ordering' | 'rate';

/** Some runs that differ in their seeds alone. */
export interface Condition {
  label: string;
  experiments: Experiment[];
}

export const FACTORS: readonly Factor[] = ['seed', 'annealing', 'depth', 'ordering', 'rate'];

/** Why a factor makes no difference to an Experiment; null: it does. */
export function pointless(factor: Factor, experiment: Experiment, stacks: boolean): string | null {
  if (factor === 'annealing' && experiment.objective.kind !== 'reverse-kl')
    return words.views.ensemble.pointlessAnnealing;
  if (factor === 'depth' && !stacks) return words.views.ensemble.pointlessDepth;
  return null;
}

/** Steps that an ensemble is trained for: one cycle of the schedule. */
export const stepsOf = ({ optimiser: { schedule } }: Experiment): number =>
  schedule.kind === 'cosine' ? schedule.steps : 2000;

function edits(
  factor: Factor,
  experiment: Experiment,
): { label: string; edit: (draft: Experiment) => void }[] {
  const text = words.views.ensemble;
  switch (factor) {
    case 'seed':
      return [{ label: text.asOnStage, edit: () => undefined }];
    case 'annealing': {
      const steps = Math.max(1, Math.round((2 / 3) * stepsOf(experiment)));
      const set = (annealing: { from: number; steps: number } | null) => (draft: Experiment) => {
        if (draft.objective.kind === 'reverse-kl') draft.objective.annealing = annealing;
      };
      return [
        { label: text.notAnnealed, edit: set(null) },
        { label: text.annealed, edit: set({ from: 0.01, steps }) },
      ];
    }
    case 'depth': {
      const { layers } = experiment.model;
      const depths = [Math.max(1, Math.round(layers / 4)), Math.max(1, Math.round(layers / 2)), layers];
      return [...new Set(depths)].map((depth) => ({
        label: text.layers(depth),
        edit: (draft) => (draft.model.layers = depth),
      }));
    }
    case 'ordering': {
      const name = (ordering: number[]) => ordering.map((v) => `x${'₁₂₃₄₅₆₇₈'[v] ?? v + 1}`).join(', ');
      const other = [...experiment.model.ordering].reverse();
      return [
        { label: name(experiment.model.ordering), edit: () => undefined },
        { label: name(other), edit: (draft) => (draft.model.ordering = other) },
      ];
    }
    case 'rate': {
      const rate = experiment.optimiser.learning_rate;
      return [rate / 3, rate, Math.min(1, rate * 3)].map((value) => ({
        label: text.rate(precise(value, 2)),
        edit: (draft) => (draft.optimiser.learning_rate = value),
      }));
    }
  }
}

/** The conditions of a factor, `seeds` runs each; all begin at the Experiment's own seed and count up. */
export function conditions(factor: Factor, experiment: Experiment, seeds: number): Condition[] {
  const run = (edit: (draft: Experiment) => void) => (_: unknown, index: number) => {
    const draft = structuredClone(experiment);
    edit(draft);
    draft.seed = (experiment.seed + index) >>> 0;
    return draft;
  };
  return edits(factor, experiment).map(({ label, edit }) => ({
    label,
    experiments: Array.from({ length: seeds }, run(edit)),
  }));
}

/** How many runs lost 0, 1, 2, … of the modes. */
export function lossesOf(found: boolean[][], modes: number): number[] {
  const counts = Array.from({ length: modes + 1 }, () => 0);
  for (const one of found) {
    const lost = modes - one.filter(Boolean).length;
    counts[lost] = (counts[lost] ?? 0) + 1;
  }
  return counts;
}

/** The middle value; NaN of none. */
export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return sorted.length % 2 === 1
    ? (sorted[Math.floor(half)] ?? NaN)
    : ((sorted[half - 1] ?? NaN) + (sorted[half] ?? NaN)) / 2;
}
