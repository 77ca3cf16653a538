/** What a link says of a table whose rows are not in it: how many there are, and what of their file they are. */

import type { DataTable, Picked } from '../tables/data-table';

export interface TableNote {
  /** The first digits of the table's hash. */
  start: string;
  rows: number;
  picked: Picked;
}

const DIGITS = 8;

/** `f70ebc41.272`, and behind it `.c0-3` for some of the file's columns, `.near` where rows far outside were left out. */
export function noteOf({ hash, names, values, picked }: DataTable): string {
  const columns = picked?.columns ? `.c${picked.columns.join('-')}` : '';
  const near = picked?.withoutFar ? '.near' : '';
  return `${hash.slice(0, DIGITS)}.${values.length / names.length}${columns}${near}`;
}

/** A note that can be read; others say nothing. */
export function readNote(text: string): TableNote | null {
  const [, start, rows, columns, near] =
    /^([0-9a-f]{8})\.(\d{1,8})(?:\.c((?:\d{1,4}-)*\d{1,4}))?(\.near)?$/.exec(text.slice(0, 1000)) ?? [];
  if (start === undefined) return null;
  const picked = { columns: columns?.split('-').map(Number) ?? null, withoutFar: near !== undefined };
  return { start, rows: Number(rows), picked };
}
