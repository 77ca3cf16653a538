import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { FileProblem } from './problem';
import { say } from './say';
import { type Pairs, pairsOf, type Table } from './table';
import { readText } from './text';

const files = JSON.parse(readFileSync('tests/fixtures/arrays/numpy_files.json', 'utf8')) as Record<
  string,
  string
>;

const pairs = (table: Table): Pairs => pairsOf(table, table.first);
const numbers = (text: string): number[][] => {
  const { x, y } = pairs(readText(text));
  return [[...x], [...y]];
};
const read = (text: string): string => readText(text).reading.map(say).join(' ');
function refusal(text: string): string {
  try {
    readText(text);
  } catch (error) {
    if (error instanceof FileProblem) return say(error.said);
    throw error;
  }
  return 'taken';
}

describe('tables', () => {
  test.each([
    ['commas', 'x,y\n1,2\n3,4\n'],
    ['tabs', '1\t2\n3\t4'],
    ['semicolons and Windows', 'a;b\r\n1;2\r\n3;4\r\n'],
    ['bars', 'a|b\n1|2\n3|4\n'],
    ['bars as in Markdown', '| a | b |\n| 1 | 2 |\n| 3 | 4 |\n'],
    ['blanks, a comment and empty lines', '# made by hand\n\n  1   2\n 3 4\n\n'],
    ['commas and blanks', '1, 2\n3, 4'],
    ['quotes and a mark of byte order', '\uFEFF"x","y"\n"1","2"\n"3","4"'],
    ['an old Macintosh’s lines', 'x,y\r1,2\r3,4\r'],
    ['pairs in JSON', ' [[1, 2],\n [3, 4]]'],
    ['objects in JSON', '[{"x": 1, "y": 2}, {"y": 4, "x": 3}]'],
    ['columns in JSON', '{"x": [1, 3], "y": [2, 4]}'],
    ['brackets, as NumPy prints them', '[[1. 2.]\n [3. 4.]]'],
    ['a call, as NumPy prints it', 'array([[1., 2.],\n       [3., 4.]], dtype=float32)'],
    ['names that contain separators', '"height, cm","weight; kg"\n1,2\n3,4'],
    ['a name of several lines', '"x\n(cm)",y\n1,2\n3,4'],
  ])('with %s are read', (_, text) => {
    expect(numbers(text)).toEqual([
      [1, 3],
      [2, 4],
    ]);
    expect(pairs(readText(text)).left).toEqual([]);
  });

  test.each<[string, string, number[][], string]>([
    [
      '1,5;2,25\n3,5;-4',
      'semicolons',
      [
        [1.5, 3.5],
        [2.25, -4],
      ],
      '“1,5” is read as 1.5.',
    ],
    [
      'x;y\n1,5;2,25\n3,5;-4',
      'semicolons',
      [
        [1.5, 3.5],
        [2.25, -4],
      ],
      '“1,5” is read as 1.5.',
    ],
    [
      '1,5\t2,25\n3,5\t-4',
      'tabs',
      [
        [1.5, 3.5],
        [2.25, -4],
      ],
      '“1,5” is read as 1.5.',
    ],
    [
      '1,5 2,3\n3,5 4,1',
      'blanks',
      [
        [1.5, 3.5],
        [2.3, 4.1],
      ],
      '“1,5” is read as 1.5.',
    ],
    [
      '"1,5","2,3"\n"3,5","4,1"',
      'commas',
      [
        [1.5, 3.5],
        [2.3, 4.1],
      ],
      '“1,5” is read as 1.5.',
    ],
    [
      '1.234,5;2\n-1.000.000;4',
      'semicolons',
      [
        [1234.5, -1e6],
        [2, 4],
      ],
      '“1.234,5” is read as 1234.5.',
    ],
    [
      '"1,234.5",2\n"3,000",4',
      'commas',
      [
        [1234.5, 3000],
        [2, 4],
      ],
      '“1,234.5” is read as 1234.5.',
    ],
    // What could be either: semicolons go with decimal commas, all else with thousands.
    [
      '1,234;2,500\n3,000;4,125',
      'semicolons',
      [
        [1.234, 3],
        [2.5, 4.125],
      ],
      '“1,234” is read as 1.234.',
    ],
    [
      '1,234\t2,500\n3,000\t4,125',
      'tabs',
      [
        [1234, 3000],
        [2500, 4125],
      ],
      '“1,234” is read as 1234.',
    ],
    // Nobody writes thousands with a zero in front.
    [
      '1,234\t0,500\n3,000\t0,125',
      'tabs',
      [
        [1.234, 3],
        [0.5, 0.125],
      ],
      '“1,234” is read as 1.234.',
    ],
    [
      '10%;2\n7.5 %;4',
      'semicolons',
      [
        [0.1, 0.075],
        [2, 4],
      ],
      '“10%” is read as 0.1.',
    ],
    [
      '1\u00a0234,5;2\n3;4',
      'semicolons',
      [
        [1234.5, 3],
        [2, 4],
      ],
      '“1\u00a0234,5” is read as 1234.5.',
    ],
    [
      '1’234.5;2\n3;4',
      'semicolons',
      [
        [1234.5, 3],
        [2, 4],
      ],
      '“1’234.5” is read as 1234.5.',
    ],
  ])('%j says how it was read', (text, separated, points, sentence) => {
    expect(numbers(text)).toEqual(points);
    expect(read(text)).toBe(`Read with ${separated} between the columns. ${sentence}`);
  });

  test.each([
    [
      '\u22121,2\n3,\u22124',
      [
        [-1, 3],
        [2, -4],
      ],
    ],
    [
      '\u20131e\u22122,2\n3,+4',
      [
        [-0.01, 3],
        [2, 4],
      ],
    ],
    [
      '1d3 2\n.5 4.',
      [
        [1000, 0.5],
        [2, 4],
      ],
    ],
  ])('%j has nothing to be said of', (text, points) => {
    expect(numbers(text)).toEqual(points);
    expect(readText(text).reading).toHaveLength(1);
  });

  test.each([
    [
      'a label in the first line is no heading',
      'a,1,2\nb,3,4',
      [null, null],
      [
        [1, 3],
        [2, 4],
      ],
    ],
    [
      'a missing value in the first line is none',
      'NA,2\n1,2\n3,4',
      [null, null],
      [
        [1, 3],
        [2, 4],
      ],
    ],
    [
      'text with commas in quotes',
      'who,x,y\n"Ada, L.",1,2\n"Carl, G.",3,4',
      ['x', 'y'],
      [
        [1, 3],
        [2, 4],
      ],
    ],
    [
      'a quote that is never closed',
      'who,x,y\n"Ada,1,2\nCarl,3,4',
      ['x', 'y'],
      [
        [1, 3],
        [2, 4],
      ],
    ],
    [
      'a title above the table',
      'My points\nx,y\n1,2\n3,4',
      ['x', 'y'],
      [
        [1, 3],
        [2, 4],
      ],
    ],
    [
      'R’s names of rows',
      'x y\n"1" 1 2\n"2" 3 4',
      ['x', 'y'],
      [
        [1, 3],
        [2, 4],
      ],
    ],
  ])('%s', (_, text, names, points) => {
    expect(readText(text).names).toEqual(names);
    expect(numbers(text)).toEqual(points);
  });

  const POINTS = [
    [1, 0, 1, 3],
    [0, 1, 1, 100],
  ];
  test.each([
    ['savetxt', 'The names of the columns are those in the comment in line 1.'],
    ['savetxt commas', 'The names of the columns are those in the comment in line 1.'],
    ['pandas', 'Column 1 has no name and only counts the rows: it is left out.'],
    ['pandas json', 'Read as JSON'],
  ])('NumPy’s and pandas’ %s: names, and no index among the columns', (name, sentence) => {
    const text = files[name] ?? '';
    expect(readText(text).names).toEqual(['x', 'y']);
    expect(numbers(text)).toEqual(POINTS);
    expect(read(text)).toContain(sentence);
  });

  test.each(['print', 'repr'])('NumPy’s %s', (name) => {
    expect(numbers(files[name] ?? '')).toEqual(POINTS);
  });

  test('pandas with semicolons and decimal commas', () => {
    const text = files['pandas German'] ?? '';
    expect(readText(text).names).toEqual(['x', 'y']);
    expect(numbers(text)).toEqual(POINTS.map((column) => column.map((v) => v / 8)));
  });

  test('a column without a name that counts nothing can be chosen, but is not x1', () => {
    const table = readText(',x,y\n5,1,2\n1,3,4');
    expect(table.names).toEqual([null, 'x', 'y']);
    expect(table.first).toEqual([1, 2]);
  });

  test('name the lines that they leave out, and no others than those of the chosen columns', () => {
    const table = readText('# mine\nname,x,y,z\n\na,1,2,3\nb,three,4,3\nc,5\nd,6,7,\ne,8,9,1\n');
    expect(table.names).toEqual(['x', 'y', 'z']);
    const { x, left, leftCount } = pairs(table);
    expect([...x]).toEqual([1, 6, 8]);
    expect(leftCount).toBe(2);
    expect(left.map(({ line, why }) => [line, say(why)])).toEqual([
      [5, 'x is not a number'],
      [6, 'it has 2 columns, most lines have 4'],
    ]);
    expect(pairsOf(table, [1, 2]).left.map(({ line }) => line)).toEqual([6, 7]);
  });

  test.each([
    ['', 'no line with numbers'],
    ['\n\n# nothing\n', 'no line with numbers'],
    ['1\n2\n3', 'has one column'],
    ['hello', 'has one column'],
    ['a,b\nc,d\ne,f', 'Two columns of numbers are needed; this table has 0 among 2'],
    ['1,x\n2,y\n3,z', 'this table has 1 among 2'],
    ['just some words', 'this table has 0 among 3'],
    ['[1, 2, 3]', 'This JSON has no points'],
    ['{"x": [1, 2], "y": 3}', 'This JSON has no points'],
    ['[]', 'This JSON has no points'],
    [`${'1,'.repeat(1200)}1`, 'has 1201 columns'],
    ['1,2\n'.repeat(1_000_003), 'up to 1000000 can be read'],
  ])('that are none are refused: %.20j', (text, why) => {
    expect(refusal(text)).toContain(why);
  });

  test('a line that is wider than all others costs no memory of its width', () => {
    const table = readText(`${'1,'.repeat(900)}1\n${'1,2\n'.repeat(50_000)}`);
    expect(table.rows).toBe(50_000);
    expect(table.left).toHaveLength(1);
  });
});

describe('the decimal mark', () => {
  test.each([
    ['a;b\n1.234;5.678\n2.345;6.789\n', 'point', [1.234, 2.345], [1234, 2345]],
    ['a;b\n1,234;5,678\n2,345;6,789\n', 'comma', [1.234, 2.345], [1234, 2345]],
  ] as const)('of %j may be either: it can be chosen', (text, mark, read, other) => {
    const table = readText(text);
    expect(table.mark).toBe(mark);
    expect([...table.column(0)]).toEqual(read);
    const again = readText(text, mark === 'point' ? 'comma' : 'point');
    expect(again.mark).toBe(mark === 'point' ? 'comma' : 'point');
    expect([...again.column(0)]).toEqual(other);
    // The way back stays open.
    expect([...readText(text, mark).column(0)]).toEqual(read);
  });

  test.each(['1.5;2\n3.25;4\n', '1,5;2\n3,25;4\n', '1;2\n3;4\n', '0.123;4\n1.234;5\n'])(
    'of %j is no matter of choice',
    (text) => {
      expect(readText(text).mark).toBeNull();
    },
  );
});
