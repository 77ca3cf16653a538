/** What the small pictures of the views are made of. */

import { token } from '../theme/theme.svelte';
import { paintBetween } from './heat';
import type { toPixels } from './plane';

type Pixels = ReturnType<typeof toPixels>;

const scratch = typeof document === 'undefined' ? null : document.createElement('canvas');

/** A field from zero to `most`, over the whole picture. */
export function heat(
  context: CanvasRenderingContext2D,
  field: { side: number; values: ArrayLike<number> },
  most: number,
  map: Uint8ClampedArray,
  size: number,
): void {
  between(context, field, { from: 0, to: most }, map, size);
}

/** A field between two values. */
export function between(
  context: CanvasRenderingContext2D,
  field: { side: number; values: ArrayLike<number> },
  range: { from: number; to: number },
  map: Uint8ClampedArray,
  size: number,
): void {
  if (!scratch) return;
  const image = new ImageData(field.side, field.side);
  paintBetween(field, range, map, image);
  scratch.width = scratch.height = field.side;
  scratch.getContext('2d')?.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = true;
  context.drawImage(scratch, 0, 0, size, size);
}

/** Row-major points in a colour of theme.css. */
export function dots(
  context: CanvasRenderingContext2D,
  points: ArrayLike<number> | undefined,
  map: Pixels,
  size: number,
  colour: string,
  radius: number,
): void {
  if (!points) return;
  context.fillStyle = token(colour);
  context.beginPath();
  for (let i = 0; i + 1 < points.length; i += 2) {
    const [x, y] = [map.x(points[i] ?? 0), map.y(points[i + 1] ?? 0)];
    if (x < 0 || y < 0 || x > size || y > size) continue;
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, 2 * Math.PI);
  }
  context.fill();
}

/** The smallest square window that holds all but a few of row-major points, with a margin. */
export function windowAround(
  points: ArrayLike<number>,
  from = 0,
): {
  x_min: number;
  x_max: number;
  y_min: number;
  y_max: number;
} {
  const range = (offset: number): [number, number] => {
    const values: number[] = [];
    for (let i = from + offset; i < points.length; i += 2) {
      const value = points[i] ?? NaN;
      if (Number.isFinite(value)) values.push(value);
    }
    values.sort((a, b) => a - b);
    const cut = Math.floor(0.01 * values.length);
    return [values[cut] ?? -1, values[values.length - 1 - cut] ?? 1];
  };
  const [[x0, x1], [y0, y1]] = [range(0), range(1)];
  const half = Math.max(0.58 * Math.max(x1 - x0, y1 - y0), 1e-6);
  const [x, y] = [(x0 + x1) / 2, (y0 + y1) / 2];
  return { x_min: x - half, x_max: x + half, y_min: y - half, y_max: y + half };
}
