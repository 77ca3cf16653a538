/** Which runs say whether the ordering of the variables matters: the same model in many orderings, and from many seeds in one of them. */

import type { EnsembleProgress, Experiment } from '../engine/protocol';
import type { Condition } from './ensembles';
import { allOrderings, chance, someOrderings } from './orderings';

/** Steps of each run: by then what the ordering does is seen. */
export const STEPS = 1000;

/** Points of a batch, where there are as many: a larger one would only take longer. */
const BATCH = 256;

/** Variables of which all orderings are tried. */
export const ALL_OF = 4;

/** How many of more variables' orderings there are to choose from. */
export const COUNTS: readonly number[] = [8, 16, 32];

/** Seeds at least, so that their spread says something, and at most. */
const [FEWEST_SEEDS, MOST_SEEDS] = [4, 8];

/** The orderings that are tried, the present one first. */
export function orderingsOf({ model, seed }: Experiment, count: number): number[][] {
  const { ordering } = model;
  if (ordering.length > ALL_OF) return someOrderings(ordering, count, seed);
  const others = allOrderings(ordering.length).filter((one) => one.join() !== ordering.join());
  return [[...ordering], ...others];
}

/** An Experiment's run for the search: short, and of data that end the one at its best step. */
function trial(experiment: Experiment, edit: (draft: Experiment) => void): Experiment {
  const draft = structuredClone(experiment);
  const fixed = draft.target.kind === 'table' || draft.training_set.kind !== 'fresh';
  draft.optimiser.batch = Math.min(BATCH, draft.optimiser.batch);
  draft.optimiser.schedule = { kind: 'cosine', steps: STEPS };
  draft.optimiser.early_stopping = fixed;
  edit(draft);
  return draft;
}

/** The runs: the orderings, from one seed; then further seeds in the present ordering, whose own is the first of the orderings. */
export function searchOf(
  experiment: Experiment,
  orderings: readonly number[][],
): [orderings: Condition, seeds: Condition] {
  const seeds = Math.max(FEWEST_SEEDS, Math.min(MOST_SEEDS, orderings.length));
  return [
    {
      label: 'orderings',
      experiments: orderings.map((ordering) =>
        trial(experiment, (draft) => (draft.model.ordering = [...ordering])),
      ),
    },
    {
      label: 'seeds',
      experiments: Array.from({ length: seeds - 1 }, (_, i) =>
        trial(experiment, (draft) => (draft.seed = (draft.seed + i + 1) >>> 0)),
      ),
    },
  ];
}

/** An ordering and how well the model does in it. */
export interface Ranked {
  ordering: readonly number[];
  /** On held-out points, in nats; NaN: the run failed. */
  nll: number;
  standardError: number | null;
}

type Members = EnsembleProgress['members'];

const nllOf = (member: Members[number] | undefined): number =>
  member && member.failed === null ? member.nll : NaN;

/** The orderings, best first; those that failed last. */
export const ranked = (orderings: readonly (readonly number[])[], members: Members): Ranked[] =>
  orderings
    .flatMap((ordering, i): Ranked[] => {
      const member = members[i];
      return member ? [{ ordering, nll: nllOf(member), standardError: member.standard_error }] : [];
    })
    .sort((a, b) => (Number.isNaN(a.nll) ? 1 : Number.isNaN(b.nll) ? -1 : a.nll - b.nll));

/** The NLLs of the present ordering from all its seeds. */
export const nllsOfSeeds = (orderings: number, members: Members): number[] =>
  members.length === 0 ? [] : [members[0], ...members.slice(orderings)].map(nllOf);

/** Standard deviation of a sample (divided by n − 1); NaN of fewer than two. */
export function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return values.length < 2 ? NaN : Math.sqrt(squares / (values.length - 1));
}

/** How often, were there no difference, a ratio of two variances would be above the one that was found: by drawing normal numbers. */
export function chanceOfRatio(ratio: number, first: number, second: number, draws = 2000): number {
  const random = chance(first * 100 + second);
  const normals = (count: number) =>
    Array.from(
      { length: count },
      () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
    );
  let above = 0;
  for (let draw = 0; draw < draws; draw++)
    if ((deviation(normals(first)) / deviation(normals(second))) ** 2 >= ratio) above += 1;
  return above / draws;
}

/** Whether the ordering matters. */
export interface Verdict {
  /** Worst minus best NLL of the orderings, in nats. */
  gap: number;
  /** Standard deviation of the NLL over orderings, in nats. */
  overOrderings: number;
  /** Over seeds in one ordering. */
  overSeeds: number;
  /** The orderings lie farther apart than seeds alone would put them, but for 5 in 100 such searches. */
  matters: boolean;
}

/** Null: too few of the runs have ended well. */
export function verdictOf(orderings: readonly number[], seeds: readonly number[]): Verdict | null {
  const [nlls, others] = [orderings, seeds].map((all) => all.filter(Number.isFinite));
  if (!nlls || !others || nlls.length < 2 || others.length < 2) return null;
  const [overOrderings, overSeeds] = [deviation(nlls), deviation(others)];
  const ratio = (overOrderings / overSeeds) ** 2;
  return {
    gap: Math.max(...nlls) - Math.min(...nlls),
    overOrderings,
    overSeeds,
    matters: chanceOfRatio(ratio, nlls.length, others.length) < 0.05,
  };
}
