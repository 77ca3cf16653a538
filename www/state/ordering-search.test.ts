import { expect, test } from 'vitest';
import type { EnsembleProgress } from '../engine/protocol';
import { manifest } from './manifest';
import {
  chanceOfRatio,
  deviation,
  nllsOfSeeds,
  orderingsOf,
  ranked,
  searchOf,
  STEPS,
  verdictOf,
} from './ordering-search';

const experiment = (ordering: number[]) => {
  const one = structuredClone(manifest.default_experiment);
  one.model.ordering = ordering;
  one.seed = 9;
  return one;
};
const member = (nll: number, failed: number | null = null) =>
  ({ nll, kl: 0, standard_error: 0.1, failed }) as unknown as EnsembleProgress['members'][number];

test('of few variables all orderings, of more as many as asked, the present one first', () => {
  expect(orderingsOf(experiment([1, 0]), 8)).toEqual([
    [1, 0],
    [0, 1],
  ]);
  expect(orderingsOf(experiment([2, 0, 1]), 8)).toHaveLength(6);
  expect(orderingsOf(experiment([0, 1, 2, 3]), 8)).toHaveLength(24);
  const some = orderingsOf(experiment([4, 3, 2, 1, 0]), 16);
  expect(some).toHaveLength(16);
  expect(some[0]).toEqual([4, 3, 2, 1, 0]);
});

test('runs differ in their ordering, or in their seed, alone', () => {
  const orderings = orderingsOf(experiment([0, 1, 2]), 8);
  const [all, seeds] = searchOf(experiment([0, 1, 2]), orderings);
  expect(all.experiments.map((e) => e.model.ordering)).toEqual(orderings);
  expect(new Set(all.experiments.map((e) => e.seed))).toEqual(new Set([9]));
  // Six seeds with the one that the present ordering has anyhow.
  expect(seeds.experiments.map((e) => e.seed)).toEqual([10, 11, 12, 13, 14]);
  const [first] = all.experiments;
  for (const one of [...all.experiments, ...seeds.experiments])
    expect({ ...one, seed: 9, model: { ...one.model, ordering: [0, 1, 2] } }).toEqual(first);
  expect(first?.optimiser).toMatchObject({ schedule: { steps: STEPS }, early_stopping: false });
});

test('two orderings are held against four seeds, many against eight; data that end stop early', () => {
  const seedsOf = (ordering: number[], count: number) =>
    searchOf(experiment(ordering), orderingsOf(experiment(ordering), count))[1].experiments.length + 1;
  expect(seedsOf([0, 1], 8)).toBe(4);
  expect(seedsOf([0, 1, 2, 3], 8)).toBe(8);
  expect(seedsOf([0, 1, 2, 3, 4], 32)).toBe(8);
  const few = experiment([0, 1]);
  few.training_set = { kind: 'sample', count: 100 };
  expect(searchOf(few, [[0, 1]])[0].experiments[0]?.optimiser.early_stopping).toBe(true);
});

test('best first, what failed last', () => {
  const list = ranked([[0, 1], [1, 0], [9]], [member(3), member(1, 7), member(2)]);
  expect(list.map(({ ordering }) => ordering)).toEqual([[9], [0, 1], [1, 0]]);
  expect(list[2]?.nll).toBeNaN();
  expect(ranked([[0, 1]], [])).toEqual([]);
  expect(nllsOfSeeds(2, [member(1), member(2), member(3), member(4, 5)])).toEqual([1, 3, NaN]);
  expect(nllsOfSeeds(2, [])).toEqual([]);
});

test('a spread is held against that of seeds', () => {
  const seeds = [1, 1.02, 0.98, 1.01, 0.99, 1];
  expect(verdictOf([1, 2, 3, 1.5, 2.5, 1.2], seeds)).toMatchObject({ gap: 2, matters: true });
  expect(verdictOf([1.01, 0.98, 1.02, 1, 0.99, 1], seeds)?.matters).toBe(false);
  expect(verdictOf([1, NaN], seeds)).toBeNull();
  expect(deviation([1, 2, 3])).toBe(1);
});

test('the chance of a ratio of variances is that of the F distribution', () => {
  // Critical values at 5 %: F(5, 5) = 5.05, F(23, 7) = 3.41.
  expect(chanceOfRatio(5.05, 6, 6, 20_000)).toBeCloseTo(0.05, 2);
  expect(chanceOfRatio(3.41, 24, 8, 20_000)).toBeCloseTo(0.05, 2);
});
