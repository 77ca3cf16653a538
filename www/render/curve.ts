import { line } from './path';

/** Values at the centres of equal cells as an area under a curve: an SVG path over `length` by `height` pixels, zero at the bottom. */
export function curve(
  values: ArrayLike<number>,
  length: number,
  height: number,
  most: number,
  upright: boolean,
): string {
  // Upright: the variable grows along y, the density along x.
  const point = (along: number, across: number): [number, number] =>
    upright ? [across, along] : [along, height + 4 - across];
  const points = Array.from({ length: values.length }, (_, i) =>
    point(((i + 0.5) / values.length) * length, (Math.min(most, values[i] ?? 0) / most) * height),
  );
  const ground = (along: number): [number, number] => (upright ? [0, along] : [along, height + 4]);
  return line([ground(0), ...points, ground(length)]);
}
