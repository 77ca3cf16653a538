import { describe, expect, test } from 'vitest';
import { estimate, fromPixels, inkOf, place } from './density';
import { isModel, readModel, writeModel } from './model';
import { readTextual } from './open';
import { checkSize, FileProblem } from './problem';
import { readNpy, readText } from './table';
import { csv, npy, pairs } from './write';

const SIDE = 64;
const HALF = 4;

describe('tables', () => {
  test.each([
    ['commas', 'x,y\n1,2\n3,4\n'],
    ['tabs', '1\t2\n3\t4'],
    ['semicolons and Windows', 'a;b\r\n1;2\r\n3;4\r\n'],
    ['blanks, a comment and empty lines', '# made by hand\n\n  1   2\n 3 4\n\n'],
    ['quotes and a mark of byte order', '\uFEFF"x","y"\n"1","2"\n"3","4"'],
  ])('with %s are read', (_, text) => {
    const { columns, left } = readText(text);
    expect(columns.map((column) => [...column])).toEqual([
      [1, 3],
      [2, 4],
    ]);
    expect(left).toEqual([]);
  });

  test('name the lines that they leave out', () => {
    const { names, columns, left } = readText('# mine\nname,x,y\n\na,1,2\nb,three,4\nc,5\nd,6,7\n');
    expect(names).toEqual(['x', 'y']);
    expect([...(columns[0] ?? [])]).toEqual([1, 6]);
    expect(left.toSorted((a, b) => a.line - b.line)).toEqual([
      { line: 5, why: 'x is not a number' },
      { line: 6, why: 'it has 2 columns, the first line has 3' },
    ]);
  });

  test.each([
    ['', 'no line with numbers'],
    ['\n\n# nothing\n', 'no line with numbers'],
    ['1\n2\n3', 'has one column'],
    ['hello', 'has one column'],
    ['a,b\nc,d\ne,f', 'Two columns of numbers are needed; this table has 0 among 2'],
    ['1,x\n2,y\n3,z', 'this table has 1 among 2'],
    ['{"model": ', 'can’t be read'],
    ['%PDF-1.4\n\0\0\0', 'is no text, picture or .npy file'],
  ])('that are none are refused: %j', (text, why) => {
    expect(() => readTextual('mine', text)).toThrow(FileProblem);
    expect(() => readTextual('mine', text)).toThrow(why);
  });

  test('an experiment is told from points', () => {
    expect(readTextual('mine.json', ' {"seed": 3}')).toMatchObject({
      kind: 'experiment',
      experiment: { seed: 3 },
    });
  });

  test('files that are empty or too large are refused', () => {
    expect(() => checkSize(0)).toThrow('This file is empty.');
    expect(() => checkSize(2 ** 40)).toThrow('MiB');
  });
});

describe('.npy', () => {
  const points = Float32Array.from([1, 2.5, -3, 4, 5, 6]);

  test('what is written is read', () => {
    const { columns } = readNpy(npy(points, [3, 2]));
    expect(columns.map((column) => [...column])).toEqual([
      [1, -3, 5],
      [2.5, 4, 6],
    ]);
  });

  test('is as NumPy writes it: a header of a multiple of 64 bytes that ends a line', () => {
    const bytes = npy(points, [3, 2]);
    expect((bytes.length - 24) % 64).toBe(0);
    expect(bytes[bytes.length - 25]).toBe(10);
    expect(new TextDecoder().decode(bytes.subarray(10, 90))).toContain("'shape': (3, 2)");
  });

  test.each<[string, (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>]>([
    ['not a .npy file', (b) => b.slice(1)],
    ['cut short', (b) => b.slice(0, 8)],
    ['cut short', (b) => b.slice(0, 40)],
    ['cut short', (b) => b.slice(0, -1)],
    ['(6); (points, 2) is needed', () => npy(points, [6])],
    ['(6, 1); (points, 2) is needed', () => npy(points, [6, 1])],
    [
      'of a kind',
      (b) => Uint8Array.from(b, (byte, i) => (i > 10 && byte === 102 && b[i + 1] === 52 ? 99 : byte)),
    ],
  ])('that is none is refused: %s', (why, spoil) => {
    expect(() => readNpy(spoil(npy(points, [3, 2])))).toThrow(FileProblem);
    expect(() => readNpy(spoil(npy(points, [3, 2])))).toThrow(why);
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

  const edited = (edit: (header: string) => string) => {
    const bytes = whole();
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    const text = new TextEncoder().encode(edit(new TextDecoder().decode(bytes.subarray(8, 8 + length))));
    const out = new Uint8Array(8 + text.length + 12);
    new DataView(out.buffer).setBigUint64(0, BigInt(text.length), true);
    out.set(text, 8);
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
  ])('that are none are refused: %s', (why, bytes) => {
    expect(() => readModel(bytes())).toThrow(FileProblem);
    expect(() => readModel(bytes())).toThrow(why);
  });
});

/** Numbers that look random and are the same in every run (xorshift32). */
function* noise(seed: number): Generator<number> {
  let state = seed;
  for (;;) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    yield state >>> 0;
  }
}

describe('points', () => {
  const random = noise(3);
  const uniform = () => (random.next().value as number) / 2 ** 32;
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());

  test('are standardised, and all but a few lie within the drawing', () => {
    const x = Float64Array.from({ length: 2000 }, () => 1000 + 50 * normal());
    const y = Float64Array.from({ length: 2000 }, () => -3 + 0.01 * normal());
    const { points, mean, deviation } = place(x, y, HALF);
    expect(mean[0]).toBeCloseTo(1000, -1);
    expect(deviation[1]).toBeCloseTo(0.01, 3);
    const outside = points.filter((v) => Math.abs(v) > HALF).length;
    expect(outside).toBeLessThan(20);
  });

  test('make a density with its humps where the points are', () => {
    const points = Float32Array.from({ length: 4000 }, (_, i) => (i % 4 < 2 ? 2 : -2) + 0.3 * normal());
    const cells = estimate(points, SIDE, HALF);
    const at = (x: number, y: number) =>
      cells[
        Math.floor(((y + HALF) / (2 * HALF)) * SIDE) * SIDE + Math.floor(((x + HALF) / (2 * HALF)) * SIDE)
      ] ?? 0;
    expect(at(2, 2)).toBeGreaterThan(180);
    expect(at(-2, -2)).toBeGreaterThan(180);
    expect(at(0, 0)).toBeLessThan(5);
    expect(at(2, -2)).toBeLessThan(5);
  });

  test('too few, or on a line, are refused', () => {
    const some = (length: number, of: (i: number) => number) =>
      Float64Array.from({ length }, (_, i) => of(i));
    expect(() => place(some(5, Number), some(5, Number), HALF)).toThrow('There are 5 points');
    expect(() =>
      place(
        some(50, Number),
        some(50, () => 1),
        HALF,
      ),
    ).toThrow('the same second number');
  });
});

describe('pictures', () => {
  const picture = (grey: (x: number, y: number) => number) => {
    const pixels = new Uint8ClampedArray(4 * SIDE * SIDE);
    for (let y = 0; y < SIDE; y++)
      for (let x = 0; x < SIDE; x++)
        pixels.set([grey(x, y), grey(x, y), grey(x, y), 255], 4 * (y * SIDE + x));
    return pixels;
  };

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

  test('of one colour are refused', () => {
    expect(() =>
      fromPixels(
        picture(() => 255),
        SIDE,
        'dark',
      ),
    ).toThrow('one colour only');
  });
});

test('samples as text are the numbers that they were', () => {
  const points = Float32Array.from([0.1, -2.5, 1e-7, 3]);
  const { columns } = readText(csv(['x1', 'x2'], pairs(points)));
  expect(Float32Array.from(columns[0] ?? [])).toEqual(Float32Array.from([0.1, 1e-7]));
  expect(Float32Array.from(columns[1] ?? [])).toEqual(Float32Array.from([-2.5, 3]));
});
