import { describe, expect, test } from 'vitest';
import { dataTable, type TableSpec } from './data-table';
import { bitsPerDimension, isDiscrete, noiseOf, stepsOf, withNoise } from './discrete';
import { tableSpec } from './spec';

/** A face of a die in halves, what is measured, tenths, and one value in all rows. */
const table = dataTable(
  'made up',
  ['halves', 'measured', 'tenths', 'same'],
  Float64Array.from(
    Array.from({ length: 60 }, (_, i) => [(i % 6) / 2, Math.sqrt(i), (i % 7) / 10, 5]).flat(),
  ),
  null,
);
const of = (columns: number[], transforms: TableSpec['transforms'] = []) =>
  tableSpec(table.hash, table.name, columns, transforms);
const step = (width: number) => ({ kind: 'dequantise', step: width }) as const;

test('a column of few values has the smallest gap between them, others have none', () => {
  expect(stepsOf(table)).toEqual([0.5, null, 0.1, null]);
  expect(stepsOf(table)).toBe(stepsOf(table));
  expect(isDiscrete(table, of([1, 2]))).toBe(true);
  expect(isDiscrete(table, of([1, 3]))).toBe(false);
});

test('a quarter of the rows is where few ends', () => {
  const column = (distinct: number) =>
    dataTable(
      't',
      ['a'],
      Float64Array.from({ length: 40 }, (_, i) => i % distinct),
      null,
    );
  expect(stepsOf(column(9))).toEqual([1]);
  expect(stepsOf(column(10))).toEqual([null]);
});

describe('noise', () => {
  test('is put on the discrete columns alone, each by its own step', () => {
    const log = { kind: 'log' } as const;
    const spec = of([2, 1, 0], [{ kind: 'none' }, log, { kind: 'none' }]);
    expect(withNoise(table, spec, 0.5)).toEqual([step(0.05), log, step(0.25)]);
    expect(withNoise(table, of([0, 1]), 1)).toEqual([step(0.5), { kind: 'none' }]);
  });

  test('is taken away again, and leaves nothing where nothing else is done', () => {
    const spec = of([0, 2], withNoise(table, of([0, 2]), 0.25));
    expect(noiseOf(table, spec)).toBeCloseTo(0.25);
    expect(withNoise(table, spec, 0)).toEqual([]);
    expect(noiseOf(table, of([0, 2]))).toBe(0);
    expect(noiseOf(table, of([1, 0], [step(3), step(0.5)]))).toBe(1);
  });
});

describe('bits for each column', () => {
  test('are those of the probability, of a uniform density on the steps', () => {
    // Six halves and seven tenths: the density is 1 / (3 · 0.7).
    const spec = of([0, 2], [step(0.5), step(0.1)]);
    expect(bitsPerDimension(table, spec, Math.log(3 * 0.7))).toBeCloseTo(Math.log2(42) / 2);
  });

  test('are not told unless every column is filled', () => {
    for (const spec of [
      of([0, 2]),
      of([0, 2], [step(0.5), { kind: 'none' }]),
      of([0, 2], [step(0.25), step(0.1)]),
      of([0, 1], [step(0.5), step(0.5)]),
    ])
      expect(bitsPerDimension(table, spec, 1)).toBeNull();
  });
});
