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

/** Root mean square distance of points (x1, x2) from their mean. */
export function spreadOf(points: Float32Array): number {
  const n = points.length / 2;
  const sums = [0, 0];
  let squares = 0;
  points.forEach((v, i) => {
    sums[i % 2] = (sums[i % 2] ?? 0) + v;
    squares += v * v;
  });
  const [a = 0, b = 0] = sums;
  return Math.sqrt(Math.max(0, squares / n - (a / n) ** 2 - (b / n) ** 2));
}
