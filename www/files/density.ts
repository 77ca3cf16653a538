/** Points and pictures as a drawing: what people bring becomes a target like one that they drew. */

import { FileProblem } from './problem';
import { words } from '../i18n';

/** Points in the plane of the drawing, and how they came there. */
export interface Placed {
  points: Float32Array;
  /** Mean and deviation of each variable in the file's own units. */
  mean: [number, number];
  deviation: [number, number];
}

/**
 * Standardises two columns and scales them, both alike, so that all but a few lie within the drawing, which spans from minus `half`
 * to `half`.
 */
export function place(x: Float64Array, y: Float64Array, half: number): Placed {
  if (x.length < 10) throw new FileProblem(words.files.problem.fewPoints(x.length));
  const moments = (values: Float64Array): [number, number] => {
    const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
    return [mean, Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length)];
  };
  const [mx, sx] = moments(x);
  const [my, sy] = moments(y);
  if (!(sx > 0 && sy > 0 && Number.isFinite(sx) && Number.isFinite(sy)))
    throw new FileProblem(words.files.problem.onLine[sx > 0 ? 'second' : 'first']);
  const points = new Float32Array(2 * x.length);
  const reach = new Float32Array(x.length);
  x.forEach((v, i) => {
    const [a, b] = [(v - mx) / sx, ((y[i] ?? 0) - my) / sy];
    points[2 * i] = a;
    points[2 * i + 1] = b;
    reach[i] = Math.max(Math.abs(a), Math.abs(b));
  });
  reach.sort();
  const scale = (0.85 * half) / (reach[Math.min(reach.length - 1, Math.floor(0.99 * reach.length))] ?? 1);
  for (let i = 0; i < points.length; i++) points[i] = (points[i] ?? 0) * scale;
  return { points, mean: [mx, my], deviation: [sx, sy] };
}

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

/** What of a picture is the density. */
export type Ink = 'dark' | 'light';

/** Which of the two is the smaller part, and so what the picture shows. */
export function inkOf(pixels: Uint8ClampedArray): Ink {
  let sum = 0;
  for (let i = 0; i < pixels.length; i += 4) sum += lightness(pixels, i);
  return sum / (pixels.length / 4) > 0.5 ? 'dark' : 'light';
}

/** A picture of `side` by `side` pixels, rows from the top, as intensities from the least x2 up. */
export function fromPixels(pixels: Uint8ClampedArray, side: number, ink: Ink): Uint8Array<ArrayBuffer> {
  const cells = new Uint8Array(side * side);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const at = 4 * ((side - 1 - row) * side + column);
      const light = lightness(pixels, at);
      // What is nearly the ground is ground.
      const share = ink === 'dark' ? 1 - light : light;
      cells[row * side + column] = share < 0.06 ? 0 : Math.round(255 * share);
    }
  }
  if (cells.every((cell) => cell === 0)) throw new FileProblem(words.files.problem.oneColour);
  return cells;
}

/** 0 to 1, on white where a pixel is transparent (Rec. 709's weights). */
function lightness(pixels: Uint8ClampedArray, at: number): number {
  const [r = 0, g = 0, b = 0, a = 255] = pixels.subarray(at, at + 4);
  const share = a / 255;
  return (share * (0.2126 * r + 0.7152 * g + 0.0722 * b)) / 255 + (1 - share);
}
