/** Reads the page's own tables: their form is known, so that the reader of people's files need not be loaded for them. A test holds it against that. */

import { type DataTable, dataTable } from './data-table';
import { isSplit, partOf } from './parts';

/** A heading, commas, numbers with a decimal point; columns of words are left out, and `split` says what a row is for. */
export function readBuiltin(name: string, csv: string): DataTable {
  const [heading = [], ...rows] = csv
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));
  const numeric = heading.map((_, i) => i).filter((i) => Number.isFinite(Number(rows[0]?.[i])));
  const split = heading.findIndex(isSplit);
  return dataTable(
    name,
    numeric.map((i) => heading[i] ?? ''),
    Float64Array.from(rows.flatMap((row) => numeric.map((i) => Number(row[i])))),
    split < 0 ? null : Uint8Array.from(rows, (row) => partOf(row[split] ?? '')),
  );
}
