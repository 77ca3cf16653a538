/** From the standard units in which a table is learned back to its own. */

import type { TableUnits } from '../engine/protocol';

type Transform = TableUnits['transforms'][number];

/**
 * x of what came of it, y: the inverse of what was done to the column. Where noise filled the steps it is the value below; `any` is one of the
 * column's values, from which the others are whole steps away.
 */
export function undo(transform: Transform | undefined, y: number, any: number): number {
  switch (transform?.kind) {
    case 'log':
      return Math.exp(y);
    case 'logit':
      return transform.low + (transform.high - transform.low) / (1 + Math.exp(-y));
    case 'dequantise':
      return any + transform.step * Math.floor((y - any) / transform.step);
    default:
      return y;
  }
}

/** Row-major points in standard units as values of the columns; `first` is a row of the table. */
export function inOwnUnits(
  points: Float32Array,
  { mean, deviation, transforms }: TableUnits,
  first: readonly number[],
): Float64Array {
  const dim = mean.length;
  return Float64Array.from(points, (z, at) => {
    const column = at % dim;
    const y = (mean[column] ?? 0) + (deviation[column] ?? 1) * z;
    return undo(transforms[column], y, first[column] ?? 0);
  });
}
