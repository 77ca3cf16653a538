/** The readers of all that comes from outside: what each is given, and what has to be true of what it makes of it. */

import { zipSync } from 'fflate';
import { expect } from 'vitest';
import { OpenViews } from '../../www/state/open-views.svelte';
import { fromLink, toLink, BrokenLink } from '../../www/state/link';
import type { Experiment } from '../../www/engine/protocol';
import { targetField, validate } from '../../www/engine/pkg/density_playground_views.js';
import { readModel, writeModel } from '../../www/files/model';
import { readNpy } from '../../www/files/npy';
import { readNpz } from '../../www/files/npz';
import { type ImportedFile, readFile, readTextual } from '../../www/files/open';
import { fromPixels, type Ink, inkOf } from '../../www/files/pixels';
import { place, valueOn } from '../../www/files/placement';
import { readPoints } from '../../www/files/points';
import { FileProblem, problem } from '../../www/files/problem';
import { say } from '../../www/files/say';
import { pairsOf, type Table } from '../../www/files/table';
import { readText } from '../../www/files/text';
import { npy } from '../../www/files/write';
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

/** An Experiment that is taken is whole: it is taken again as it is. */
function checkExperiment(read: unknown): Experiment {
  const whole = validate(read) as unknown as Experiment;
  expect(validate(whole)).toEqual(whole);
  return whole;
}

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
    name: 'model',
    good: [model],
    words: ['"F32"', '"shape"', '"data_offsets":[0,96]', '"__metadata__"', '"step":"70"', '"format"'],
    read(input) {
      const { saved } = readModel(input);
      expect(saved.step).toBeGreaterThanOrEqual(0);
      expect(Number.isInteger(saved.step)).toBe(true);
      expect(4 * saved.values.length).toBeLessThanOrEqual(input.length);
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
];
