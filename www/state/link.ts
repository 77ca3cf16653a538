/**
 * The Experiment in the address bar: `#model.family=made&model.ordering=[1,0]`, the fields that differ from a
 * default, readable and editable; `defaults=2` says from which, so that a link means what it meant when it was written. A drawing is compressed: each cell minus the one below it, deflated, base64url.
 * Of a table only the hash is in it: its rows stand beside it, `rows=`, as long as that is a link that people can send; else `table=` says
 * what of which file they are.
 *
 * What a link says is checked by the core like any other input; here only its form is.
 */

import type { Experiment } from '../engine/protocol';
import { isTooDeep } from '../engine/depth';
import { manifest } from './manifest';
import { beginning } from './defaults';
import { base64Of, cellsOf, packed, unpacked } from './packing';
import { words } from '../i18n';

/** A link that can't be read, with a sentence that says where and why. */
export class BrokenLink extends Error {}

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const side = manifest.drawing_side;

/** What a drawing in a link may inflate to, in bytes: its cells and no more. */
const MAX_INFLATED = side ** 2;

async function packDrawing(base64: string): Promise<string> {
  const cells = cellsOf(base64);
  const differences = cells.map((cell, i) => cell - (i < side ? 0 : (cells[i - side] ?? 0)));
  return packed(differences);
}

async function unpackDrawing(text: string): Promise<string> {
  let cells: Uint8Array<ArrayBuffer>;
  try {
    cells = await unpacked(text, MAX_INFLATED);
  } catch (error) {
    throw new BrokenLink(
      error instanceof RangeError ? words.page.link.drawingSize(side) : words.page.link.drawing,
    );
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

/**
 * The defaults that links were ever written against, by the number that they say, the one before all others where they say none. A
 * recipe that changes becomes the next.
 */
const DEFAULTS: readonly Experiment[] = [manifest.default_experiment, manifest.recommended_experiment];
const MARK = 'defaults';

/** What a link holds. */
export interface Page<E = Experiment> {
  /** The runs side by side. */
  experiments: E[];
  /** The open views, as OpenViews writes them. */
  views: string;
  temperature: number;
  /** How the runs are shown, where that differs from the beginning: display.ts reads and writes it. */
  display?: DisplayTexts;
  /** Rows of tables, packed, and what is said of tables whose rows are not in it; not looked at yet. */
  rows?: string[];
  notes?: string[];
}

/** A table whose hash stands in a link: its rows, packed, where there are few enough; and a note on it. */
export interface LinkedTable {
  rows: string | null;
  note: string;
}

/** Letters of a link with rows in it: longer ones are cut off by some of what people send them by. */
export const MAX_LENGTH = 8000;

const DISPLAYED = ['shown', 'pace', 'samples'] as const;
export type DisplayTexts = Partial<Record<(typeof DISPLAYED)[number], string>>;

/** The part of the address behind `#`. Runs beside the first say how they differ from it: `2.model.ordering=[1,0]`. */
export async function toLink(
  { experiments, views, temperature, display }: Page,
  linked: readonly LinkedTable[] = [],
  most = MAX_LENGTH,
): Promise<string> {
  const [first, ...others] = experiments;
  const all = first ? await shortest(first) : [];
  const texts = others.map((experiment, index) => written(experiment, first, `${index + 2}.`));
  (await Promise.all(texts)).forEach((parts, index) =>
    // A run that does not differ is there nevertheless.
    all.push(...(parts.length === 0 ? [`${index + 2}.seed=${others[index]?.seed}`] : parts)),
  );
  if (views !== '') all.push(`views=${views}`);
  if (temperature !== 1) all.push(`temperature=${temperature}`);
  for (const key of DISPLAYED) if (display?.[key] !== undefined) all.push(`${key}=${display[key]}`);
  let length = all.join('&').length;
  for (const { rows, note } of linked) {
    const fits = rows !== null && length + '&rows='.length + rows.length < most;
    const part = fits ? `rows=${rows}` : `table=${note}`;
    all.push(part);
    length += 1 + part.length;
  }
  // An address without a link is of the page as it begins.
  return all.length === 1 && all[0] === `${MARK}=${DEFAULTS.length}` ? '' : all.join('&');
}

/** An Experiment by the default that it differs least from. Only the first needs no mark, and only where something differs. */
async function shortest(experiment: Experiment): Promise<string[]> {
  const all = DEFAULTS.map((base, index) => {
    const found: [string, Json][] = [];
    differences(experiment as unknown as Json, base as unknown as Json, '', found);
    const mark = index === 0 && found.length > 0 ? [] : [`${MARK}=${index + 1}`];
    return { base, mark, length: found.length + mark.length };
  });
  // A drawing is packed once.
  const { base, mark } = all.reduce((best, one) => (one.length < best.length ? one : best));
  return [...mark, ...(await written(experiment, base, ''))];
}

async function written(
  experiment: Experiment,
  base: Experiment | undefined,
  prefix: string,
): Promise<string[]> {
  const found: [string, Json][] = [];
  differences(experiment as unknown as Json, base as unknown as Json, '', found);
  const parts = found.map(async ([path, value]) => {
    if (path === 'target.cells') return `${prefix}drawing=${await packDrawing(String(value))}`;
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return `${prefix}${path}=${encodeURIComponent(text).replaceAll('%5B', '[').replaceAll('%5D', ']').replaceAll('%2C', ',')}`;
  });
  return Promise.all(parts);
}

function parsed(text: string, path: string): Json {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return text;
  }
  if (isTooDeep(value)) throw new BrokenLink(words.page.link.value(path));
  return value;
}

function put(object: JsonObject, [key = '', ...rest]: string[], value: Json, path: string, depth = 0): void {
  if (key === '__proto__') throw new BrokenLink(words.page.link.field(path));
  if (rest.length === 0) {
    object[key] = value;
    return;
  }
  let inner = Object.hasOwn(object, key) ? object[key] : undefined;
  // A field that the default leaves empty; whether there is such a field at all the core will say.
  if (depth > 0 && (inner === undefined || inner === null)) object[key] = inner = {};
  if (!isObject(inner)) throw new BrokenLink(words.page.link.field(path));
  // Another kind has other fields than the default's.
  if (rest[0] === 'kind' && inner['kind'] !== value)
    object[key] = inner = beginning(path.replace(/\.kind$/, ''), value) as JsonObject;
  put(inner, rest, value, path, depth + 1);
}

/** What a link holds, its Experiments not yet checked by the core; throws {@link BrokenLink}. */
export async function fromLink(hash: string): Promise<Page<unknown>> {
  const runs: [string, string][][] = [[]];
  let defaults = hash.replace(/^#/, '') === '' ? DEFAULTS.length : 1;
  const page: Omit<Page, 'experiments'> = { views: '', temperature: 1 };
  for (const part of hash.replace(/^#/, '').split('&')) {
    if (part === '') continue;
    const [, path, text] = /^([^=]+)=(.*)$/s.exec(part) ?? [];
    if (path === undefined || text === undefined)
      throw new BrokenLink(words.page.link.empty(part.slice(0, 40)));
    let value: string;
    try {
      value = decodeURIComponent(text);
    } catch {
      throw new BrokenLink(words.page.link.value(path.slice(0, 60)));
    }
    const [, run, inner] = /^(\d+)\.(.+)$/s.exec(path) ?? [];
    if (path === 'views') page.views = value;
    else if (path === 'temperature') page.temperature = temperatureOf(value);
    else if (path === MARK) defaults = numberOf(value);
    else if (path === 'rows') page.rows = [...(page.rows ?? []), value];
    else if (path === 'table') page.notes = [...(page.notes ?? []), value];
    else if (isDisplayed(path)) page.display = { ...page.display, [path]: value };
    else if (run !== undefined && inner !== undefined) {
      if (!/^[234]$/.test(run))
        throw new BrokenLink(words.page.link.run(path.slice(0, 60), run.slice(0, 20)));
      (runs[Number(run) - 1] ??= []).push([inner, value]);
    } else runs[0]?.push([path, value]);
  }
  const first = await experimentOf(runs[0] ?? [], DEFAULTS[defaults - 1]);
  const others = Array.from({ length: runs.length - 1 }, (_, i) => experimentOf(runs[i + 1] ?? [], first));
  return { experiments: [first, ...(await Promise.all(others))], ...page };
}

const isDisplayed = (path: string): path is (typeof DISPLAYED)[number] =>
  DISPLAYED.some((key) => key === path);

/** Of the defaults that a link says; a page that is older than the link has not heard of its own. */
function numberOf(text: string): number {
  if (/^[1-9]\d?$/.test(text) && Number(text) <= DEFAULTS.length) return Number(text);
  throw new BrokenLink(words.page.link.defaults(text.slice(0, 40), DEFAULTS.length));
}

function temperatureOf(text: string): number {
  const value = Number(text);
  // −0 is a temperature too, and would not be the same when it is written again.
  if (text !== '' && value >= 0 && value <= 1.5) return Math.abs(value);
  throw new BrokenLink(words.page.link.temperature(text.slice(0, 40)));
}

/** Fields that are text, whatever it reads like. */
const TEXTS: readonly string[] = ['target.hash', 'target.name'];

async function experimentOf(fields: [string, string][], base: unknown): Promise<unknown> {
  const experiment = structuredClone(base) as JsonObject;
  // A `kind` decides which other fields there are: take it first.
  fields.sort(([a], [b]) => Number(b.endsWith('.kind')) - Number(a.endsWith('.kind')));
  for (const [path, text] of fields) {
    if (path === 'drawing') {
      experiment['target'] = { kind: 'drawn', cells: await unpackDrawing(text) };
      continue;
    }
    const shown = path.slice(0, 60);
    const keys = path.split('.');
    // Deeper than any field of an Experiment, and than a stack may be.
    if (keys.length > 8) throw new BrokenLink(words.page.link.field(shown));
    // A file may be called 2024, and a hash may have digits alone.
    const value = TEXTS.includes(path) ? text : parsed(text, shown);
    put(experiment, keys, value, shown);
  }
  return experiment;
}
