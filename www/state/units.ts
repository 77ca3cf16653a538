/** In whose units a run's variables are shown. */

import type { TableUnits, TargetSpec } from '../engine/protocol';
import type { Scaling, Units } from '../files/placement';

/** A run, as far as its units go. */
export interface Measured {
  readonly experiment: { readonly target: TargetSpec };
  readonly table: TableUnits | null;
}

/** Those of a table with two columns, which is learned in standard units. */
export function unitsOfTable({ names: [x, y, third], mean, deviation }: TableUnits): Units | null {
  if (x === undefined || y === undefined || third !== undefined) return null;
  const scaling = (at: 0 | 1): Scaling => ({ origin: mean[at] ?? 0, unit: deviation[at] ?? 1 });
  return { names: [x, y], scalings: [scaling(0), scaling(1)] };
}
