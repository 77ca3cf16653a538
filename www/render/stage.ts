/** What the stage's canvas shows, layer upon layer. Pixels run from 0 to `size`; `map` says where a point of the plane is. */

import type { Picture, Rings } from '../engine/protocol';
import { paint, paintBetween, type Scale } from './heat';
import { pixelRatio } from './pixel-ratio';
import type { toPixels } from './plane';

/** A canvas and the plane on it. */
export interface Sheet {
  context: CanvasRenderingContext2D;
  map: ReturnType<typeof toPixels>;
  size: number;
}

/** Pixels of the screen for pixels of the page, more than two of which nobody sees. */
export const pixelsOf = (size: number): number => Math.round(size * Math.min(2, pixelRatio()));

/** A square canvas of `size` pixels of the page, sharp on dense screens, empty in the ground's colour; null where there is none. */
export function emptySheet(
  canvas: HTMLCanvasElement,
  map: Sheet['map'],
  size: number,
  ground: string,
): Sheet | null {
  const pixels = pixelsOf(size);
  if (canvas.width !== pixels) canvas.width = canvas.height = pixels;
  const context = canvas.getContext('2d');
  if (!context) return null;
  context.setTransform(pixels / size, 0, 0, pixels / size, 0, 0);
  context.clearRect(0, 0, size, size);
  context.fillStyle = ground;
  context.fillRect(0, 0, size, size);
  return { context, map, size };
}

let scratch: HTMLCanvasElement | null = null;

/** A small image over the whole sheet. */
function enlarge({ context, size }: Sheet, image: ImageData): void {
  scratch ??= document.createElement('canvas');
  [scratch.width, scratch.height] = [image.width, image.height];
  scratch.getContext('2d')?.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = 'high';
  context.drawImage(scratch, 0, 0, size, size);
}

/** A density in a colour map. */
export function heat(sheet: Sheet, { field }: Picture, scale: Scale, colours: Uint8ClampedArray): void {
  const image = new ImageData(field.side, field.side);
  paint(field, scale, colours, image);
  enlarge(sheet, image);
}

/** Any field, evenly between two values. */
export function evenly(
  sheet: Sheet,
  field: { side: number; values: ArrayLike<number> },
  range: { from: number; to: number },
  colours: Uint8ClampedArray,
): void {
  const image = new ImageData(field.side, field.side);
  paintBetween(field, range, colours, image);
  enlarge(sheet, image);
}

/** A drawing in the strongest colour of a map, as see-through as it is faint. */
export function ink(sheet: Sheet, cells: Uint8Array, side: number, colours: Uint8ClampedArray): void {
  const image = new ImageData(side, side);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const at = 4 * ((side - 1 - row) * side + column);
      for (let k = 0; k < 3; k++) image.data[at + k] = colours[4 * 255 + k] ?? 0;
      image.data[at + 3] = 0.8 * (cells[row * side + column] ?? 0);
    }
  }
  enlarge(sheet, image);
}

/** The rings as a path on a canvas. */
function trace(rings: Rings, x: (x1: number) => number, y: (x2: number) => number): Path2D {
  const path = new Path2D();
  const { points, starts } = rings;
  for (let r = 0; r + 1 < starts.length; r++) {
    const end = starts[r + 1] ?? 0;
    for (let p = starts[r] ?? 0; p < end; p++) {
      const [px, py] = [x(points[2 * p] ?? 0), y(points[2 * p + 1] ?? 0)];
      if (p === starts[r]) path.moveTo(px, py);
      else path.lineTo(px, py);
    }
    path.closePath();
  }
  return path;
}

/** The outlines of the regions that hold most of the mass: the more they hold, the thinner. */
export function outlines({ context, map }: Sheet, picture: Picture, colour: string, dash: number[]): void {
  context.strokeStyle = colour;
  context.setLineDash(dash);
  picture.contours.forEach((rings, i) => {
    context.lineWidth = [2, 1.5, 1.1][i] ?? 1;
    context.stroke(trace(rings, map.x, map.y));
  });
  context.setLineDash([]);
}

/** Row-major points; with a rim they are told from what lies under them. */
export function points(
  { context, map, size }: Sheet,
  all: ArrayLike<number>,
  colour: string,
  radius: number,
  rim?: { colour: string; width: number },
): void {
  context.fillStyle = colour;
  context.beginPath();
  for (let i = 0; i + 1 < all.length; i += 2) {
    const [x, y] = [map.x(all[i] ?? 0), map.y(all[i + 1] ?? 0)];
    if (x < 0 || y < 0 || x > size || y > size) continue;
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, 2 * Math.PI);
  }
  context.fill();
  if (!rim) return;
  context.strokeStyle = rim.colour;
  context.lineWidth = rim.width;
  context.stroke();
}
