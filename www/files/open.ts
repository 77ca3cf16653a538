/** Whatever a person brings: told apart by its content, read, or refused with a sentence. */

import { fromPixels, inkOf, type Ink } from './density';
import type { Saved } from '../engine/protocol';
import { isModel, readModel } from './model';
import { checkSize, FileProblem } from './problem';
import { isNpy, readNpy, readText, type Table } from './table';
import { words } from '../i18n';

export type ImportedFile =
  | { kind: 'points'; name: string; table: Table }
  | { kind: 'picture'; name: string; pixels: Uint8ClampedArray; ink: Ink }
  /** Not checked yet: the core will say what it is. With parameters where it is a trained model. */
  | { kind: 'experiment'; name: string; experiment: unknown; saved: Saved | null };

/** Reads text that was pasted, or a file's. */
export function readTextual(name: string, text: string): ImportedFile {
  if (/^\s*\{/.test(text)) {
    try {
      return { kind: 'experiment', name, experiment: JSON.parse(text) as unknown, saved: null };
    } catch (error) {
      throw new FileProblem(
        words.files.problem.json(error instanceof Error ? error.message : words.files.problem.broken),
      );
    }
  }
  // A text has no zero bytes; what has is some other program's file.
  if (text.includes('\0')) throw new FileProblem(words.files.problem.unknown(name));
  return { kind: 'points', name, table: readText(text) };
}

/** Reads a file; `side` is the drawing's. */
export async function readFile(file: File, side: number): Promise<ImportedFile> {
  checkSize(file.size);
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (isNpy(bytes)) return { kind: 'points', name: file.name, table: readNpy(bytes) };
  if (isModel(bytes)) return { kind: 'experiment', name: file.name, ...readModel(bytes) };
  if (file.type.startsWith('image/'))
    return { kind: 'picture', name: file.name, ...(await pixelsOf(file, side)) };
  return readTextual(file.name, new TextDecoder().decode(bytes));
}

/** The picture on a white square, as large as fits. */
async function pixelsOf(file: Blob, side: number): Promise<{ pixels: Uint8ClampedArray; ink: Ink }> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    throw new FileProblem(words.files.problem.picture);
  }
  const canvas = new OffscreenCanvas(side, side);
  const context = canvas.getContext('2d');
  if (!context) throw new FileProblem(words.files.problem.noRoom);
  const scale = Math.min(side / bitmap.width, side / bitmap.height);
  const [width, height] = [bitmap.width * scale, bitmap.height * scale];
  // The edge goes on in the picture's own ground.
  context.drawImage(bitmap, 0, 0, 1, 1, 0, 0, side, side);
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, (side - width) / 2, (side - height) / 2, width, height);
  bitmap.close();
  const { data } = context.getImageData(0, 0, side, side);
  return { pixels: data, ink: inkOf(data) };
}

/** The intensities of a picture. */
export const cellsOfPicture = (pixels: Uint8ClampedArray, side: number, ink: Ink): Uint8Array<ArrayBuffer> =>
  fromPixels(pixels, side, ink);
