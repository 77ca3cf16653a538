/** The readers of all that comes from outside: what each is given, and what has to be true of what it makes of it. */

import { expect } from 'vitest';
import { OpenViews } from '../../www/state/open-views.svelte';
import { fromLink, toLink, BrokenLink } from '../../www/state/link';
import type { Experiment } from '../../www/engine/protocol';
import { targetField, validate } from '../../www/engine/pkg/density_playground_views.js';
import { fromPixels, inkOf } from '../../www/files/density';
import { readModel, writeModel } from '../../www/files/model';
import { readFile, readTextual } from '../../www/files/open';
import { FileProblem } from '../../www/files/problem';
import { readNpy, readText, type Table } from '../../www/files/table';
import { npy } from '../../www/files/write';
import { contents } from '../browser/core';

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
  if (error instanceof FileProblem || error instanceof BrokenLink) return error.message.length > 3;
  // A core that stopped in the middle throws a RuntimeError, and can't be used any more.
  return error instanceof Error && error.constructor === Error && /^[^]{4,}\.$/.test(error.message);
}

function checkTable({ names, columns, left }: Table): void {
  expect(columns.length).toBeGreaterThanOrEqual(2);
  expect(names).toHaveLength(columns.length);
  for (const column of columns) {
    expect(column).toHaveLength(columns[0]?.length ?? -1);
    expect(column.every(Number.isFinite)).toBe(true);
  }
  for (const { line, why } of left) {
    expect(line).toBeGreaterThan(0);
    expect(why).not.toBe('');
  }
}

const points = Float32Array.from({ length: 24 }, (_, i) => Math.sin(i));
const experiment = contents.default_experiment;
const model = writeModel(experiment, { step: 70, values: points });
const drawn = btoa(
  String.fromCharCode(
    ...Array.from({ length: contents.drawing_side ** 2 }, (_, i) => (i % 7 === 0 ? 200 : 0)),
  ),
);
const drawnExperiment = { ...experiment, target: { kind: 'drawn', cells: drawn } } as Experiment;
const drawnLink = await toLink({ experiments: [drawnExperiment], views: 'modes', temperature: 1 });
const tables = bytes(
  'x,y\n1,2\n3,4.5\n-1e3,0\n',
  '1;2\n3;4\n5;six\n',
  'a\tb\tc\n1\t2\t3\n4\t5\t6\n',
  '# said\n0.1 0.2\n0.3 0.4\n',
);
const arrays = [npy(points, [12, 2]), npy(points, [6, 4])];

/** An Experiment that is taken is whole: it is taken again as it is. */
function checkExperiment(read: unknown): Experiment {
  const whole = validate(read) as unknown as Experiment;
  expect(validate(whole)).toEqual(whole);
  return whole;
}

export const targets: Target[] = [
  { name: 'table', good: tables, words: ['"', '#'], read: (input) => checkTable(readText(text(input))) },
  {
    name: 'npy',
    good: arrays,
    words: [
      "'descr':",
      "'<f8'",
      "'>i8'",
      "'|u1'",
      "'fortran_order': True",
      "'shape': (12, 2)",
      '(1, 99999999)',
    ],
    read: (input) => checkTable(readNpy(input)),
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
    read(input) {
      const brought = readTextual('this', text(input));
      if (brought.kind === 'points') checkTable(brought.table);
    },
  },
  {
    name: 'file',
    good: [...tables, ...arrays, model, ...bytes(JSON.stringify(experiment))],
    words: ['\x93NUMPY', '{'],
    async read(input) {
      const brought = await readFile(new File([input], 'a file'), contents.drawing_side);
      if (brought.kind === 'points') checkTable(brought.table);
    },
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
      const shelf = new OpenViews(() => undefined);
      shelf.read(views);
      const whole = experiments.map(checkExperiment);
      // What a link holds, a link holds again.
      const again = await fromLink(await toLink({ experiments: whole, views: shelf.written, temperature }));
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
        throw new FileProblem('The page says so before the core hears of it.');
      }
      checkExperiment(json);
    },
  },
  {
    name: 'drawing',
    good: bytes(drawn, btoa('\0\u{ff}'.repeat(contents.drawing_side ** 2 / 2))),
    words: ['====', '-_', '////'],
    read(input) {
      const field = targetField(
        { kind: 'drawn', cells: text(input) } as never,
        contents.drawing_window as never,
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
    },
  },
];
