/**
 * The Experiment in the address bar: `#model.family=made&model.ordering=[1,0]`, the fields that differ from the
 * default, readable and editable. A drawing is compressed: each cell minus the one below it, deflated, base64url.
 *
 * What a link says is checked by the core like any other input; here only its form is.
 */

import type { Experiment } from '../engine/protocol';
import { contents } from './contents';

/** A link that can't be read, with a sentence that says where and why. */
export class BrokenLink extends Error {}

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Base64 of a drawing's cells to bytes. */
export function cellsOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
}

/** Bytes to base64, as the Experiment holds a drawing. */
export function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(text);
}

async function pipe(
  bytes: Uint8Array<ArrayBuffer>,
  stream: GenericTransformStream,
): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());
}

const side = contents.drawing_side;

async function packDrawing(base64: string): Promise<string> {
  const cells = cellsOf(base64);
  const differences = cells.map((cell, i) => cell - (i < side ? 0 : (cells[i - side] ?? 0)));
  const deflated = await pipe(differences, new CompressionStream('deflate-raw'));
  return base64Of(deflated).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

async function unpackDrawing(text: string): Promise<string> {
  let cells: Uint8Array<ArrayBuffer>;
  try {
    const packed = cellsOf(text.replaceAll('-', '+').replaceAll('_', '/'));
    cells = await pipe(packed, new DecompressionStream('deflate-raw'));
  } catch {
    throw new BrokenLink('the drawing in it is damaged or was cut short');
  }
  for (let i = side; i < cells.length; i++) cells[i] = (cells[i] ?? 0) + (cells[i - side] ?? 0);
  return base64Of(cells);
}

/** The paths at which `value` differs from `base`; where the `kind` differs the whole object does. */
function differences(value: Json, base: Json | undefined, path: string, out: [string, Json][]): void {
  if (isObject(value)) {
    const same = isObject(base) && base['kind'] === value['kind'] ? base : {};
    for (const [key, inner] of Object.entries(value)) {
      differences(inner, same[key], path ? `${path}.${key}` : key, out);
    }
  } else if (JSON.stringify(value) !== JSON.stringify(base)) {
    out.push([path, value]);
  }
}

/** The part of the address behind `#`. */
export async function toLink(experiment: Experiment): Promise<string> {
  const found: [string, Json][] = [];
  differences(experiment as unknown as Json, contents.default_experiment as unknown as Json, '', found);
  const parts = found.map(async ([path, value]) => {
    if (path === 'target.cells') return `drawing=${await packDrawing(String(value))}`;
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return `${path}=${encodeURIComponent(text).replaceAll('%5B', '[').replaceAll('%5D', ']').replaceAll('%2C', ',')}`;
  });
  return (await Promise.all(parts)).join('&');
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

function put(object: JsonObject, [key = '', ...rest]: string[], value: Json, path: string, depth = 0): void {
  if (key === '__proto__') throw new BrokenLink(`${path} in it is not a field of an experiment`);
  if (rest.length === 0) {
    object[key] = value;
    return;
  }
  let inner = Object.hasOwn(object, key) ? object[key] : undefined;
  // A field that the default leaves empty; whether there is such a field at all the core will say.
  if (depth > 0 && (inner === undefined || inner === null)) object[key] = inner = {};
  if (!isObject(inner)) throw new BrokenLink(`${path} in it is not a field of an experiment`);
  // Another kind has other fields than the default's.
  if (rest[0] === 'kind' && inner['kind'] !== value) object[key] = inner = {};
  put(inner, rest, value, path, depth + 1);
}

/** The Experiment of a link, not yet checked by the core; throws {@link BrokenLink}. */
export async function fromLink(hash: string): Promise<unknown> {
  const experiment = structuredClone(contents.default_experiment) as unknown as JsonObject;
  const fields: [string, string][] = [];
  for (const part of hash.replace(/^#/, '').split('&')) {
    if (part === '') continue;
    const [, path, text] = /^([^=]+)=(.*)$/s.exec(part) ?? [];
    if (path === undefined || text === undefined)
      throw new BrokenLink(`“${part.slice(0, 40)}” in it has no value`);
    try {
      fields.push([path, decodeURIComponent(text)]);
    } catch {
      throw new BrokenLink(`the value of ${path} in it is damaged`);
    }
  }
  // A `kind` decides which other fields there are: take it first.
  fields.sort(([a], [b]) => Number(b.endsWith('.kind')) - Number(a.endsWith('.kind')));
  for (const [path, text] of fields) {
    if (path === 'drawing') {
      experiment['target'] = { kind: 'drawn', cells: await unpackDrawing(text) };
      continue;
    }
    put(experiment, path.split('.'), parsed(text), path);
  }
  return experiment;
}
