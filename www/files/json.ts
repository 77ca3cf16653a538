/** Points in JSON: pairs, objects with the same fields, or an object of columns. */

import { MAX_COLUMNS, MAX_NUMBERS, MAX_ROWS, problem } from './problem';
import { plainName } from './names';
import { Rows } from './rows';
import { numericColumns, type Left, type Table } from './table';
import { message } from './message';
import { isSplit, partOf, partsOf } from '../tables/parts';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether an object is one of columns: fields with lists of the same length. An experiment is none. */
export function isColumns(value: unknown): value is Record<string, unknown[]> {
  const all = isObject(value) ? Object.values(value) : [];
  const [first] = all;
  return (
    Array.isArray(first) && all.every((column) => Array.isArray(column) && column.length === first.length)
  );
}

const numberIn = (value: unknown): number => (typeof value === 'number' ? value : NaN);

/** Reads points in JSON; null where the text is no JSON at all. */
export function fromJson(text: string): Table | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (isColumns(value)) {
    const columns = Object.values(value);
    return build(Object.keys(value), columns[0]?.length ?? 0, (row, column) => columns[column]?.[row], []);
  }
  if (!Array.isArray(value)) throw problem('jsonShape');
  const all: unknown[] = value;
  const [first] = all;
  if (isObject(first)) {
    const names = Object.keys(first);
    return build(
      names,
      all.length,
      (row, column) => {
        const one = all[row];
        return isObject(one) && Object.hasOwn(one, names[column] ?? '')
          ? one[names[column] ?? '']
          : undefined;
      },
      [],
    );
  }
  if (!Array.isArray(first)) throw problem('jsonShape');
  const width = first.length;
  if (all.length > MAX_ROWS) throw problem('lines', all.length, MAX_ROWS);
  const left = all.flatMap((row, i): Left[] => {
    const length = Array.isArray(row) ? row.length : 1;
    return length === width ? [] : [{ line: i + 1, why: message('width', length, width) }];
  });
  const wrong = new Set(left.map(({ line }) => line - 1));
  const names = Array<null>(width).fill(null);
  return build(names, all.length, (row, column) => (all[row] as unknown[])[column], left, wrong);
}

function build(
  names: (string | null)[],
  count: number,
  at: (row: number, column: number) => unknown,
  left: Left[],
  without: ReadonlySet<number> = new Set(),
): Table {
  const width = names.length;
  if (count > MAX_ROWS) throw problem('lines', count, MAX_ROWS);
  if (width > MAX_COLUMNS) throw problem('columns', width, MAX_COLUMNS);
  // One row with many fields promises room for as many in each of the others, which may be empty.
  if (count * width > MAX_NUMBERS) throw problem('numbers', count, width);
  const rows = new Rows(width);
  const split = names.findIndex(isSplit);
  const codes: number[] = [];
  for (let row = 0; row < count; row++) {
    if (without.has(row)) continue;
    const to = rows.add(row + 1);
    if (split >= 0) codes.push(partOf(String(at(row, split))));
    for (let column = 0; column < width; column++) to[column] = numberIn(at(row, column));
  }
  const numeric = numericColumns(width, rows.length, (column) => rows.finite(column));
  return {
    names: numeric.map((i) => plainName(names[i] ?? '')),
    first: [0, 1],
    rows: rows.length,
    column: (index) => rows.column(numeric[index] ?? -1),
    line: (row) => rows.line(row),
    left,
    parts: split < 0 ? null : partsOf(Uint8Array.from(codes)),
    reading: [message('jsonRows')],
    mark: null,
  };
}
