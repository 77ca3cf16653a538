import { describe, expect, test } from 'vitest';
import { survey, takeRows } from './data-rows';
import { npy } from './write';
import { readNpy } from './npy';
import { say } from './say';
import { readText } from './text';

const ALL = { columns: null, withoutFar: false };

/** Forty rows of three columns that say nothing of each other. */
const lines = (more: (i: number) => string = () => '', heading = 'a,b,c') => [
  heading,
  ...Array.from(
    { length: 40 },
    (_, i) => `${Math.sin(7 * i)},${Math.cos(3 * i * i)},${Math.sin(i * i)}${more(i)}`,
  ),
];
const read = (all: string[]) => readText(all.join('\n'));
const said = ({ left }: { left: { line: number; why: Parameters<typeof say>[0] }[] }) =>
  left.map(({ line, why }) => `${line}: ${say(why)}`);

describe('rows that are learned', () => {
  test('are complete in the columns that were chosen; what is left out is named', () => {
    const all = lines();
    all[3] = '1,,3';
    all[5] = '1,2,none';
    all[7] = '1,2';
    const table = read(all);
    const two = survey(table, { columns: [0, 1], withoutFar: false });
    expect([two.rows, two.leftCount, two.whole]).toEqual([38, 2, false]);
    expect(said(two)).toEqual(['4: b is not a number', '8: it has 2 columns, most lines have 3']);
    expect(survey(table, { columns: [0, 2], withoutFar: false }).rows).toBe(38);
    expect(survey(table, { columns: [0, 1, 2], withoutFar: false })).toMatchObject({ rows: 37, whole: true });
    const picked = { columns: [2, 0], withoutFar: false };
    const taken = takeRows(table, 'file.csv', picked);
    expect(taken).toMatchObject({ name: 'file.csv', names: ['c', 'a'], parts: null, picked });
    expect(taken.values).toHaveLength(2 * 38);
    expect(taken.values.every(Number.isFinite)).toBe(true);
    expect([...taken.values.subarray(0, 2)]).toEqual([0, 0]);
  });

  test('are the same whatever the file is called and however its numbers are written', () => {
    const german = lines().map((line) => line.replaceAll(',', ';').replaceAll('.', ','));
    const [one, other] = [takeRows(read(lines()), 'a.csv', ALL), takeRows(read(german), 'b.csv', ALL)];
    expect(other.values).toEqual(one.values);
    expect(other.hash).toBe(one.hash);
    expect(one.picked).toBeUndefined();
    expect(takeRows(read(lines()), 'a.csv', { columns: [0, 1], withoutFar: false }).hash).not.toBe(one.hash);
  });

  test('may lean to one side, or have heavy tails; what helps is another thing for each', () => {
    // Quantiles of a log-normal, of a Student-t with two degrees of freedom, of a logistic and a uniform density.
    const heading = 'price,return,score,share';
    const row = (p: number) => {
      const score = Math.log(p / (1 - p));
      const heavy = (2 * p - 1) * Math.sqrt(2 / (4 * p * (1 - p)));
      return [Math.exp(1.5 * score), heavy, score, p].join(',');
    };
    const table = read([heading, ...Array.from({ length: 400 }, (_, i) => row((i + 0.5) / 400))]);
    expect(survey(table, ALL)).toMatchObject({ skewed: [0], heavy: [1] });
    // What is below 0 somewhere has no logarithm.
    const shifted = read([
      heading,
      ...Array.from({ length: 400 }, (_, i) => `-5${row((i + 0.5) / 400).slice(1)}`),
    ]);
    expect(survey(shifted, ALL).skewed).toEqual([]);
  });

  test('of columns without names have names of no language', () => {
    const values = Float64Array.from({ length: 60 }, (_, i) => Math.sin(i * i));
    expect(takeRows(readNpy(npy(values, [20, 3])), 'three.npy', ALL).names).toEqual(['x1', 'x2', 'x3']);
  });

  test('have the parts that a column says; a row that says none is left out', () => {
    const names = ['train', 'Validation', 'TEST', 'train'];
    const all = lines((i) => `,${names[i % 4]}`, 'a,b,c,Split');
    all[2] = all[2]?.replace('Validation', 'later') ?? '';
    const table = read(all);
    expect(survey(table, { columns: [0, 1], withoutFar: false })).toMatchObject({
      rows: 39,
      parts: [20, 9, 10],
    });
    expect(said(survey(table, ALL))).toEqual(['3: its split is neither train, validation nor test']);
    expect([...(takeRows(table, 't', ALL).parts ?? [])].slice(0, 4)).toEqual([0, 2, 0, 0]);
  });

  test('a column that is only called so is none, and JSON has parts too', () => {
    expect(read(lines((i) => `,banana ${i}`, 'a,b,c,split')).parts).toBeNull();
    expect(read(lines()).parts).toBeNull();
    const json = Array.from({ length: 20 }, (_, i) => ({ x: i, split: i % 2 ? 'test' : 'train', y: i * i }));
    const table = readText(JSON.stringify(json));
    expect(table.names).toEqual(['x', 'y']);
    expect([...(table.parts ?? [])].slice(0, 3)).toEqual([0, 2, 0]);
  });
});

describe('what a statistician would say before', () => {
  const picked = (...columns: number[]) => ({ columns, withoutFar: false });

  test('nothing, of plain columns', () => {
    expect(survey(read(lines()), picked(0, 1, 2))).toMatchObject({
      ...{ rows: 40, left: [], leftCount: 0, far: 0, parts: null },
      ...{ constant: [], copies: [], discrete: [], whole: true },
    });
  });

  test('a constant column, a copy in another unit, whole numbers and few different ones', () => {
    const all = lines(
      (i) => `,7,${32 + 1.8 * Math.sin(7 * i)},${i},${(i % 3) / 2}`,
      'a,b,c,constant,copy,whole,few',
    );
    const table = read(all);
    expect(survey(table, picked(0, 1, 2, 3, 4, 5, 6))).toMatchObject({
      constant: [3],
      copies: [{ column: 4, of: 0 }],
      discrete: [
        { column: 5, step: 1 },
        { column: 6, step: 0.5 },
      ],
    });
    // Of columns that were not chosen nothing is said.
    expect(survey(table, picked(1, 4))).toMatchObject({ constant: [], copies: [], discrete: [] });
  });

  test('a number far outside, which can be left out', () => {
    const all = lines();
    all[9] = '0.1,1e9,0.2';
    const table = read(all);
    expect(survey(table, picked(0, 1))).toMatchObject({ rows: 40, far: 1, leftCount: 0 });
    expect(survey(table, picked(0, 2))).toMatchObject({ rows: 40, far: 0 });
    const without = survey(table, { columns: [0, 1], withoutFar: true });
    expect(without).toMatchObject({ rows: 39, far: 1, leftCount: 1 });
    expect(said(without)).toEqual(['10: b lies far outside']);
    expect(takeRows(table, 't', { columns: null, withoutFar: true })).toMatchObject({
      picked: { columns: null, withoutFar: true },
    });
  });

  test('nothing throws where nothing is left', () => {
    const all = [
      'a,b',
      ...Array.from({ length: 30 }, (_, i) => (i % 2 ? `${i},` : `,${i}`)),
      '1,',
      ',2',
      '1,2',
      '2,1',
    ];
    expect(() => survey(read([...all, ...all.slice(-2)]), picked(0, 1))).not.toThrow();
  });
});

test('a million rows take seconds, not minutes', { timeout: 60_000 }, () => {
  const rows = 1_000_000;
  const values = new Float32Array(3 * rows).map((_, i) => Math.sin(i * 0.37));
  const table = readNpy(npy(values, [rows, 3]));
  const begun = performance.now();
  expect(survey(table, { columns: [0, 1], withoutFar: false }).rows).toBe(rows);
  expect(takeRows(table, 'large', ALL).values).toHaveLength(3 * rows);
  expect(performance.now() - begun).toBeLessThan(30_000);
});
