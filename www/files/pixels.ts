/** Pictures as a drawing: which of their pixels is how much of the density. */

import { problem } from './problem';

/** What of a picture is the density: its dark part, its light part, or what is not transparent. */
export type Ink = 'dark' | 'light' | 'opaque';

/** Whether a picture has a part that is transparent, and one that is not. */
export function isCutOut(pixels: Uint8ClampedArray): boolean {
  let opaque = 0;
  for (let i = 3; i < pixels.length; i += 4) opaque += Number((pixels[i] ?? 0) >= 128);
  const share = opaque / (pixels.length / 4);
  return share > 0.001 && share < 0.999;
}

/** Which of them the picture shows: what is cut out of one colour, else of dark and light the smaller part. */
export function inkOf(pixels: Uint8ClampedArray): Ink {
  if (isCutOut(pixels)) {
    let [least, most] = [1, 0];
    for (let i = 0; i < pixels.length; i += 4) {
      if ((pixels[i + 3] ?? 0) < 128) continue;
      const light = lightness(pixels, i);
      [least, most] = [Math.min(least, light), Math.max(most, light)];
    }
    if (most - least < 0.25) return 'opaque';
  }
  let sum = 0;
  for (let i = 0; i < pixels.length; i += 4) sum += onWhite(pixels, i);
  return sum / (pixels.length / 4) > 0.5 ? 'dark' : 'light';
}

const SHARE: Record<Ink, (pixels: Uint8ClampedArray, at: number) => number> = {
  dark: (pixels, at) => 1 - onWhite(pixels, at),
  light: onWhite,
  opaque: (pixels, at) => (pixels[at + 3] ?? 0) / 255,
};

/** A picture of `side` by `side` pixels, rows from the top, as intensities from the least x2 up. */
export function fromPixels(pixels: Uint8ClampedArray, side: number, ink: Ink): Uint8Array<ArrayBuffer> {
  const cells = new Uint8Array(side * side);
  const shareAt = SHARE[ink];
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const share = shareAt(pixels, 4 * ((side - 1 - row) * side + column));
      // What is nearly the ground is ground.
      cells[row * side + column] = share < 0.06 ? 0 : Math.round(255 * share);
    }
  }
  if (cells.every((cell) => cell === cells[0])) throw problem('oneColour');
  return cells;
}

/** 0 to 1 (Rec. 709's weights). */
function lightness(pixels: Uint8ClampedArray, at: number): number {
  const [r = 0, g = 0, b = 0] = pixels.subarray(at, at + 3);
  return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
}

/** The same, on white where a pixel is transparent. */
function onWhite(pixels: Uint8ClampedArray, at: number): number {
  const share = (pixels[at + 3] ?? 255) / 255;
  return share * lightness(pixels, at) + (1 - share);
}
