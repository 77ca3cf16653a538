/** Values at the centres of equal cells as an area under a curve: an SVG path over `length` by `height` pixels, zero at the bottom. */
export function curve(
  values: ArrayLike<number>,
  length: number,
  height: number,
  most: number,
  upright: boolean,
): string {
  const point = (i: number) => {
    const along = ((i + 0.5) / values.length) * length;
    const across = (Math.min(most, values[i] ?? 0) / most) * height;
    // Upright: the variable grows along y, the density along x.
    return upright
      ? `${across.toFixed(1)} ${along.toFixed(1)}`
      : `${along.toFixed(1)} ${(height + 4 - across).toFixed(1)}`;
  };
  const ground = (along: number) => (upright ? `0 ${along}` : `${along} ${height + 4}`);
  const points = Array.from({ length: values.length }, (_, i) => point(i));
  return `M${ground(0)}L${points.join('L')}L${ground(length)}`;
}
