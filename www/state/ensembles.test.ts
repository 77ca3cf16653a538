import { expect, test } from 'vitest';
import { manifest } from './manifest';
import { conditions, lossesOf, median, pointless } from './ensembles';
import { collapse } from './presets';

test('conditions differ in their factor alone, runs in their seed alone', () => {
  const experiment = structuredClone(manifest.default_experiment);
  collapse(experiment);
  experiment.seed = 5;
  const labels = (factor: Parameters<typeof conditions>[0]) =>
    conditions(factor, experiment, 3).map((c) => c.label);
  expect(labels('seed')).toEqual(['as on the stage']);
  expect(labels('annealing')).toEqual(['not annealed', 'annealed']);
  expect(labels('depth')).toEqual(['2 layers', '4 layers', '8 layers']);
  expect(labels('ordering')).toEqual(['x₁, x₂', 'x₂, x₁']);
  expect(labels('rate')).toEqual(['rate 0.00067', 'rate 0.002', 'rate 0.006']);
  const [bare, annealed] = conditions('annealing', experiment, 3);
  expect(bare?.experiments.map((e) => e.seed)).toEqual([5, 6, 7]);
  expect(annealed?.experiments[0]?.objective).toMatchObject({ annealing: { from: 0.01, steps: 800 } });
  expect({ ...bare?.experiments[1], seed: 5 }).toEqual(experiment);
});

test('a factor that changes nothing says so', () => {
  const experiment = manifest.default_experiment;
  expect(pointless('annealing', experiment, true)).toMatch(/reverse KL/);
  expect(pointless('depth', experiment, false)).toMatch(/one layer/);
  expect(pointless('rate', experiment, true)).toBeNull();
});

test('losses and medians', () => {
  expect(
    lossesOf(
      [
        [true, true],
        [true, false],
        [false, false],
        [true, false],
      ],
      2,
    ),
  ).toEqual([1, 2, 1]);
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(median([])).toBeNaN();
});
