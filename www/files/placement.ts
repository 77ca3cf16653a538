/** Points in the plane of the drawing: standardised, and all in it but for those that would make the others one speck. */

import type { Message } from './message';

import { problem } from './problem';

/** How numbers of one column are read off the plane: value = origin + unit * coordinate. */
export interface Scaling {
  origin: number;
  unit: number;
}

/** The columns that a drawing was made of: what they are called, and where the plane lies in their units. */
export interface Units {
  names: [string | Message, string | Message];
  scalings: [Scaling, Scaling];
}

/** A coordinate of the plane as a number of the column. */
export const valueOn = ({ origin, unit }: Scaling, coordinate: number): number => origin + unit * coordinate;

/** Points in the plane of the drawing, and how they came there. */
export interface Placed {
  /** Row-major. */
  points: Float32Array;
  scalings: [Scaling, Scaling];
  /** Mean and deviation of each column, of the points in the plane, in the column's own units. */
  mean: [number, number];
  deviation: [number, number];
  /** Points that lie far outside and are not in the plane. */
  outside: number;
}

/** The share of the points that says where a column's numbers lie: what the others do counts for nothing. */
const COVERED = 0.95;

/** Points at most reach so far to the plane's edge, as a share. */
const REACH = 0.85;

/** The power of two that brings a column's numbers to about 1, so that no square of them is too large or too small for a double. */
function scaleOf(values: Float64Array): number {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most > 0 ? 2 ** Math.min(1023, -Math.floor(Math.log2(most))) : 1;
}

/**
 * Where the numbers of a column lie: the shortest interval that holds 95 % of them ("shorth", Rousseeuw and Leroy 1988, with more than
 * half), and its own length on both sides. Up to 5 % of the numbers, whatever they are, do not move it.
 */
function fence(values: Float64Array): [number, number] {
  const sorted = values.toSorted();
  for (const covered of [COVERED, 0.99, 0.999, 1]) {
    const count = Math.ceil(covered * sorted.length);
    let [from, length] = [0, Infinity];
    for (let i = 0; i + count <= sorted.length; i++) {
      const own = (sorted[i + count - 1] ?? NaN) - (sorted[i] ?? NaN);
      if (own < length) [from, length] = [i, own];
    }
    const low = sorted[from] ?? NaN;
    // Where nearly all are the same number, the few others are the column.
    if (length > 0) return [low - length, low + 2 * length];
  }
  return [-Infinity, Infinity];
}

/** Mean and deviation of some of a column's numbers. */
function moments(values: Float64Array, of: Uint8Array): [number, number] {
  let [sum, count] = [0, 0];
  values.forEach((value, i) => {
    if (of[i]) [sum, count] = [sum + value, count + 1];
  });
  const mean = sum / count;
  let squares = 0;
  values.forEach((value, i) => {
    if (of[i]) squares += (value - mean) ** 2;
  });
  return [mean, Math.sqrt(squares / count)];
}

/**
 * Standardises two columns and scales them, both alike, so that they lie within the drawing, which spans from minus `half` to `half`.
 * Points far outside of where 95 % lie are left out of it, unless `everything` is asked for.
 */
export function place(x: Float64Array, y: Float64Array, half: number, everything = false): Placed {
  if (x.length < 10) throw problem('fewPoints', x.length);
  const scales = [scaleOf(x), scaleOf(y)] as const;
  const scaled = [x.map((v) => v * scales[0]), y.map((v) => v * scales[1])] as const;
  const all = new Uint8Array(x.length).fill(1);
  const constant = scaled.map((values) => values.every((v) => v === values[0]));
  if (constant[0]) throw problem('onLineFirst');
  if (constant[1]) throw problem('onLineSecond');
  let inside = everything ? all : within(scaled);
  let found = scaled.map((values) => moments(values, inside));
  // One column's outliers may be all that the other one varies by.
  if (!found.every(([, deviation]) => deviation > 0)) {
    inside = all;
    found = scaled.map((values) => moments(values, inside));
  }
  const [[mx, sx] = [0, 1], [my, sy] = [0, 1]] = found;

  const points = new Float32Array(2 * x.length);
  let [kept, reach] = [0, 0];
  for (let i = 0; i < x.length; i++) {
    if (!inside[i]) continue;
    const a = ((scaled[0][i] ?? NaN) - mx) / sx;
    const b = ((scaled[1][i] ?? NaN) - my) / sy;
    reach = Math.max(reach, Math.abs(a), Math.abs(b));
    points[2 * kept] = a;
    points[2 * kept + 1] = b;
    kept += 1;
  }
  const factor = (REACH * half) / reach;
  const scaling = (scale: number, mean: number, deviation: number): Scaling => {
    const made = { origin: mean / scale, unit: deviation / scale / factor };
    // Else nobody could write down where a point of the plane lies in the column's units.
    const far = Math.abs(made.origin) + half * made.unit;
    if (!(far < Number.MAX_VALUE && made.unit > 2 ** -1022)) throw problem('magnitude');
    return made;
  };
  return {
    points: points.subarray(0, 2 * kept).map((value) => value * factor),
    scalings: [scaling(scales[0], mx, sx), scaling(scales[1], my, sy)],
    mean: [mx / scales[0], my / scales[1]],
    deviation: [sx / scales[0], sy / scales[1]],
    outside: x.length - kept,
  };
}

/** Marks the points that lie within the fences of both columns. */
function within(columns: readonly [Float64Array, Float64Array]): Uint8Array {
  const [[x0, x1], [y0, y1]] = [fence(columns[0]), fence(columns[1])];
  return Uint8Array.from(columns[0], (x, i) => {
    const y = columns[1][i] ?? NaN;
    return Number(x >= x0 && x <= x1 && y >= y0 && y <= y1);
  });
}
