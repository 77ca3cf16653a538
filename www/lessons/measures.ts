/** What a lesson can expect of a run, each measured by the core as the views do it. */

import type {
  Answer,
  Cost,
  Evaluation,
  Experiment,
  ModeCoverage,
  Question,
  QuestionName,
  Window,
} from '../engine/protocol';
import { bitsPerDimension } from '../tables/discrete';
import { tables } from '../tables/tables.svelte';

/** How the page shows a number. */
export type Unit = 'nats' | 'bits' | 'share' | 'count' | 'bytes' | 'number';

/** What is always known of a run. */
export interface Standing {
  target: Experiment['target'];
  evaluation: Evaluation | null;
  /** All of them so far. */
  evaluations: readonly Evaluation[];
  coverage: ModeCoverage | null;
}

interface OfRun {
  unit: Unit;
  value: (run: Standing) => number;
}

/** Has to be asked for. */
interface OfQuestion<Name extends QuestionName = QuestionName> {
  unit: Unit;
  question: (window: Window) => Question<Name>;
  answer: (answer: Answer<Name>) => number;
}

/** Is so for the untrained model too. */
interface OfCost {
  unit: Unit;
  cost: (cost: Cost) => number;
}

export type Measure = OfRun | OfQuestion | OfCost;

const asked = <Name extends QuestionName>(measure: OfQuestion<Name>): OfQuestion =>
  measure as unknown as OfQuestion;

/** The middle of a histogram's values. */
function median({ from, to, shares }: Answer<'logP'>[number]): number {
  let sum = 0;
  const cell = shares.findIndex((share) => (sum += share) >= 0.5);
  return from + ((cell + 0.5) * (to - from)) / shares.length;
}

/** The share of a histogram's values above one. */
const above = ({ from, to, shares }: Answer<'logP'>[number], value: number): number =>
  shares.reduce(
    (sum, share, cell) => sum + (from + ((cell + 0.5) * (to - from)) / shares.length > value ? share : 0),
    0,
  );

/** A batch that needs much room. */
const MEMORY: [number, number] = [32, 512];

const atTemperature = (of: 'spread' | 'precision', temperature: number, unit: Unit) =>
  asked<'temperatures'>({
    unit,
    question: () => ({ ask: 'temperatures', about: [Float64Array.of(temperature)] }),
    answer: ([tempered]) => tempered?.[of] ?? NaN,
  });

export const measures: Readonly<Record<string, Measure>> = {
  kl: { unit: 'nats', value: ({ evaluation }) => evaluation?.kl ?? NaN },
  nll: { unit: 'nats', value: ({ evaluation }) => evaluation?.nll ?? NaN },
  'nll-train': { unit: 'nats', value: ({ evaluation }) => evaluation?.sample?.nll_train ?? NaN },
  'nll-validation': { unit: 'nats', value: ({ evaluation }) => evaluation?.sample?.nll_validation ?? NaN },
  'nll-least': {
    unit: 'nats',
    value: ({ evaluations }) => Math.min(...evaluations.map(({ sample }) => sample?.nll_validation ?? NaN)),
  },
  bits: {
    unit: 'bits',
    value: ({ evaluation, target }) => {
      const rows = target.kind === 'table' ? tables.known(target.hash) : null;
      return (
        (target.kind === 'table' && rows && bitsPerDimension(rows, target, evaluation?.nll ?? NaN)) || NaN
      );
    },
  },
  'best-step': { unit: 'count', value: ({ evaluation }) => evaluation?.sample?.best_step ?? NaN },
  reverse: { unit: 'nats', value: ({ evaluation }) => evaluation?.variational?.kl ?? NaN },
  ess: { unit: 'share', value: ({ evaluation }) => evaluation?.variational?.effective_sample_size ?? NaN },
  modes: { unit: 'count', value: ({ coverage }) => coverage?.modes.covered ?? NaN },
  threads: { unit: 'share', value: ({ coverage }) => coverage?.offSupportMass ?? NaN },
  'density-passes': { unit: 'count', cost: ({ density }) => density },
  'sampling-passes': { unit: 'count', cost: ({ sampling }) => sampling },
  'round-trip': asked<'roundTrip'>({
    unit: 'number',
    question: (window) => ({ ask: 'roundTrip', about: [window, 64] }),
    answer: (errors) =>
      Math.max(...Array.from(errors, (error) => (Number.isFinite(error) ? error : Infinity))),
  }),
  'cold-spread': atTemperature('spread', 0.5, 'number'),
  'cold-quality': atTemperature('precision', 0.5, 'share'),
  'frozen-spread': atTemperature('spread', 0.05, 'number'),
  'frozen-quality': atTemperature('precision', 0.05, 'share'),
  'hot-quality': atTemperature('precision', 1.5, 'share'),
  stored: asked<'memory'>({
    unit: 'bytes',
    question: () => ({ ask: 'memory', about: MEMORY }),
    answer: ({ stored }) => stored,
  }),
  recomputed: asked<'memory'>({
    unit: 'bytes',
    question: () => ({ ask: 'memory', about: MEMORY }),
    answer: ({ recomputed }) => recomputed,
  }),
  'gradient-gap': asked<'memory'>({
    unit: 'number',
    question: () => ({ ask: 'memory', about: MEMORY }),
    answer: ({ difference }) => difference,
  }),
  unseen: asked<'logP'>({
    unit: 'share',
    question: () => ({ ask: 'logP', about: [{ kind: 'two-moons' }, 400] as never }),
    answer: ([data, , other]) => (data && other ? above(other, median(data)) : NaN),
  }),
};

/** Whether a value is as a lesson expects it. */
export function holds(value: number, relation: '<' | '>' | '=', bound: number): boolean {
  return relation === '<' ? value < bound : relation === '>' ? value > bound : value === bound;
}
