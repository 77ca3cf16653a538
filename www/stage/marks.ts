/** Marks at the edge of the stage. */

import { plain, scientific } from '../i18n/format';
import { axis, ticks } from '../render/axis';
import { type Scaling, valueOn } from '../files/placement';

export interface AxisMark {
  /** In the plane. */
  at: number;
  label: string;
}

// A mark at the very edge would stand half outside.
const inner = (min: number, max: number, count = 4): number[] =>
  ticks(axis([min, max], [0, 1]), count).filter(
    (t) => t - min > 0.02 * (max - min) && max - t > 0.02 * (max - min),
  );

/** Round numbers of the plane. */
export const planeMarks = (from: number, to: number): AxisMark[] =>
  inner(from, to).map((at) => ({ at, label: plain(at) }));

/** Ways to write a number, the shortest that people like first. */
const WAYS: readonly ((value: number) => string)[] = [
  plain,
  (value) => (value === 0 ? '0' : scientific(value, 0)),
  (value) => (value === 0 ? '0' : scientific(value, 1)),
];

/**
 * Round numbers of a column, written in the first way that tells them apart in so many letters; null where none does, as for numbers
 * that are far from zero and close together. About `count` of them.
 */
export function columnMarks(
  from: number,
  to: number,
  scaling: Scaling,
  letters: number,
  count = 4,
): AxisMark[] | null {
  const values = inner(valueOn(scaling, from), valueOn(scaling, to), count);
  for (const write of WAYS) {
    const labels = values.map(write);
    if (new Set(labels).size < labels.length || labels.some((label) => label.length > letters)) continue;
    return values.map((value, i) => ({
      at: (value - scaling.origin) / scaling.unit,
      label: labels[i] ?? '',
    }));
  }
  return null;
}
