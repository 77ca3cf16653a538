/** A table of numbers that a model can learn: its rows, and what they are known by. */

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

export interface DataTable {
  /** SHA-256 of the content, as hexadecimal digits: what an Experiment knows the rows by. */
  hash: string;
  /** What it is called, for people. */
  name: string;
  /** What its columns are called. */
  names: string[];
  /** Row-major, finite, in the columns' own units. */
  values: Float64Array<ArrayBuffer>;
  /** What each row is for: 0 train, 1 validation, 2 test; null where the table does not say. */
  parts: Uint8Array<ArrayBuffer> | null;
  /** What of its file it is, as {@link Picked}; absent: all of it. */
  picked?: Picked;
}

/** What of a file a table is: a link says it, so that the same is made of the file that is brought for it. */
export interface Picked {
  /** Columns of numbers, counted as the file's reader does; null: all. */
  columns: number[] | null;
  /** Rows with a number far outside are left out. */
  withoutFar: boolean;
}

/** What an Experiment says of a table as its target. */
export interface TableSpec {
  kind: 'table';
  hash: string;
  name: string;
  /** The columns that are learned, 2 to 64. */
  columns: number[];
  /** Shares of the rows to train on, for validation, to test on; null: as the table says, else the core's own. */
  shares: [number, number, number] | null;
  /** Says which rows are for what, where the table does not: apart from the Experiment's seed, so that many seeds are measured on the same rows. */
  split_seed: number;
  /** What is done to each column before it is learned; none: nothing to any. */
  transforms: Transform[];
}

/** What can be done to a column; the core says what each is. */
export type Transform =
  | { kind: 'none' }
  | { kind: 'log' }
  | { kind: 'logit'; low: number; high: number }
  | { kind: 'dequantise'; step: number };

/**
 * SHA-256 of what is learned: the columns' names in JSON, the values as IEEE 754 doubles in little-endian order, as all browsers' machines have
 * them, and the rows' parts. Not of the table's name, so that a file that was renamed is the same table.
 */
export function hashOf(
  names: readonly string[],
  values: Float64Array<ArrayBuffer>,
  parts: Uint8Array<ArrayBuffer> | null,
): string {
  const head = JSON.stringify({ names, rows: values.length / names.length, parts: parts !== null });
  const hash = sha256.create();
  hash.update(new TextEncoder().encode(`${head}\n`));
  hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  if (parts) hash.update(parts);
  return bytesToHex(hash.digest());
}

/** A table of rows, which it takes over. */
export function dataTable(
  name: string,
  names: string[],
  values: Float64Array<ArrayBuffer>,
  parts: Uint8Array<ArrayBuffer> | null,
): DataTable {
  // -0 and 0 are one number, and have to have one hash.
  for (let i = 0; i < values.length; i++) if (values[i] === 0) values[i] = 0;
  return { hash: hashOf(names, values, parts), name, names, values, parts };
}
