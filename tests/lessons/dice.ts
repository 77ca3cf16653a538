/** The throws of the lesson “Needles and bits”, and what is known of them. */

import { dataTable, type DataTable } from '../../www/tables/data-table';

/** Mulberry32: uniform on [0, 1). */
function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Rows to train on, for validation and to test on. */
const ROWS = [600, 200, 800];

/** A fair die, and the larger of it and a second one that nobody sees. */
export function dice(): DataTable {
  const random = uniform(12);
  const die = () => 1 + Math.floor(6 * random());
  const rows = ROWS.flatMap((count) =>
    Array.from({ length: count }, () => {
      const [first, second] = [die(), die()];
      return [first, Math.max(first, second)];
    }),
  );
  const parts = ROWS.flatMap((count, part) => Array.from({ length: count }, () => part));
  return dataTable('Dice', ['first', 'larger'], Float64Array.from(rows.flat()), Uint8Array.from(parts));
}

/** Probability of a row. */
export const probability = (first: number, larger: number): number =>
  larger < first ? 0 : (larger === first ? first : 1) / 36;
