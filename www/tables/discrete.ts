/** Columns that take few values, which have no density: noise as wide as the step between them fills it (dequantisation), and what the NLL then says. */

import type { DataTable, TableSpec, Transform } from './data-table';

/** A column is discrete if its distinct values are fewer than this share of the rows. */
const FEW = 0.25;

/** Digits of a step that count: the difference of 0.2 and 0.1 is 0.1, whatever doubles say. */
const DIGITS = 9;

/** Looked for once: a table's rows don't change. */
const known = new WeakMap<DataTable, readonly (number | null)[]>();

/** For each column the smallest gap between its distinct values, in its units; null where it is not discrete. */
export function stepsOf(table: DataTable): readonly (number | null)[] {
  const steps = known.get(table) ?? table.names.map((_, column) => stepOf(table, column));
  known.set(table, steps);
  return steps;
}

function stepOf({ names, values }: DataTable, column: number): number | null {
  const most = FEW * (values.length / names.length);
  const distinct = new Set<number>();
  for (let i = column; i < values.length; i += names.length) {
    distinct.add(values[i] ?? NaN);
    if (distinct.size >= most) return null;
  }
  const sorted = Float64Array.from(distinct).sort();
  const gaps = Array.from(sorted.subarray(1), (value, i) => value - (sorted[i] ?? NaN));
  return gaps.length === 0 ? null : Number(Math.min(...gaps).toPrecision(DIGITS));
}

/** Whether any of the columns that are learned is discrete. */
export const isDiscrete = (table: DataTable, { columns }: TableSpec): boolean =>
  columns.some((column) => (stepsOf(table)[column] ?? null) !== null);

/** Width of the noise on the discrete columns, in their steps; 0: none. */
export function noiseOf(table: DataTable, { columns, transforms }: TableSpec): number {
  const steps = stepsOf(table);
  for (const [place, column] of columns.entries()) {
    const step = steps[column] ?? null;
    const transform = transforms[place];
    if (step !== null && transform?.kind === 'dequantise') return transform.step / step;
  }
  return 0;
}

/** The transforms that put noise of so many steps on all discrete columns that are learned; other columns keep theirs. */
export function withNoise(table: DataTable, { columns, transforms }: TableSpec, noise: number): Transform[] {
  const steps = stepsOf(table);
  const all = columns.map((column, place): Transform => {
    const step = steps[column] ?? null;
    if (step === null) return transforms[place] ?? { kind: 'none' };
    return noise > 0 ? { kind: 'dequantise', step: noise * step } : { kind: 'none' };
  });
  return all.every(({ kind }) => kind === 'none') ? [] : all;
}

/**
 * Bits for each column of a row, -log2 P(row) / D, at most (Theis, van den Oord and Bethge 2016, eq. 9), of an NLL in nats and the columns' own
 * units. Null unless noise fills the whole step of every column: then alone the density of a step is the probability of its value.
 */
export function bitsPerDimension(table: DataTable, spec: TableSpec, nll: number): number | null {
  const steps = stepsOf(table);
  let logVolume = 0;
  for (const [place, column] of spec.columns.entries()) {
    const step = steps[column] ?? null;
    const transform = spec.transforms[place];
    if (step === null || transform?.kind !== 'dequantise') return null;
    if (Math.abs(transform.step / step - 1) > 1e-6) return null;
    logVolume += Math.log(transform.step);
  }
  return (nll - logVolume) / (spec.columns.length * Math.LN2);
}
