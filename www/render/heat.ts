/** A field as pixels. */

import type { Field } from '../engine/protocol';

/** How a density becomes a colour: evenly up to `most`, or by its logarithm over four powers of ten. */
export interface Scale {
  most: number;
  logarithmic: boolean;
}

/** Powers of ten that a logarithmic scale spans. */
export const DECADES = 4;

/** The place of a density on its scale, 0 to 1. */
export function place(scale: Scale, density: number): number {
  if (!(density > 0) || !(scale.most > 0)) return 0;
  const t = scale.logarithmic ? 1 + Math.log10(density / scale.most) / DECADES : density / scale.most;
  return Math.min(1, Math.max(0, t));
}

/** The density at a place on the scale: the inverse of {@link place}. */
export function densityAt(scale: Scale, t: number): number {
  return scale.logarithmic ? scale.most * 10 ** ((t - 1) * DECADES) : scale.most * t;
}

/** The density that only 5 % of the field's mass lies above: the top of a scale that a few peaks don't rule. */
export function scaleTop(
  values: Float32Array,
  levels: (values: Float32Array, masses: number[]) => number[],
): number {
  return 1.1 * (levels(values, [0.05])[0] ?? 0);
}

/** Paints the field, one pixel a cell, least x2 at the bottom. */
export function paint(field: Field, scale: Scale, map: Uint8ClampedArray, image: ImageData): void {
  const { side, values } = field;
  const pixels = new Uint32Array(image.data.buffer);
  const colours = new Uint32Array(map.buffer, map.byteOffset, 256);
  for (let row = 0; row < side; row++) {
    const above = (side - 1 - row) * side;
    for (let column = 0; column < side; column++) {
      pixels[above + column] = colours[Math.round(255 * place(scale, values[row * side + column] ?? 0))] ?? 0;
    }
  }
}

/** Paints any field evenly between two values. */
export function paintBetween(
  { side, values }: { side: number; values: ArrayLike<number> },
  { from, to }: { from: number; to: number },
  map: Uint8ClampedArray,
  image: ImageData,
): void {
  const pixels = new Uint32Array(image.data.buffer);
  const colours = new Uint32Array(map.buffer, map.byteOffset, 256);
  for (let row = 0; row < side; row++) {
    const above = (side - 1 - row) * side;
    for (let column = 0; column < side; column++) {
      const t = ((values[row * side + column] ?? 0) - from) / (to - from);
      pixels[above + column] = colours[Math.round(255 * Math.min(1, Math.max(0, t)))] ?? 0;
    }
  }
}
