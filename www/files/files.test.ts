import { describe, expect, test } from 'vitest';
import { isModel, readModel, writeModel } from './model';
import { readFile } from './open';
import { fromPixels, type Ink, inkOf, isCutOut } from './pixels';
import { readPoints } from './points';
import { checkSize, FileProblem } from './problem';
import { say } from './say';
import { readText } from './text';
import { csv, npy, rowsOf } from './write';

const SIDE = 64;

/** What a reader says of what it refuses. */
async function refusal(read: () => unknown): Promise<string> {
  try {
    await read();
  } catch (error) {
    if (error instanceof FileProblem) return say(error.said);
    throw error;
  }
  return 'taken';
}

describe('files are told apart by their content', () => {
  const file = (content: string | Uint8Array<ArrayBuffer>, type = '') =>
    new File([content], 'mine', { type });

  test('an experiment, columns of points in JSON, points', async () => {
    expect(await readFile(file(' {"seed": 3}'), SIDE)).toMatchObject({
      kind: 'experiment',
      experiment: { seed: 3 },
    });
    expect(await readFile(file('{"x": [1, 2], "y": [3, 4]}'), SIDE)).toMatchObject({ kind: 'points' });
    expect(await readFile(file('[[1, 2], [3, 4]]'), SIDE)).toMatchObject({ kind: 'points' });
    const array = npy(new Float32Array(4), [2, 2]);
    expect(await readFile(file(array), SIDE)).toMatchObject({ source: { format: 'npy' } });
  });

  test.each<[string, number[]]>([
    [
      'UTF-16, as spreadsheets write it',
      [0xff, 0xfe, ...[...'µ;y\n1;2\n3;4'].flatMap((c) => [c.charCodeAt(0), 0])],
    ],
    [
      'UTF-16, the other way round',
      [0xfe, 0xff, ...[...'µ;y\n1;2\n3;4'].flatMap((c) => [0, c.charCodeAt(0)])],
    ],
    ['Windows-1252', [...'µ;y\n1;2\n3;4'].map((c) => c.charCodeAt(0))],
    ['UTF-8', [...new TextEncoder().encode('µ;y\n1;2\n3;4')]],
  ])('text in %s is read', async (_, bytes) => {
    const imported = await readFile(file(Uint8Array.from(bytes)), SIDE);
    if (imported.kind !== 'points') throw new Error(imported.kind);
    const table = readPoints(imported.source);
    expect(table.names).toEqual(['µ', 'y']);
    expect([...table.column(0)]).toEqual([1, 3]);
  });

  test.each([
    ['{"model": ', 'can’t be read'],
    ['%PDF-1.4\n\0\0\0', 'is no text, picture, .npy or .npz file'],
    ['', 'This file is empty.'],
  ])('what is none of them is refused: %j', async (content, why) => {
    expect(await refusal(() => readFile(file(content), SIDE))).toContain(why);
  });

  test('files that are too large are refused', async () => {
    expect(await refusal(() => checkSize(2 ** 40))).toContain('MiB');
  });
});

describe('models', () => {
  const experiment = { model: { family: 'maf' }, seed: 3 };
  const whole = () => writeModel(experiment, { step: 70, values: Float32Array.from([1, -2.5, 3e-9]) });

  test('what is written is read, and is laid out as safetensors', () => {
    const bytes = whole();
    expect(isModel(bytes)).toBe(true);
    const { experiment: read, saved } = readModel(bytes);
    expect(read).toEqual(experiment);
    expect(saved.step).toBe(70);
    expect(saved.values).toEqual(Float32Array.from([1, -2.5, 3e-9]));
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(length % 8).toBe(0);
    expect(bytes.length).toBe(8 + length + 12);
  });

  test('a file of a newer page, and one whose numbers have changed, are refused; one of before has no checksum', async () => {
    const flipped = whole();
    flipped[flipped.length - 3] = (flipped[flipped.length - 3] ?? 0) ^ 1;
    expect(await refusal(() => readModel(flipped))).toContain('not those that were saved');
    const newer = edited((header) => header.replace('"version":"2"', '"version":"3"'));
    expect(await refusal(() => readModel(newer))).toContain('newer version of this page');
    const before = edited((header) =>
      header.replace('"version":"2",', '').replace(/"checksum":"[0-9a-f]{8}",/, ''),
    );
    expect(new TextDecoder().decode(before)).not.toContain('checksum');
    expect(readModel(before).saved.values).toEqual(Float32Array.from([1, -2.5, 3e-9]));
  });

  const edited = (edit: (header: string) => string) => {
    const bytes = whole();
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    const text = new TextEncoder().encode(edit(new TextDecoder().decode(bytes.subarray(8, 8 + length))));
    const out = new Uint8Array(8 + text.length + 12);
    new DataView(out.buffer).setBigUint64(0, BigInt(text.length), true);
    out.set(text, 8);
    out.set(bytes.subarray(8 + length), 8 + text.length);
    return out;
  };
  test.each<[string, () => Uint8Array]>([
    ['cut short', () => whole().slice(0, 30)],
    ['cut short', () => whole().slice(0, -4)],
    ['its header is broken', () => edited((header) => header.replace('{', '{{'))],
    ['not saved here', () => edited((header) => header.replace('density-playground', 'something-else'))],
    ['not described as they should be', () => edited((header) => header.replace('F32', 'F64'))],
    ['not described as they should be', () => edited((header) => header.replace('[0,12]', '[8,4]'))],
    ['not described as they should be', () => edited((header) => header.replace('"70"', '"-1"'))],
  ])('that are none are refused: %s', async (why, bytes) => {
    expect(await refusal(() => readModel(bytes()))).toContain(why);
  });
});

describe('pictures', () => {
  const painted = (colour: (x: number, y: number) => readonly [grey: number, alpha: number]) => {
    const pixels = new Uint8ClampedArray(4 * SIDE * SIDE);
    for (let y = 0; y < SIDE; y++)
      for (let x = 0; x < SIDE; x++) {
        const [grey, alpha] = colour(x, y);
        pixels.set([grey, grey, grey, alpha], 4 * (y * SIDE + x));
      }
    return pixels;
  };
  const picture = (grey: (x: number, y: number) => number) => painted((x, y) => [grey(x, y), 255]);

  test('dark on white and white on dark are the same density, the right way up', () => {
    const black = picture((x, y) => (x > 40 && y < 20 ? 0 : 255));
    const white = picture((x, y) => (x > 40 && y < 20 ? 255 : 0));
    expect(inkOf(black)).toBe('dark');
    expect(inkOf(white)).toBe('light');
    const cells = fromPixels(black, SIDE, 'dark');
    expect(cells).toEqual(fromPixels(white, SIDE, 'light'));
    // The upper right corner: x1 large, x2 large.
    expect(cells[(SIDE - 1) * SIDE + SIDE - 1]).toBe(255);
    expect(cells[0]).toBe(0);
  });

  test.each([255, 0])('cut out of one colour (%d) are what is not transparent', (grey) => {
    const shape = painted((x, y) => [grey, x > 40 && y < 20 ? 255 : 0]);
    expect(isCutOut(shape)).toBe(true);
    expect(inkOf(shape)).toBe('opaque');
    const black = picture((x, y) => (x > 40 && y < 20 ? 0 : 255));
    expect(fromPixels(shape, SIDE, 'opaque')).toEqual(fromPixels(black, SIDE, 'dark'));
  });

  test('of several colours on nothing are told by their lightness, on white', () => {
    const flag = painted((x, y) => [x < 20 ? 0 : 200, y < 30 ? 255 : 0]);
    expect(isCutOut(flag)).toBe(true);
    expect(inkOf(flag)).toBe('dark');
    expect(isCutOut(picture((x) => 4 * x))).toBe(false);
  });

  test.each<[number, number, Ink]>([
    [255, 255, 'dark'],
    [0, 255, 'dark'],
    [255, 0, 'opaque'],
  ])('of one colour are refused: %d with alpha %d', async (grey, alpha, ink) => {
    const blank = painted(() => [grey, alpha]);
    expect(await refusal(() => fromPixels(blank, SIDE, ink))).toContain('one colour only');
  });
});

test('samples as text are the numbers that they were', () => {
  const points = Float32Array.from([0.1, -2.5, 1e-7, 3]);
  const table = readText(csv(['x1', 'x2'], rowsOf(points, 2)));
  expect(Float32Array.from(table.column(0))).toEqual(Float32Array.from([0.1, 1e-7]));
  expect(Float32Array.from(table.column(1))).toEqual(Float32Array.from([-2.5, 3]));
});

test('columns in their own units keep their names and every digit', () => {
  const rows = [
    [1.7e9 + 0.125, 1e-300],
    [1.7e9 + 0.25, -2e-300],
  ];
  const table = readText(csv(['time, in s', 'a "b"'], rows, 'double'));
  expect(table.names).toEqual(['time, in s', 'a "b"']);
  expect([...table.column(0)]).toEqual(rows.map(([a]) => a));
  expect([...table.column(1)]).toEqual(rows.map(([, b]) => b));
});
