/** The readers of all that comes from outside: what each is given, and what has to be true of what it makes of it. */

import { buf as crc32 } from 'crc-32';
import { zipSync } from 'fflate';
import { imageSize } from 'image-size';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { expect } from 'vitest';
import { takeRows, survey } from '../../www/files/data-rows';
import { type DataTable, dataTable, hashOf } from '../../www/tables/data-table';
import { packRows, unpackRows } from '../../www/state/packed-rows';
import { noteOf, readNote } from '../../www/state/table-note';
import { OpenViews } from '../../www/state/open-views.svelte';
import { fromLink, toLink, BrokenLink } from '../../www/state/link';
import type { Experiment } from '../../www/engine/protocol';
import { provideTable, targetField, validate } from '../../www/engine/pkg/density_playground_views.js';
import { readModel, writeModel } from '../../www/files/model';
import { readNpy } from '../../www/files/npy';
import { readNpz } from '../../www/files/npz';
import { type ImportedFile, readFile, readTextual } from '../../www/files/open';
import { fromPixels, type Ink, inkOf } from '../../www/files/pixels';
import { place, valueOn } from '../../www/files/placement';
import { readPoints } from '../../www/files/points';
import { checkPicture, MAX_PIXELS } from '../../www/files/picture-size';
import { FileProblem, problem } from '../../www/files/problem';
import { say, sayName } from '../../www/files/say';
import { pairsOf, type Table } from '../../www/files/table';
import { readText } from '../../www/files/text';
import { csv, npy } from '../../www/files/write';
import { asSnapshot, sizeOf, VERSION } from '../../www/state/snapshot';
import { manifest } from '../browser/core';

export interface Target {
  name: string;
  /** Inputs that are taken. */
  good: Uint8Array[];
  /** Pieces of the format. */
  words: string[];
  /** Reads an input and checks what came of it; throws what the reader throws. */
  read: (bytes: Uint8Array<ArrayBuffer>) => void | Promise<void>;
}

const bytes = (...texts: string[]) => texts.map((text) => new TextEncoder().encode(text));
const text = (input: Uint8Array) => new TextDecoder().decode(input);

/** A refusal: a sentence for the person, or the core's. All else is a fault of ours. */
export function isRefusal(error: unknown): boolean {
  if (error instanceof FileProblem) return say(error.said).length > 3;
  if (error instanceof BrokenLink) return error.message.length > 3;
  // A core that stopped in the middle throws a RuntimeError, and can't be used any more.
  return error instanceof Error && error.constructor === Error && /^[^]{4,}\.$/.test(error.message);
}

/** A table has points in any two of its columns, and what is no point is named; the points are placed or refused. */
function checkTable(table: Table): void {
  const { names, first, rows, left, reading } = table;
  expect(names.length).toBeGreaterThanOrEqual(2);
  for (const index of first) expect(names[index]).toBeDefined();
  for (const said of reading) expect(say(said)).not.toMatch(/undefined|NaN/);
  const last = names.length - 1;
  for (const columns of [first, [0, last] as const]) {
    const pairs = pairsOf(table, columns);
    expect(pairs.x.length + pairs.leftCount).toBe(rows + left.length);
    expect(pairs.y).toHaveLength(pairs.x.length);
    expect([...pairs.x, ...pairs.y].every(Number.isFinite)).toBe(true);
    for (const { line, why } of pairs.left) {
      expect(line).toBeGreaterThan(0);
      expect(say(why)).not.toMatch(/^$|undefined/);
    }
    checkPlacement(pairs.x, pairs.y);
  }
  checkRows(table);
}

/** Its rows are finite numbers, as many as were promised, and known by what they hold. */
function checkRows(table: Table): void {
  const all = table.names.map((_, i) => i).slice(0, 8);
  for (const withoutFar of [false, true]) {
    const picked = { columns: all, withoutFar };
    const { rows, leftCount, left, parts } = survey(table, picked);
    expect(rows + leftCount).toBe(table.rows + table.left.length);
    for (const { why } of left) expect(say(why)).not.toMatch(/^$|undefined/);
    if (parts) expect(parts[0] + parts[1] + parts[2]).toBe(rows);
    checkDataTable(takeRows(table, 'a file', picked), rows);
  }
}

function checkDataTable(table: DataTable, rows: number): void {
  const { hash, names, values, parts } = table;
  expect(values).toHaveLength(rows * names.length);
  expect(values.every(Number.isFinite)).toBe(true);
  expect(parts?.every((part) => part <= 2) ?? true).toBe(true);
  expect(parts?.length ?? rows).toBe(rows);
  expect(hashOf(names, values, parts)).toBe(hash);
}

const HALF = manifest.drawing_window.x_max;

function checkPlacement(x: Float64Array, y: Float64Array): void {
  for (const everything of [false, true]) {
    let placed;
    try {
      placed = place(x, y, HALF, everything);
    } catch (error) {
      if (error instanceof FileProblem) return;
      throw error;
    }
    const { points, outside, scalings } = placed;
    expect(points.length / 2 + outside).toBe(x.length);
    // At most 5 % of either column are left out.
    expect(outside).toBeLessThanOrEqual(everything ? 0 : 0.1 * x.length);
    expect(points.every((v) => Math.abs(v) <= HALF)).toBe(true);
    for (const scaling of scalings)
      for (const edge of [-HALF, HALF]) expect(valueOn(scaling, edge)).toSatisfy(Number.isFinite);
  }
}

/** What was told apart is read as what it was taken for. */
function checkFile(imported: ImportedFile): void {
  if (imported.kind === 'points') checkTable(readPoints(imported.source));
}

const points = Float32Array.from({ length: 24 }, (_, i) => Math.sin(i));
const experiment = manifest.default_experiment;
const model = writeModel(experiment, { step: 70, values: points });
const drawn = btoa(
  String.fromCharCode(
    ...Array.from({ length: manifest.drawing_side ** 2 }, (_, i) => (i % 7 === 0 ? 200 : 0)),
  ),
);
const drawnExperiment = { ...experiment, target: { kind: 'drawn', cells: drawn } } as Experiment;
const drawnLink = await toLink({ experiments: [drawnExperiment], views: 'modes', temperature: 1 });
const tables = bytes(
  'x,y\n1,2\n3,4.5\n-1e3,0\n',
  '1;2\n3;4\n5;six\n',
  'a\tb\tc\n1\t2\t3\n4\t5\t6\n',
  '# x y\n0.1 0.2\n0.3 0.4\n',
  Array.from({ length: 30 }, (_, i) => `${i},${(i * i) % 7},"${i % 3},5"`).join('\n'),
  'who|share|\u2212\n"Ada, L."|10%|1,5\nCarl|7 %|\u22122,25\n',
  '[[1, 2], [3, 4], [5, 1e300]]',
  '[{"x": 1, "y": null}, {"x": 2, "y": 3}, {"y": 4, "x": 0}]',
  '{"x": [1, 2, 3], "y": [2, 1, 0]}',
  '[[1. 2.]\n [3. 4.]]',
);
const archives = [
  zipSync({ 'a.npy': npy(points, [12, 2]), 'b.npy': npy(points, [24]) }),
  zipSync({ 'x.npy': npy(points, [24]), 'y.npy': npy(Float64Array.from(points), [24]) }, { level: 0 }),
];
const arrays = [npy(points, [12, 2]), npy(points, [6, 4])];

/** One that the core has. */
const known = dataTable(
  'known',
  ['x', 'y'],
  Float64Array.from({ length: 80 }, (_, i) => Math.sin(i * i)),
  null,
);
provideTable(known.hash, known.names, known.values, new Uint8Array());
const packedTables = [
  dataTable('a.csv', ['x', 'y'], Float64Array.from(points), null),
  dataTable('b.csv', ['x', 'y', 'z'], Float64Array.from(points), Uint8Array.of(0, 1, 2, 0, 0, 0, 0, 0)),
];
/** The JSON in packed rows, and rows of such JSON. */
const inflated = await Promise.all(
  packedTables.map(async (table) => inflateRawSync(Buffer.from(String(await packRows(table)), 'base64url'))),
);

async function checkPacked(packed: string): Promise<void> {
  const table = await unpackRows(packed);
  checkDataTable(table, table.values.length / table.names.length);
  expect(await unpackRows(String(await packRows(table)))).toEqual(table);
}

/** An Experiment that is taken is whole: it is taken again as it is. */
function checkExperiment(read: unknown): Experiment {
  const whole = validate(read) as unknown as Experiment;
  expect(validate(whole)).toEqual(whole);
  return whole;
}

function checkModel(input: Uint8Array): void {
  const { saved } = readModel(input);
  expect(saved.step).toBeGreaterThanOrEqual(0);
  expect(Number.isInteger(saved.step)).toBe(true);
  expect(4 * saved.values.length).toBeLessThanOrEqual(input.length);
}

/** A snapshot as the database would hold it, of JSON in which `{"f32": [...]}` stands for parameters. */
const snapshotOf = (json: string): unknown =>
  JSON.parse(json, (_, value: unknown) => {
    const list = (value as { f32?: unknown } | null)?.f32;
    return Array.isArray(list) ? new Float32Array(list.map(Number)) : value;
  });
const evaluation = { step: 0, nll: 2, entropy: 1, kl: 1, standard_error: null, variational: null };
const trained = { saved: { step: 7, values: { f32: [1, 2] } }, evaluations: [evaluation] };
const run = { experiment, trained, past: [experiment], future: [], kept: [[experiment, trained]] };
const snapshot = {
  ...{
    version: VERSION,
    work: 'w',
    order: 1,
    time: 0,
    made: true,
    link: 'seed=3',
    chosen: 0,
    playing: false,
  },
  runs: [
    run,
    { ...run, experiment: { ...experiment, target: { kind: 'drawn', cells: 'AAAA' } }, trained: null },
  ],
  units: [
    [
      'AAAA',
      { names: ['a', { key: 'column', values: [2] }], scalings: [1, 2].map((unit) => ({ origin: 0, unit })) },
    ],
  ],
};

/** The element, on a page that has just enough for it. */
async function element(attributes: Record<string, string>): Promise<string> {
  const frame = { style: {}, title: '', allow: '', src: '' };
  let Element: (new () => { connectedCallback: () => void }) | undefined;
  Object.assign(globalThis, {
    HTMLElement: class {
      style: Record<string, string> = {};
      isConnected = true;
      lang = attributes['lang'] ?? '';
      getAttribute = (name: string) => attributes[name] ?? null;
      append = () => undefined;
    },
    addEventListener: () => undefined,
    document: { createElement: () => frame },
    customElements: { get: () => Element, define: (_: string, one: typeof Element) => (Element = one) },
  });
  defined ??= import('../../www/public/embed.js').then(() => Element);
  const made = await defined;
  if (!made) throw new TypeError('no element');
  new made().connectedCallback();
  return frame.src;
}
let defined: Promise<(new () => { connectedCallback: () => void }) | undefined> | undefined;

/** Heads of pictures: what a browser would make room for. */
const png = (width: number, height: number): Uint8Array<ArrayBuffer> => {
  const head = new Uint8Array(33);
  head.set([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  const view = new DataView(head.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  head.set([8, 6, 0, 0, 0], 24);
  view.setInt32(29, crc32(head.subarray(12, 29)));
  return head;
};
const binary = (latin1: string) => Uint8Array.from(latin1, (letter) => letter.charCodeAt(0));
const pictures = [
  png(64, 48),
  binary(
    '\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xc0\0\x11\x08\0\x30\0\x40\x03\x01\x22\0\x02\x11\x01\x03\x11\x01\xff\xd9',
  ),
  binary('GIF89a\x40\0\x30\0\0\0\0'),
  binary('BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x40\0\0\0\x30\0\0\0\x01\0\x18\0'),
  binary('RIFF\x2a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\x3f\xc0\x0b\0'.padEnd(44, '\0')),
  binary('RIFF\x2a\0\0\0WEBPVP8X\x0a\0\0\0\x10\0\0\0\x3f\0\0\x2f\0\0'.padEnd(44, '\0')),
  binary('\0\0\x01\0\x01\0\x40\x30\0\0\x01\0\x20\0\0\0\0\0\x16\0\0\0'),
];

export const targets: Target[] = [
  {
    name: 'table',
    good: tables,
    words: ['"', '#', ';', '|', '%', '1,5', '1.234,5', '\u2212', '[', ',,', '1e308', '5e-324'],
    read: (input) => checkTable(readText(text(input))),
  },
  {
    name: 'npy',
    good: arrays,
    words: [
      "'descr':",
      "'<f8'",
      "'>i8'",
      "'|u1'",
      "'|b1'",
      "'>f2'",
      "'fortran_order': True",
      "'shape': (12, 2)",
      '(1, 99999999)',
    ],
    read: (input) => checkTable(readNpy(input)),
  },
  {
    name: 'npz',
    good: archives,
    words: ['PK\x01\x02', 'PK\x05\x06', 'PK\x06\x07', 'a.npy', '\xff\xff\xff\xff'],
    read: (input) => checkTable(readNpz(input)),
  },
  {
    // What stands in an archive, whose own checks would stop nearly every change.
    name: 'npz arrays',
    good: [...arrays, npy(points, [24])],
    words: ["'descr':", "'shape': (24,)", "'shape': (12, 2)", '(1, 99999999)'],
    read(input) {
      checkTable(readNpz(zipSync({ 'a.npy': input, 'b.npy': npy(points, [24]) })));
    },
  },
  {
    name: 'model',
    good: [model],
    words: ['"F32"', '"shape"', '"data_offsets":[0,96]', '"__metadata__"', '"step":"70"', '"format"'],
    read: checkModel,
  },
  {
    // The head of a model whose lengths and checksum fit.
    name: 'model head',
    good: bytes(new TextDecoder().decode(model.subarray(8, model.length - 4 * points.length)).trimEnd()),
    words: [
      '"F32"',
      '"data_offsets":[0,96]',
      '"version":"3"',
      '"step":"70"',
      '"__proto__":{}',
      '"checksum":"',
    ],
    read(input) {
      const file = new Uint8Array(8 + input.length + 4 * points.length);
      new DataView(file.buffer).setBigUint64(0, BigInt(input.length), true);
      file.set(input, 8);
      file.set(model.subarray(-4 * points.length), 8 + input.length);
      checkModel(file);
    },
  },
  {
    name: 'pasted text',
    good: [...tables, ...bytes(JSON.stringify(experiment))],
    words: ['{', '"model"'],
    read: async (input) => checkFile(await readTextual('this', text(input), manifest.drawing_side)),
  },
  {
    name: 'file',
    good: [...tables, ...arrays, ...archives, model, ...bytes(JSON.stringify(experiment))],
    words: ['\x93NUMPY', '{'],
    read: async (input) => checkFile(await readFile(new File([input], 'a file'), manifest.drawing_side)),
  },
  {
    name: 'link',
    good: bytes(
      '#model.family=made&model.ordering=[1,0]&optimiser.schedule.kind=constant',
      '#target.kind=crescent&2.model.ordering=[1,0]&3.seed=7&views=masks*,layers!&temperature=0.5',
      `#target.kind=table&target.hash=${known.hash}&target.name=a.csv&target.columns=[1,0]&table=${noteOf(known)}&rows=AAAA`,
      '#objective.kind=reverse-kl&objective.start=0.3&objective.path_gradient=false&objective.annealing={"from":0.01,"steps":800}',
      `#${drawnLink}&model.base={"kind":"mixture","components":2}`,
    ),
    words: ['&2.', '&model.', '&views=', '&drawing=', '.kind=', '%5B', '&__proto__.x=1', '&seed='],
    async read(input) {
      const { experiments, views, temperature } = await fromLink(text(input));
      const openViews = new OpenViews(() => undefined);
      openViews.read(views);
      const whole = experiments.map(checkExperiment);
      // What a link holds, a link holds again.
      const again = await fromLink(
        await toLink({ experiments: whole, views: openViews.written, temperature }),
      );
      expect(again.experiments.map(checkExperiment)).toEqual(whole);
      expect(again.temperature).toBe(temperature);
    },
  },
  {
    name: 'rows in a link',
    good: bytes(...(await Promise.all(packedTables.map(packRows))).map(String)),
    words: ['AAAA', '-', '_', '==', '%'],
    read: (input) => checkPacked(text(input)),
  },
  {
    // The JSON in them, whose deflated form nearly every change would break.
    name: 'packed rows',
    good: inflated,
    words: [
      '"columns":[]',
      '"parts":null',
      '"parts":"012"',
      '1e400',
      '-0',
      'null',
      '[[',
      '"__proto__":{}',
      '\\u202e',
    ],
    read: (input) => checkPacked(deflateRawSync(input).toString('base64url')),
  },
  {
    name: 'table note',
    good: bytes('f70ebc41.272', 'f70ebc41.272.c0-3', 'f70ebc41.1.near', 'f70ebc41.9.c1.near'),
    words: ['.c', '-', '.near', '.'],
    read(input) {
      const note = readNote(text(input));
      if (!note) throw new Error('It says nothing.');
      expect(note.picked.columns?.every(Number.isSafeInteger) ?? true).toBe(true);
      expect(Number.isSafeInteger(note.rows)).toBe(true);
    },
  },
  {
    name: 'experiment',
    good: bytes(
      JSON.stringify(experiment),
      JSON.stringify({ model: { family: 'glow', layers: 3 }, target: { kind: 'funnel' }, seed: 4 }),
      JSON.stringify(drawnExperiment),
      JSON.stringify({
        ...experiment,
        objective: { kind: 'reverse-kl', start: 1, annealing: null, path_gradient: true },
      }),
    ),
    words: [
      '"model":{}',
      '"hidden":[]',
      '"ordering":[0,0]',
      '"kind":"mixture"',
      '"layers":1e9',
      '"cells":""',
      'null',
    ],
    read(input) {
      let json: unknown;
      try {
        json = JSON.parse(text(input));
      } catch {
        // The page says so before the core hears of it.
        throw problem('json', 'broken');
      }
      checkExperiment(json);
    },
  },
  {
    name: 'drawing',
    good: bytes(drawn, btoa('\0\u{ff}'.repeat(manifest.drawing_side ** 2 / 2))),
    words: ['====', '-_', '////'],
    read(input) {
      const field = targetField(
        { kind: 'drawn', cells: text(input) } as never,
        manifest.drawing_window as never,
        8,
      );
      expect(Array.from(field).every((v) => Number.isFinite(v) && v >= 0)).toBe(true);
    },
  },
  {
    name: 'picture',
    good: [Uint8Array.from({ length: 4 * 16 * 16 }, (_, i) => i % 251)],
    words: [],
    read(input) {
      // A browser gives as many pixels as were asked for.
      const pixels = new Uint8ClampedArray(4 * 16 * 16);
      pixels.set(input.subarray(0, pixels.length));
      expect(fromPixels(pixels, 16, inkOf(pixels))).toHaveLength(16 * 16);
      for (const ink of ['dark', 'light', 'opaque'] satisfies Ink[]) {
        const cells = fromPixels(pixels, 16, ink);
        expect(cells.some((cell) => cell !== cells[0])).toBe(true);
      }
    },
  },
  {
    name: 'snapshot',
    good: bytes(JSON.stringify(snapshot)),
    words: [
      '"runs":[]',
      '"trained":null',
      '"f32":[',
      '"past":',
      '"version":1',
      '"evaluations":[]',
      '{}',
      'null',
      '"chosen":9',
    ],
    async read(input) {
      let value: unknown;
      try {
        value = snapshotOf(text(input));
      } catch {
        // The database gives values, not texts.
        throw problem('json', 'broken');
      }
      const whole = asSnapshot(value);
      if (!whole) throw problem('json', 'another form');
      expect(sizeOf(whole)).toSatisfy(Number.isFinite);
      const link = fromLink(whole.link).catch((error: unknown) => expect(error).toBeInstanceOf(BrokenLink));
      await link;
      for (const [, { names, scalings }] of whole.units) {
        expect(csv(names.map(sayName), [])).toBeTruthy();
        for (const scaling of scalings) expect(valueOn(scaling, 1)).toBeTypeOf('number');
      }
      for (const { experiment, past, future, kept } of whole.runs)
        for (const one of [experiment, ...past, ...future, ...kept.map(([state]) => state)]) {
          try {
            checkExperiment(one);
          } catch (error) {
            if (!isRefusal(error)) throw error;
          }
        }
    },
  },
  {
    name: 'element',
    good: bytes('target.kind=crescent\nmasks,layers\nde', '#seed=3\n\n', '\nconditionals\nen-GB'),
    words: ['javascript:', '//', '\\\\', '?embed', '&lang=', '#', '..', '%2e%2e/', '\0'],
    async read(input) {
      // An attribute may hold half a character, which no bytes of UTF-8 can say.
      const half = (attribute: string) => attribute.replaceAll('\0', '\ud800');
      const [link = '', views = '', lang = ''] = text(input).split('\n').map(half);
      const address = new URL(await element({ link, views, lang }));
      // Whatever it is given it shows the page beside it, told to be inside of another one.
      expect(address.pathname.endsWith('/www/public/')).toBe(true);
      expect([...address.searchParams.keys()].filter((key) => key !== 'lang')).toEqual(['embed']);
      await fromLink(address.hash);
    },
  },
  {
    name: 'picture head',
    good: pictures,
    words: ['IHDR', '\xff\xc0', '\xff\xd8', 'VP8 ', 'ftypavif', 'ispe', 'JXL ', 'II*\0', 'icns', '8BPS'],
    read(input) {
      checkPicture(input);
      const { width, height } = imageSize(input);
      expect(width * height).toBeLessThanOrEqual(MAX_PIXELS);
    },
  },
];
