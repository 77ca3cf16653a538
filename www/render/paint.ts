/** How a GPU is to paint a stage: the page's colours and sizes as the GPU takes them. */

import type { Paint } from '../engine/protocol';
import type { Scale } from './heat';
import { pixelsOf } from './stage';

let parser: CanvasRenderingContext2D | null = null;

/** A colour of CSS as four bytes, red in the lowest. */
export function packed(colour: string): number {
  parser ??= new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true }) as never;
  if (!parser) return 0;
  parser.clearRect(0, 0, 1, 1);
  parser.fillStyle = colour;
  parser.fillRect(0, 0, 1, 1);
  return new Uint32Array(parser.getImageData(0, 0, 1, 1).data.buffer)[0] ?? 0;
}

/** `size`: of the stage, in pixels of the page; `sample`: radius in the same, and colour; `paper`: the ground's colour. */
export function painting(
  size: number,
  sample: { radius: number; colour: string },
  paper: string,
  scale: Scale,
  colours: Uint8ClampedArray,
  shown: { density: boolean; samples: boolean },
): Paint {
  const pixels = pixelsOf(size);
  return {
    pixels,
    colours: Array.from(new Uint32Array(colours.buffer, colours.byteOffset, 256)),
    most: scale.most,
    logarithmic: scale.logarithmic,
    density: shown.density,
    samples: shown.samples,
    paper: packed(paper),
    ink: packed(sample.colour),
    radius: (sample.radius * pixels) / size,
  };
}
