/** Rows of a table as they are learned: complete ones of some columns, and what a statistician would say of them before. */

import { type DataTable, dataTable, type Picked } from '../tables/data-table';
import { MAX_LEARNED } from '../tables/spec';
import { NO_PART } from '../tables/parts';
import { message } from './message';
import { type Left, NAMED, nameOf, type Table } from './table';

/** Rows that are learned at least; the core refuses less (src/training/rows.rs). */
export const MIN_ROWS = 20;

/** Rows for each column, below which there are more parameters than the rows can say. */
export const ROWS_A_COLUMN = 10;

/** Deviations beyond which a number is far outside; the core refuses rows that lie so far from those it learns (src/training/rows.rs). */
export const FARTHEST = 10_000;

/** Numbers of a table that is handed over with all of its columns, not the chosen ones alone. */
const MAX_WHOLE = 2 ** 21;

/** Rows by which columns are judged, taken evenly from all. */
const JUDGED = 10_000;

/** What would be learned of some columns. Columns are counted as the table does. */
export interface Survey {
  /** Rows with a number in each column, and a part where the table has parts. */
  rows: number;
  /** The first lines that were left out, in their order, and how many there are. */
  left: Left[];
  leftCount: number;
  /** Rows with a number far outside: still there, or left out where that was asked for. */
  far: number;
  /** Columns with one value in all rows. */
  constant: number[];
  /** Columns that say the same as one before them, be it in another unit. */
  copies: { column: number; of: number }[];
  /** Columns of whole numbers, or of few different ones: no density has a highest value at them. */
  discrete: Discrete[];
  /** Columns above 0 that lean far to one side, and whose logarithms lean less: prices, counts, sizes. */
  skewed: number[];
  /** Columns with far more numbers far out than a Gaussian has, on both sides. */
  heavy: number[];
  /** Rows to train on, for validation and to test on, where the table says so. */
  parts: [number, number, number] | null;
  /** All columns of the table have these rows, and are few: the whole table can be handed over, and columns be chosen of it later. */
  whole: boolean;
}

/** A column of numbers that have no density: all are `step` apart, or some multiple of it; null where they are not. */
export interface Discrete {
  column: number;
  step: number | null;
}

interface Complete {
  columns: Float64Array[];
  /** Rows that are complete, in their order. */
  kept: Uint32Array;
  far: number;
  left: Left[];
  leftCount: number;
}

/** Interval beyond which a number is far outside: around the mean of the middle 99 %, by their deviation; null where they do not vary. */
function fence(values: Float64Array, rows: Uint32Array): [number, number] | null {
  const every = Math.max(1, Math.ceil(rows.length / JUDGED));
  const judged = Float64Array.from(
    { length: Math.floor(rows.length / every) },
    (_, i) => values[rows[i * every] ?? 0] ?? NaN,
  );
  judged.sort();
  const cut = Math.ceil(0.005 * judged.length);
  const middle = judged.subarray(cut, judged.length - cut);
  if (middle.length < 2) return null;
  // Divided first: a sum of huge numbers is infinite.
  const mean = middle.reduce((sum, value) => sum + value / middle.length, 0);
  const deviation = Math.sqrt(middle.reduce((sum, value) => sum + (value - mean) ** 2 / middle.length, 0));
  return deviation > 0 ? [mean - FARTHEST * deviation, mean + FARTHEST * deviation] : null;
}

/** Rows with numbers in all of some columns. */
function complete(table: Table, { columns: chosen, withoutFar }: Picked): Complete {
  const indices = chosen ?? table.names.map((_, i) => i);
  const columns = indices.map((index) => table.column(index));
  const left = [...table.left];
  const out = { count: table.left.length, named: 0 };
  const leave = (row: number, why: Left['why']) => {
    out.count += 1;
    if (out.named++ < NAMED) left.push({ line: table.line(row), why });
  };
  const numbers = new Uint32Array(table.rows);
  let count = 0;
  for (let row = 0; row < table.rows; row++) {
    const gap = columns.findIndex((column) => !Number.isFinite(column[row]));
    if (gap >= 0) leave(row, message('noNumber', nameOf(table.names, indices[gap] ?? 0)));
    else if (table.parts?.[row] === NO_PART) leave(row, message('noPart'));
    else numbers[count++] = row;
  }
  const all = numbers.subarray(0, count);
  const fences = columns.map((column) => fence(column, all));
  const outside = (row: number) =>
    columns.findIndex((column, i) => {
      const [low, high] = fences[i] ?? [-Infinity, Infinity];
      const value = column[row] ?? NaN;
      return value < low || value > high;
    });
  let [far, near] = [0, 0];
  for (let i = 0; i < count; i++) {
    const row = all[i] ?? 0;
    const column = outside(row);
    if (column >= 0) far += 1;
    if (column >= 0 && withoutFar)
      leave(row, message('farOutside', nameOf(table.names, indices[column] ?? 0)));
    else all[near++] = row;
  }
  left.sort((a, b) => a.line - b.line);
  return { columns, kept: all.subarray(0, near), far, left: left.slice(0, NAMED), leftCount: out.count };
}

/** What would be learned of some columns, and what speaks against it. */
export function survey(table: Table, picked: Picked): Survey {
  const indices = picked.columns ?? table.names.map((_, i) => i);
  const { columns, kept, far, left, leftCount } = complete(table, picked);
  const at = (i: number) => indices[i] ?? 0;
  const constant = columns.map((column) => kept.every((row) => column[row] === column[kept[0] ?? 0]));
  const standard = columns.map((column, i) => (constant[i] ? null : standardised(column, kept)));
  const copies: Survey['copies'] = [];
  standard.forEach((values, i) => {
    const of = standard.findIndex(
      (before, j) => j < i && before !== null && values !== null && same(before, values),
    );
    if (of >= 0) copies.push({ column: at(i), of: at(of) });
  });
  const lean = columns.map((column, i) =>
    constant[i] || isDiscrete(column, kept) ? null : leanOf(column, kept),
  );
  const parts: [number, number, number] = [0, 0, 0];
  if (table.parts) for (const row of kept) parts[(table.parts[row] ?? 0) as 0 | 1 | 2] += 1;
  const all = table.names.length;
  const few = all <= MAX_LEARNED && all * kept.length <= MAX_WHOLE;
  return {
    rows: kept.length,
    left,
    leftCount,
    far,
    constant: indices.filter((_, i) => constant[i]),
    copies,
    discrete: columns.flatMap((column, i) =>
      constant[i] || !isDiscrete(column, kept) ? [] : { column: at(i), step: stepOf(column, kept) },
    ),
    skewed: indices.filter((_, i) => lean[i] === 'skewed'),
    heavy: indices.filter((_, i) => lean[i] === 'heavy'),
    parts: table.parts ? parts : null,
    whole:
      picked.columns === null ||
      (few && complete(table, { ...picked, columns: null }).kept.length === kept.length),
  };
}

/** The third and the fourth moment of standardised numbers, the latter beyond a Gaussian's. */
function moments(values: Float64Array): { skewness: number; excess: number } {
  const n = values.length;
  const mean = values.reduce((sum, v) => sum + v / n, 0);
  const power = (p: number) => values.reduce((sum, v) => sum + (v - mean) ** p / n, 0);
  const variance = power(2);
  return { skewness: power(3) / variance ** 1.5, excess: power(4) / variance ** 2 - 3 };
}

/** A skewness beyond which a column leans: an exponential's is 2. */
const LEANS = 2;
/** An excess beyond which its tails are heavy: a Laplace density's is 3, that of a Student-t with five degrees of freedom 6. */
const HEAVY = 6;

/** Whether a column leans to one side so far that logarithms help, or has heavy tails. */
function leanOf(column: Float64Array, rows: Uint32Array): 'skewed' | 'heavy' | null {
  const values = standardised(column, rows);
  if (values.length < MIN_ROWS) return null;
  const { skewness, excess } = moments(values);
  if (rows.every((row) => (column[row] ?? 0) > 0)) {
    const logarithms = standardised(column.map(Math.log), rows);
    if (skewness > LEANS && Math.abs(moments(logarithms).skewness) < 0.5 * skewness) return 'skewed';
  }
  return excess > HEAVY && Math.abs(skewness) < LEANS ? 'heavy' : null;
}

/** Some of a column's numbers in standard units. */
function standardised(column: Float64Array, rows: Uint32Array): Float64Array {
  const every = Math.max(1, Math.ceil(rows.length / JUDGED));
  const values = Float64Array.from(
    { length: Math.floor(rows.length / every) },
    (_, i) => column[rows[i * every] ?? 0] ?? NaN,
  );
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2 / values.length, 0));
  return values.map((value) => (value - mean) / deviation);
}

/** Whether one is the other in another unit. */
const same = (a: Float64Array, b: Float64Array): boolean =>
  a.every((value, i) => Math.abs(value - (b[i] ?? NaN)) < 1e-6) ||
  a.every((value, i) => Math.abs(value + (b[i] ?? NaN)) < 1e-6);

function isDiscrete(column: Float64Array, rows: Uint32Array): boolean {
  if (rows.every((row) => Number.isInteger(column[row]))) return true;
  const different = new Set<number>();
  for (const row of rows) {
    different.add(column[row] ?? NaN);
    if (different.size > 0.1 * rows.length) return false;
  }
  return true;
}

/** The distance that all of a column's numbers are multiples of, of those that are few, or whole. */
function stepOf(column: Float64Array, rows: Uint32Array): number | null {
  const different = new Set<number>();
  // Of a column of whole numbers there may be as many as rows: some will do.
  for (const row of rows) if (different.size < JUDGED) different.add(column[row] ?? NaN);
  const sorted = Float64Array.from(different).sort();
  const gaps = sorted.subarray(1).map((value, i) => value - (sorted[i] ?? NaN));
  const step = Number(Math.min(...gaps).toPrecision(10));
  const whole = gaps.every((gap) => Math.abs(gap / step - Math.round(gap / step)) < 1e-3);
  return step > 0 && Number.isFinite(step) && whole ? step : null;
}

/** The rows themselves. A column without a name is called x1, x2, … whatever the language: it counts for the hash. */
export function takeRows(table: Table, name: string, picked: Picked): DataTable {
  const indices = picked.columns ?? table.names.map((_, i) => i);
  const { columns, kept } = complete(table, picked);
  const width = columns.length;
  const values = new Float64Array(width * kept.length);
  kept.forEach((row, i) => columns.forEach((column, j) => (values[i * width + j] = column[row] ?? NaN)));
  const { parts } = table;
  const taken = dataTable(
    name,
    indices.map((i) => table.names[i] ?? `x${i + 1}`),
    values,
    parts && Uint8Array.from(kept, (row) => parts[row] ?? NO_PART),
  );
  return picked.columns === null && !picked.withoutFar ? taken : { ...taken, picked };
}
