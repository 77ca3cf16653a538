import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { BUILTIN } from '../tables/builtin';
import { dataTable } from '../tables/data-table';
import { tables } from '../tables/tables.svelte';
import { BrokenLink, MAX_LENGTH, toLink } from './link';
import { manifest } from './manifest';
import { linkedTables, packRows, unpackRows } from './packed-rows';
import { noteOf, readNote } from './table-note';

const numbers = (count: number) =>
  Float64Array.from({ length: count }, (_, i) => Math.round(1e4 * Math.sin(i)) / 1e3);
const small = dataTable('a file.csv', ['height', 'größe'], numbers(200), null);
const hide = (text: string | Uint8Array) => deflateRawSync(text).toString('base64url');
const wrap = (change: object) =>
  hide(
    JSON.stringify({
      name: 'a',
      names: ['x', 'y'],
      columns: [
        [1, 2],
        [3, 4],
      ],
      parts: null,
      ...change,
    }),
  );

describe('rows in a link', () => {
  test.each([
    ['without parts', small],
    ['with parts', dataTable('b', ['x', 'y'], numbers(6), Uint8Array.of(0, 2, 1))],
    [
      'with the edges of what a number can be',
      dataTable('c', ['x', 'y'], Float64Array.of(5e-324, -1.7976931348623157e308, 0.1 + 0.2, -0), null),
    ],
  ])('are the same table again %s', async (_, table) => {
    const text = await packRows(table);
    expect(text).toMatch(/^[\w-]+$/);
    expect(await unpackRows(text ?? '')).toEqual(table);
  });

  test('are packed once, and not at all where they are too many', async () => {
    expect(packRows(small)).toBe(packRows(small));
    const large = dataTable('large', ['x', 'y'], numbers(400_000), null);
    expect(await packRows(large)).toBeNull();
    // Many alike are few letters, but no link that is read again may hold as many.
    expect(
      await packRows(dataTable('flat', ['x', 'y'], new Float64Array(130_000).fill(1.25e-100), null)),
    ).toBeNull();
  });

  test.each([
    ['nothing', '', 'damaged'],
    ['no base64', '***', 'damaged'],
    ['no deflated text', 'AAAA', 'damaged'],
    ['more than a link can have', hide(new Uint8Array(2 ** 26)), 'more than a link can have'],
    ['no JSON', hide('{'), 'damaged'],
    ['no text', hide(Uint8Array.of(0xff, 0xfe)), 'damaged'],
    ['a list', hide('[]'), 'damaged'],
    ['what nests far', hide(`${'['.repeat(50_000)}${']'.repeat(50_000)}`), 'damaged'],
    ['no names', wrap({ names: [] }), 'damaged'],
    ['a name that turns the text around', wrap({ names: ['x', '\u202ey'] }), 'damaged'],
    ['no columns', wrap({ columns: null }), 'not rows of numbers'],
    ['no rows', wrap({ columns: [[], []] }), 'not rows of numbers'],
    [
      'words',
      wrap({
        columns: [
          [1, 2],
          ['a', 'b'],
        ],
      }),
      'not rows of numbers',
    ],
    [
      'what is no number',
      wrap({
        columns: [
          [1, 2],
          [3, null],
        ],
      }),
      'not rows of numbers',
    ],
    ['columns of two lengths', wrap({ columns: [[1, 2], [3]] }), 'not rows of numbers'],
    ['more names than columns', wrap({ names: ['x', 'y', 'z'] }), 'not rows of numbers'],
    ['parts that there are not', wrap({ parts: '03' }), 'damaged'],
    ['too few parts', wrap({ parts: '0' }), 'damaged'],
  ])('that are %s are refused by a sentence', async (_, text, why) => {
    await expect(unpackRows(text)).rejects.toThrow(BrokenLink);
    await expect(unpackRows(text)).rejects.toThrow(why);
  });
});

describe('a link with a table', () => {
  const page = { experiments: [manifest.recommended_experiment], views: '', temperature: 1 };

  test('has its rows as long as it is short, else a note', async () => {
    tables.hold(small);
    const [linked] = await linkedTables([small.hash, small.hash]);
    if (!linked?.rows) throw new Error('it is not packed');
    const link = await toLink({ ...page, temperature: 0.5 }, [linked]);
    expect(link).toBe(`defaults=2&temperature=0.5&rows=${linked.rows}`);
    expect(link.length).toBeLessThan(MAX_LENGTH);
    expect(await toLink({ ...page, temperature: 0.5 }, [linked], link.length + 1)).toBe(link);
    expect(await toLink({ ...page, temperature: 0.5 }, [linked], link.length)).toBe(
      `defaults=2&temperature=0.5&table=${small.hash.slice(0, 8)}.100`,
    );
    const long = { ...linked, rows: 'x'.repeat(MAX_LENGTH) };
    // The next one may fit all the same.
    const both = await toLink({ ...page, temperature: 0.5 }, [long, linked]);
    expect(both).toBe(`defaults=2&temperature=0.5&table=${linked.note}&rows=${linked.rows}`);
  });

  test('has nothing of a table that every page has, or that is not here', async () => {
    expect(await linkedTables([BUILTIN[0]?.hash ?? '', 'f'.repeat(64)])).toEqual([]);
  });
});

describe('a note on a table', () => {
  test.each([
    undefined,
    { columns: [0, 3], withoutFar: false },
    { columns: null, withoutFar: true },
    { columns: [12], withoutFar: true },
  ])('says what of its file it is: %j', (picked) => {
    const note = noteOf({ ...small, ...(picked ? { picked } : {}) });
    expect(note).toMatch(/^[\w.-]+$/);
    expect(readNote(note)).toEqual({
      start: small.hash.slice(0, 8),
      rows: 100,
      picked: picked ?? { columns: null, withoutFar: false },
    });
  });

  test.each([
    '',
    'f',
    'f70ebc41',
    'f70ebc41.x',
    'f70ebc41.1.c',
    'f70ebc41.1.c1-',
    'F70EBC41.1',
    'f70ebc41.1.near.c1',
    '9'.repeat(1e6),
  ])('that is none says nothing: %.20s', (text) => {
    expect(readNote(text)).toBeNull();
  });
});
