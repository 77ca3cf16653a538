import { expect, test } from 'vitest';
import type { Evaluation } from '../../engine/protocol';
import { words } from '../../i18n';
import { type Cell, type Measured, ROWS } from './rows';

const distance = { value: 0.01234, standard_error: 0.002, null_95: 0.0031, p_value: 0.005 };
const evaluation: Evaluation = {
  ...{ step: 50, nll: 2.5, entropy: 2.4, kl: 0.1, standard_error: 0.01 },
  ...{ variational: null, sample: null },
};
const exact: Measured = {
  ruler: {
    samples: 2000,
    density: 'exact',
    energy_distance: distance,
    sliced_wasserstein: { ...distance, standard_error: null },
    ...{ precision: 0.9, recall: 0.8, perfect: 0.97 },
    modes: { covered: 7, of: 8 },
    ...{ off_support_mass: 0.05, evaluations_per_sample: 4, evaluations_per_density: 2 },
  },
  evaluation,
};
const cellsOf = (run: Measured) =>
  Object.fromEntries(ROWS.map(({ name, cell }) => [name, cell(run)])) as Record<string, Cell>;
const text = words.views.ruler;

test('a model with a density has all numbers, as many digits as chance leaves', () => {
  const cells = cellsOf(exact);
  expect(Object.values(cells).filter((cell) => 'why' in cell)).toEqual([]);
  expect(cells.nll).toEqual({ value: '2.50', error: '0.01', kind: null });
  expect(cells.energy).toEqual({ value: '0.0123', error: '0.0020', kind: null });
  expect(cells.wasserstein).toEqual({ value: '0.0123', error: null, kind: null });
  expect(ROWS.map(({ perfect }) => perfect([exact]))).toEqual([
    '2.400',
    '0',
    '< 0.0031',
    '< 0.0031',
    '97 %',
    '97 %',
    '8',
    '0.1 %',
    null,
    null,
  ]);
});

test('a bound is called one, and a model without a density has no number in its place', () => {
  const bound = cellsOf({ ...exact, ruler: { ...exact.ruler, density: 'lower-bound' } });
  expect(bound.nll).toEqual({ value: '2.50', error: '0.01', kind: text.bound });
  expect(bound.kl).toHaveProperty('kind', text.bound);
  const none = cellsOf({ ...exact, ruler: { ...exact.ruler, density: 'none' } });
  for (const name of ['nll', 'kl', 'density']) expect(none[name], name).toEqual({ why: text.noDensity });
  expect(none.energy).toEqual(cellsOf(exact).energy);
});

test('of a table there is neither KL nor modes, of samples beyond all numbers no distance', () => {
  const table = cellsOf({
    ruler: { ...exact.ruler, modes: null, off_support_mass: null, perfect: null },
    evaluation: { ...evaluation, entropy: null, kl: null },
  });
  expect(table.kl).toEqual({ why: text.noEntropy });
  for (const name of ['modes', 'thread']) expect(table[name], name).toEqual({ why: text.onlyRows });
  const far = cellsOf({ ...exact, ruler: { ...exact.ruler, energy_distance: null, precision: null } });
  for (const name of ['energy', 'precision']) expect(far[name], name).toEqual({ why: text.notFinite });
});
