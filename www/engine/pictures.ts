/** What a worker makes of its numbers for the page to draw. */

import { massContours } from './contours';
import { marginals } from './marginals';
import type { Field, Picture, Window } from './protocol';

/** A density with its outlines and marginals. */
export function pictureOf(values: Float32Array, side: number, window: Window): Picture {
  const field: Field = { window, side, values: values as Float32Array<ArrayBuffer> };
  return { field, contours: massContours(field), marginals: marginals(field) };
}

/** What of a picture can be handed over instead of copied. */
export function buffersOf(picture: Picture | null): Transferable[] {
  if (!picture) return [];
  return [
    picture.field.values.buffer,
    ...picture.contours.flatMap((c) => [c.points.buffer, c.starts.buffer]),
  ];
}

/** Root mean square distance of row-major points of `dim` variables from their mean. */
export function spreadOf(points: Float32Array, dim: number): number {
  const n = points.length / dim;
  const sums = new Float64Array(dim);
  let squares = 0;
  points.forEach((v, i) => {
    sums[i % dim] = (sums[i % dim] ?? 0) + v;
    squares += v * v;
  });
  const means = sums.reduce((all, sum) => all + (sum / n) ** 2, 0);
  return Math.sqrt(Math.max(0, squares / n - means));
}
