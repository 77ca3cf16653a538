import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { takeRows } from '../files/data-rows';
import { readText } from '../files/text';
import { BUILTIN, builtinOf, fetchBuiltin, specOf } from './builtin';
import { readBuiltin } from './read-builtin';

const csvOf = (url: string) => readFileSync(url.replace(/^\//, ''), 'utf8');

afterEach(() => vi.unstubAllGlobals());

describe.each(BUILTIN.map((table) => [table.name, table] as const))('%s', (name, table) => {
  const read = readBuiltin(name, csvOf(table.url));

  test('is what the list says of it', () => {
    expect(read.hash).toBe(table.hash);
    expect(read.names).toEqual(table.names);
    expect(read.values).toHaveLength(table.rows * table.names.length);
    expect(table.columns.every((column) => column < table.names.length)).toBe(true);
    expect(builtinOf(table.hash)).toBe(table);
    expect(specOf(table).columns).toEqual(table.columns);
  });

  test('is the same where a person brings its file', () => {
    const brought = takeRows(readText(csvOf(table.url)), name, { columns: null, withoutFar: false });
    expect(brought).toEqual(read);
  });

  test('says itself which rows are for what: those of docs/data.md', () => {
    const parts = [...(read.parts ?? [])];
    expect(parts).toEqual(parts.map((_, i) => (i % 5 === 0 ? 2 : i % 10 === 1 ? 1 : 0)));
  });

  test('is fetched, unless what comes is something else', async () => {
    const answer = (text: string, ok = true) =>
      vi.stubGlobal('fetch', () => Promise.resolve({ ok, text: () => Promise.resolve(text) }));
    answer(csvOf(table.url));
    expect(await fetchBuiltin(table)).toEqual(read);
    answer('<!doctype html>');
    expect(await fetchBuiltin(table)).toBeNull();
    answer(csvOf(table.url), false);
    expect(await fetchBuiltin(table)).toBeNull();
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')));
    expect(await fetchBuiltin(table)).toBeNull();
  });
});
