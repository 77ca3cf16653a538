/** The plane of x1 and x2 and the pixels it is drawn on. */

import type { Window } from '../engine/protocol';

/** The smallest square window that holds the given one. */
export function square(window: Window): Window {
  const half = Math.max(window.x_max - window.x_min, window.y_max - window.y_min) / 2;
  const x = (window.x_min + window.x_max) / 2;
  const y = (window.y_min + window.y_max) / 2;
  return { x_min: x - half, x_max: x + half, y_min: y - half, y_max: y + half };
}

/** Pixels of a square canvas of the given size: x2 grows upwards. */
export function toPixels(
  window: Window,
  size: number,
): { x: (x1: number) => number; y: (x2: number) => number } {
  const scale = size / (window.x_max - window.x_min);
  return { x: (x1) => (x1 - window.x_min) * scale, y: (x2) => (window.y_max - x2) * scale };
}

/** The point of the plane under a pixel. */
export function toPlane(window: Window, size: number, x: number, y: number): [number, number] {
  const scale = (window.x_max - window.x_min) / size;
  return [window.x_min + x * scale, window.y_max - y * scale];
}

/** The value of a field at a point, or null outside its window. */
export function valueAt(
  field: { window: Window; side: number; values: Float32Array },
  x1: number,
  x2: number,
): number | null {
  const { window, side, values } = field;
  const column = Math.floor(((x1 - window.x_min) / (window.x_max - window.x_min)) * side);
  const row = Math.floor(((x2 - window.y_min) / (window.y_max - window.y_min)) * side);
  if (column < 0 || row < 0 || column >= side || row >= side) return null;
  return values[row * side + column] ?? null;
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
