/** Rows as programs have them, and as the core takes them. */

import { type DataTable, dataTable } from '../tables/data-table';
import type { Rows } from './points';

/** All numbers one after the other; throws where rows have different lengths. */
export function flat(rows: Rows, width = rows[0]?.length ?? 0): Float64Array<ArrayBuffer> {
  const values = new Float64Array(rows.length * width);
  rows.forEach((row, i) => {
    if (row.length !== width)
      throw new Error(`Row ${i + 1} has ${row.length} numbers; the others have ${width}.`);
    values.set(row, i * width);
  });
  return values;
}

/** The other way; the rows share the memory of what is given. */
export const rowsOf = (values: Float64Array, width: number): Float64Array[] =>
  Array.from({ length: values.length / width }, (_, i) => values.subarray(i * width, (i + 1) * width));

/** Rows as a table that an Experiment learns from; the page knows the same rows by the same hash. */
export function tableOf(rows: Rows, names?: readonly string[]): DataTable {
  const values = flat(rows);
  const width = rows[0]?.length ?? 0;
  const columns = names ?? Array.from({ length: width }, (_, i) => `x${i + 1}`);
  if (columns.length !== width) throw new Error(`There are ${columns.length} names for ${width} columns.`);
  return dataTable('rows', [...columns], values, null);
}
