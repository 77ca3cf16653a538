/** The density of points, as intensities of a drawing. */

/**
 * The density of points by a Gaussian kernel, as intensities of a drawing. The kernel's deviation is half of Scott's rule (Scott,
 * "Multivariate density estimation", 1992), which suits one hump and would blur several, and a cell at least.
 */
export function estimate(points: Float32Array, side: number, half: number): Uint8Array<ArrayBuffer> {
  const counts = new Float64Array(side * side);
  let inside = 0;
  let squares = 0;
  for (let i = 0; i + 1 < points.length; i += 2) {
    const [x, y] = [points[i] ?? NaN, points[i + 1] ?? NaN];
    const [column, row] = [
      Math.floor(((x + half) / (2 * half)) * side),
      Math.floor(((y + half) / (2 * half)) * side),
    ];
    if (!(column >= 0 && row >= 0 && column < side && row < side)) continue;
    counts[row * side + column] = (counts[row * side + column] ?? 0) + 1;
    squares += x * x + y * y;
    inside += 1;
  }
  const deviation = Math.sqrt(squares / Math.max(1, 2 * inside));
  const cell = (2 * half) / side;
  const width = Math.max(1, (0.5 * deviation * Math.max(1, inside) ** (-1 / 6)) / cell);
  const blurred = blur(blur(counts, side, width, 1), side, width, side);
  const most = blurred.reduce((a, v) => Math.max(a, v), 0);
  return Uint8Array.from(blurred, (v) => (most > 0 ? Math.round((255 * v) / most) : 0));
}

/** A Gaussian blur along rows (stride 1) or columns (stride `side`). */
function blur(values: Float64Array, side: number, width: number, stride: number): Float64Array {
  const reach = Math.ceil(3 * width);
  const kernel = Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-0.5 * ((i - reach) / width) ** 2));
  const total = kernel.reduce((a, b) => a + b, 0);
  const out = new Float64Array(values.length);
  const across = stride === 1 ? side : 1;
  for (let line = 0; line < side; line++) {
    for (let i = 0; i < side; i++) {
      let sum = 0;
      for (let k = -reach; k <= reach; k++) {
        if (i + k < 0 || i + k >= side) continue;
        sum += (kernel[k + reach] ?? 0) * (values[line * across + (i + k) * stride] ?? 0);
      }
      out[line * across + i * stride] = sum / total;
    }
  }
  return out;
}
