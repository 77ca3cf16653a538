/** Whatever a person brings: told apart by its content, read, or refused with a sentence. */

import { isTooDeep } from '../engine/depth';
import type { Saved } from '../engine/protocol';
import { inertDrawing } from '../engine/trusted-types';
import { message } from './message';
import { isModel, readModel } from './model';
import { isNpy, isZip } from './magic';
import { inkOf, type Ink } from './pixels';
import { plainName } from './names';
import type { PointsSource } from './points';
import { checkSize, problem } from './problem';

export type ImportedFile =
  /** Not read yet: that may take a while, and is done in a worker. */
  | { kind: 'points'; name: string; source: PointsSource }
  | { kind: 'picture'; name: string; pixels: Uint8ClampedArray; ink: Ink }
  /** Not checked yet: the core will say what it is. With parameters where it is a trained model. */
  | { kind: 'experiment'; name: string; experiment: unknown; saved: Saved | null };

/** An object whose first field is a list: columns of points, and no experiment. */
const COLUMNS = /^\s*\{\s*"(?:[^"\\]|\\.)*"\s*:\s*\[/;

const SVG = /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^]*?-->\s*|<!DOCTYPE[^>]*>\s*)*<svg[\s>]/i;

/** Reads text that was pasted, or a file's; `side` is the drawing's. */
export async function readTextual(name: string, text: string, side: number): Promise<ImportedFile> {
  if (SVG.test(text)) return { kind: 'picture', name, ...pixelsOf(await svgImage(text, side), side) };
  if (/^\s*\{/.test(text) && !COLUMNS.test(text)) {
    let experiment: unknown;
    try {
      experiment = JSON.parse(text);
    } catch (error) {
      throw problem('json', error instanceof Error ? error.message : message('broken'));
    }
    if (isTooDeep(experiment)) throw problem('json', message('broken'));
    return { kind: 'experiment', name, experiment, saved: null };
  }
  // A text has no zero bytes; what has is some other program's file.
  if (text.includes('\0')) throw problem('unknown', name);
  return { kind: 'points', name, source: { format: 'text', text } };
}

/** Reads a file; `side` is the drawing's. */
export async function readFile(file: File, side: number): Promise<ImportedFile> {
  checkSize(file.size);
  const name = plainName(file.name) ?? '?';
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (isNpy(bytes)) return { kind: 'points', name, source: { format: 'npy', bytes } };
  if (isZip(bytes)) return { kind: 'points', name, source: { format: 'npz', bytes } };
  if (isModel(bytes)) return { kind: 'experiment', name, ...readModel(bytes) };
  if (file.type.startsWith('image/') && !file.type.startsWith('image/svg'))
    return { kind: 'picture', name, ...pixelsOf(await bitmapOf(file, bytes), side) };
  return readTextual(name, textOf(bytes), side);
}

/** Bytes as text: UTF-16 with its mark, UTF-8, or else what spreadsheets write under Windows. */
function textOf(bytes: Uint8Array): string {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (a === 0xfe && b === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

async function bitmapOf(file: Blob, bytes: Uint8Array): Promise<ImageBitmap> {
  (await import('./picture-size')).checkPicture(bytes);
  try {
    return await createImageBitmap(file);
  } catch {
    throw problem('picture');
  }
}

const NAMESPACE = 'http://www.w3.org/2000/svg';
/** Stands for it while a drawing is parsed: as elements of no kind, whose styles the page's content policy has nothing to say about. */
const NO_KIND = 'urn:density-playground:drawing';

/** A drawing as a picture as large as it is wanted: browsers make bitmaps of other files alone. It can ask nobody for anything. */
async function svgImage(text: string, side: number): Promise<HTMLImageElement> {
  const whole = text.includes(NAMESPACE) ? text : text.replace(/<svg/i, `<svg xmlns="${NAMESPACE}"`);
  const parsed = inertDrawing(whole.replaceAll(NAMESPACE, NO_KIND));
  const root = new DOMParser().parseFromString(parsed, 'application/xml').documentElement;
  // How browsers say it: in place of the drawing, or inside it.
  if (root.nodeName !== 'svg' || root.querySelector('parsererror')) throw problem('svg');
  const given = (name: string) => parseFloat(root.getAttribute(name) ?? '');
  const [, , boxWidth = NaN, boxHeight = NaN] = (root.getAttribute('viewBox') ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  // What a browser gives a drawing that says nothing of its size.
  const width = boxWidth || given('width') || 300;
  const height = boxHeight || given('height') || 150;
  if (!(boxWidth && boxHeight)) root.setAttribute('viewBox', `0 0 ${width} ${height}`);
  const scale = side / Math.max(width, height);
  root.setAttribute('width', String(Math.max(1, width * scale)));
  root.setAttribute('height', String(Math.max(1, height * scale)));
  const sized = new XMLSerializer().serializeToString(root).replaceAll(NO_KIND, NAMESPACE);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(sized)}`;
  try {
    await image.decode();
  } catch {
    throw problem('svg');
  }
  return image;
}

/** The picture on a square of its own ground, as large as fits. */
function pixelsOf(
  picture: ImageBitmap | HTMLImageElement,
  side: number,
): { pixels: Uint8ClampedArray; ink: Ink } {
  const context = new OffscreenCanvas(side, side).getContext('2d');
  if (!context) throw problem('noRoom');
  const scale = Math.min(side / picture.width, side / picture.height);
  const [width, height] = [picture.width * scale, picture.height * scale];
  // The edge goes on in the picture's own ground.
  context.drawImage(picture, 0, 0, 1, 1, 0, 0, side, side);
  context.clearRect((side - width) / 2, (side - height) / 2, width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, (side - width) / 2, (side - height) / 2, width, height);
  if ('close' in picture) picture.close();
  const { data } = context.getImageData(0, 0, side, side);
  return { pixels: data, ink: inkOf(data) };
}
