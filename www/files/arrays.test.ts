import { zipSync } from 'fflate';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readNpy } from './npy';
import { readNpz } from './npz';
import { FileProblem } from './problem';
import { say } from './say';
import { pairsOf, type Table } from './table';
import { npy } from './write';

// As NumPy wrote them: tests/fixtures/arrays/numpy_files.py.
const files = JSON.parse(readFileSync('tests/fixtures/arrays/numpy_files.json', 'utf8')) as Record<
  string,
  string
>;
const bytesOf = (name: string) => Uint8Array.from(Buffer.from(files[name] ?? '', 'base64'));
const named = (start: string) => Object.keys(files).filter((name) => name.startsWith(start));

function refusal(read: () => Table): string {
  try {
    read();
  } catch (error) {
    if (error instanceof FileProblem) return say(error.said);
    throw error;
  }
  return 'taken';
}
const columns = (table: Table) => [[...table.column(0)], [...table.column(1)]];
const POINTS = [
  [1, 0, 1, 3],
  [0, 1, 1, 100],
];

describe('.npy', () => {
  const points = Float32Array.from([1, 2.5, -3, 4, 5, 6]);

  test.each(named('npy '))('NumPy’s %s', (name) => {
    const bools = name === 'npy |b1';
    expect(columns(readNpy(bytesOf(name)))).toEqual(
      POINTS.map((column) => (bools ? column.map((v) => Number(v > 0)) : column)),
    );
  });

  test('the extremes of each type', () => {
    expect(columns(readNpy(bytesOf('extremes <f2')))).toEqual([
      [0.0999755859375, 5.960464477539063e-8, 1023 * 2 ** -24, 1, 3],
      [-65504, Infinity, NaN, 2, 4],
    ]);
    expect(columns(readNpy(bytesOf('extremes <i8')))).toEqual([
      [-(2 ** 63), -1],
      [2 ** 53, 2 ** 62],
    ]);
    expect(columns(readNpy(bytesOf('extremes >u8')))).toEqual([
      [2 ** 64, 2 ** 63],
      [0, 1],
    ]);
    expect(columns(readNpy(bytesOf('extremes |i1')))).toEqual([
      [-128, -1],
      [127, 5],
    ]);
  });

  test.each(named('refused'))('%s: no numbers, or none of the line', (name) => {
    expect(refusal(() => readNpy(bytesOf(name)))).toContain('of a kind');
  });

  test('what is no number is left out', () => {
    const numbers = Float32Array.from([1, 2, NaN, 3, 4, Infinity, 5, 6, 7, 8]);
    const { x, left } = pairsOf(readNpy(npy(numbers, [5, 2])), [0, 1]);
    expect([...x]).toEqual([1, 5, 7]);
    expect(left.map(({ line, why }) => [line, say(why)])).toEqual([
      [2, 'column 1 is not a number'],
      [3, 'column 2 is not a number'],
    ]);
  });

  test('what is written is read, in single and double precision', () => {
    for (const values of [points, Float64Array.from(points)])
      expect(columns(readNpy(npy(values, [3, 2])))).toEqual([
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
    expect(refusal(() => readNpy(spoil(npy(points, [3, 2]))))).toContain(why);
  });

  test('sixteen million bytes are no sixteen million objects: columns are read when they are wanted', () => {
    const header = npy(new Float32Array(0), [0, 2]).subarray(0, 128);
    const text = new TextDecoder('latin1').decode(header);
    const [rows, width] = [16_000, 1000];
    const shaped = text.replace("'<f4'", "'|u1'").replace('(0, 2), }', `(${rows}, ${width}), }`);
    const bytes = new Uint8Array(128 + rows * width);
    bytes.set(Uint8Array.from(`${shaped.trimEnd().padEnd(127)}\n`, (c) => c.charCodeAt(0)));
    bytes[128 + 5 * width + 7] = 9;
    const table = readNpy(bytes);
    expect(table.names).toHaveLength(width);
    expect(table.column(7).subarray(4, 7)).toEqual(Float64Array.of(0, 9, 0));
  });
});

describe('.npz', () => {
  test.each([
    ['npz stored', [null, null], ''],
    ['npz deflated', [null, null], 'Read is the array points, of labels, points.'],
    ['npz columns', ['height', 'weight'], 'Read are the arrays height, weight as columns.'],
  ])('NumPy’s %s', (name, names, said) => {
    const table = readNpz(bytesOf(name));
    expect(table.names).toEqual(names);
    expect(columns(table)).toEqual(POINTS);
    expect(table.reading.map(say).join(' ')).toBe(said);
  });

  /** An archive whose directory says another size of its array than it has. */
  const claiming = (size: number) => {
    const bytes = zipSync({ 'a.npy': npy(new Float32Array(4096), [2048, 2]) });
    const directory = Buffer.from(bytes).indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    new DataView(bytes.buffer, bytes.byteOffset).setUint32(directory + 24, size, true);
    return bytes;
  };
  test.each<[string, () => Uint8Array]>([
    ['it has cube (2, 3, 4)', () => bytesOf('npz none')],
    ['no arrays', () => bytesOf('npz empty')],
    ['no arrays', () => zipSync({ 'xl/workbook.xml': new Uint8Array(3) })],
    ['damaged', () => bytesOf('npz deflated').subarray(0, 300)],
    ['not begin as one', () => zipSync({ 'a.npy': new Uint8Array(300) })],
    ['more than 128 MiB', () => claiming(2 ** 28)],
    // It gets the room that it asks for, and no more.
    ['cut short', () => claiming(200)],
  ])('that is none is refused: %s', (why, bytes) => {
    expect(refusal(() => readNpz(bytes()))).toContain(why);
  });
});
