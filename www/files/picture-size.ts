/** What a picture's head says of its size, read before a browser makes room for it: a few kilobytes can say 65,535 by 65,535 pixels, 17 GB. */

import { imageSize } from 'image-size';
import { problem } from './problem';

/** Pixels of a picture at most, more than any camera's usual ones: 256 MB of them once they are there. */
export const MAX_PIXELS = 64 * 2 ** 20;

/** Refuses a picture that is too large, and one whose head says nothing of its size: a browser might find there what was not found here. */
export function checkPicture(bytes: Uint8Array): void {
  let size: ReturnType<typeof imageSize>;
  try {
    size = imageSize(bytes);
  } catch {
    throw problem('picture');
  }
  // Icons hold several.
  for (const { width, height } of [size, ...(size.images ?? [])])
    if (!(width * height <= MAX_PIXELS)) throw problem('pixels', width, height, MAX_PIXELS / 2 ** 20);
}
