/** A table as what is learned. */

import type { TableSpec, Transform } from './data-table';

/** Columns that a model can learn at once, at most (src/targets/tables.rs). */
export const MAX_LEARNED = 64;

/** A table's columns as the target, its rows divided as it says itself, else as the core does where nobody says otherwise. */
export const tableSpec = (
  hash: string,
  name: string,
  columns: readonly number[],
  transforms: Transform[] = [],
): TableSpec => ({
  kind: 'table',
  hash,
  name,
  columns: [...columns],
  shares: null,
  split_seed: 0,
  transforms,
});
