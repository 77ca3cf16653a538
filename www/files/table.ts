/** A table of numbers, however it was written: what its columns are called, and pairs of them as points. */

import { message, type Message } from './message';
import type { Mark } from './numbers';
import { problem } from './problem';

/** A line or a row that was left out, and why. */
export interface Left {
  line: number;
  why: Message;
}

export interface Table {
  /** What each column is called, null where it has no name. */
  names: (string | null)[];
  /** The columns that are x1 and x2 as long as nobody chooses others. */
  first: [number, number];
  rows: number;
  /** A column's numbers, NaN where there is none. */
  column: (index: number) => Float64Array;
  /** Where a row stands in the file, from 1. */
  line: (row: number) => number;
  /** What has not even the right number of columns. */
  left: Left[];
  /** What each row is for, where a column `split` says so: 0 train, 1 validation, 2 test, {@link NO_PART} none of them. */
  parts: Uint8Array<ArrayBuffer> | null;
  /** How it was read, where it could have been read otherwise. */
  reading: Message[];
  /** The decimal mark that it was read with, where the other one is as likely; null: there is no doubt. */
  mark: Mark | null;
}

/** What a column is called: by its number where it has no name. */
export const nameOf = (names: readonly (string | null)[], index: number): string | Message =>
  names[index] ?? message('column', index + 1);

/** A table's columns that are numbers in most rows; refuses one that has not two of them. */
export function numericColumns(all: number, rows: number, finite: (column: number) => number): number[] {
  const numeric: number[] = [];
  for (let column = 0; column < all; column++) if (finite(column) > 0.5 * rows) numeric.push(column);
  if (numeric.length < 2) throw problem('fewColumns', numeric.length, all);
  return numeric;
}

/** The rows that are numbers in both columns. */
export interface Pairs {
  x: Float64Array;
  y: Float64Array;
  /** The first that were left out, in their order, and how many there are. */
  left: Left[];
  leftCount: number;
}

/** How many of those that were left out are named. */
export const NAMED = 20;

/** Two columns of a table as points. */
export function pairsOf(table: Table, columns: readonly [number, number]): Pairs {
  const [xs, ys] = [table.column(columns[0]), table.column(columns[1])];
  const [x, y] = [new Float64Array(xs.length), new Float64Array(xs.length)];
  const left = [...table.left];
  let kept = 0;
  let leftCount = table.left.length;
  let named = 0;
  for (let row = 0; row < xs.length; row++) {
    const [a = NaN, b = NaN] = [xs[row], ys[row]];
    if (Number.isFinite(a) && Number.isFinite(b)) {
      x[kept] = a;
      y[kept] = b;
      kept += 1;
      continue;
    }
    leftCount += 1;
    if (named++ >= NAMED) continue;
    const column = columns[Number.isFinite(a) ? 1 : 0];
    left.push({ line: table.line(row), why: message('noNumber', nameOf(table.names, column)) });
  }
  left.sort((a, b) => a.line - b.line);
  return { x: x.subarray(0, kept), y: y.subarray(0, kept), left: left.slice(0, NAMED), leftCount };
}
