import { createHash } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import { BUILTIN } from './builtin';
import { type DataTable, dataTable, hashOf } from './data-table';
import { MOST, MOST_BYTES, type TableKeeper, Tables } from './tables.svelte';

const table = (seed: number, rows = 4): DataTable =>
  dataTable(
    `table ${seed}`,
    ['a', 'b'],
    Float64Array.from({ length: 2 * rows }, (_, i) => seed + i),
    null,
  );

/** What a browser keeps, without a browser. */
function keeper(): TableKeeper & { all: Map<string, DataTable> } {
  const all = new Map<string, DataTable>();
  return {
    all,
    read: (hash) => Promise.resolve(all.get(hash) ?? null),
    write: (one) => Promise.resolve(void all.set(one.hash, one)),
    clear: () => Promise.resolve(all.clear()),
  };
}
const nothing = () => Promise.resolve(null);

describe('what a table is known by', () => {
  test('is SHA-256 of names, values and parts', () => {
    const values = Float64Array.of(1, 2.5, -3, 1e300);
    const bytes = Buffer.concat([
      Buffer.from('{"names":["a","ß"],"rows":2,"parts":true}\n'),
      Buffer.from(values.buffer),
      Buffer.of(0, 2),
    ]);
    expect(hashOf(['a', 'ß'], values, Uint8Array.of(0, 2))).toBe(
      createHash('sha256').update(bytes).digest('hex'),
    );
  });

  test('is another for each part of the content, and not the name’s', () => {
    const make = (name: string, names: string[], values: number[], parts: number[] | null) =>
      dataTable(name, names, Float64Array.from(values), parts && Uint8Array.from(parts)).hash;
    const all = [
      make('t', ['a', 'b'], [1, 2, 3, 4], null),
      make('t', ['a', 'c'], [1, 2, 3, 4], null),
      make('t', ['a'], [1, 2, 3, 4], null),
      make('t', ['a', 'b'], [1, 2, 3, 5], null),
      make('t', ['a', 'b'], [1, 2, 3, 4], [0, 0]),
      make('t', ['a', 'b'], [1, 2, 3, 4], [0, 1]),
    ];
    expect(new Set(all).size).toBe(all.length);
    expect(make('u', ['a', 'b'], [1, 2, 3, 4], null)).toBe(all[0]);
    expect(make('t', ['a', 'b'], [0, 0, 1, 1], null)).toBe(make('t', ['a', 'b'], [-0, 0, 1, 1], null));
  });
});

describe('tables', () => {
  test('are known once they are kept, and found in the next visit', async () => {
    const store = keeper();
    const first = new Tables(() => Promise.resolve(store), nothing);
    const one = table(1);
    expect(first.known(one.hash)).toBeNull();
    await first.keep(one);
    expect(first.known(one.hash)).toBe(one);
    const second = new Tables(() => Promise.resolve(store), nothing);
    expect(second.known(one.hash)).toBeNull();
    expect(await second.find(one.hash)).toEqual(one);
    expect(second.known(one.hash)).toEqual(one);
    await second.forget();
    expect(store.all.size).toBe(0);
    expect(second.known(one.hash)).toEqual(one);
    expect(await second.find('nobody knows it')).toBeNull();
  });

  test('that are the page’s own are fetched once, and not kept', async () => {
    const [builtin] = BUILTIN;
    if (!builtin) throw new Error('there are none');
    const store = keeper();
    const own = { ...table(1), hash: builtin.hash };
    const fetch = vi.fn(() => Promise.resolve(own));
    const tables = new Tables(() => Promise.resolve(store), fetch);
    const found = await Promise.all([tables.find(builtin.hash), tables.find(builtin.hash)]);
    expect(found).toEqual([own, own]);
    await tables.find(builtin.hash);
    expect(fetch).toHaveBeenCalledOnce();
    await tables.keep(own);
    expect(store.all.size).toBe(0);
  });

  test('a browser that keeps nothing is no failure, and is asked again', async () => {
    const store = keeper();
    const open = vi
      .fn<() => Promise<TableKeeper>>()
      .mockRejectedValueOnce(new Error('refused'))
      .mockResolvedValue(store);
    const tables = new Tables(open, nothing);
    await tables.keep(table(1));
    expect(tables.known(table(1).hash)).not.toBeNull();
    await tables.keep(table(2));
    expect([...store.all.keys()]).toEqual([table(2).hash]);
  });

  test('are held up to a bound; those that were used longest ago go', () => {
    const tables = new Tables(() => Promise.resolve(keeper()), nothing);
    const all = Array.from({ length: MOST + 1 }, (_, i) => table(i));
    for (const one of all.slice(0, MOST)) tables.hold(one);
    expect(tables.known(table(0).hash)).not.toBeNull();
    tables.hold(table(MOST));
    expect(all.filter(({ hash }) => !tables.known(hash)).map(({ name }) => name)).toEqual(['table 1']);
    // One that is larger than the bound stays, alone.
    const large: DataTable = { ...table(99), values: new Float64Array(MOST_BYTES / 8) };
    tables.hold(large);
    expect(tables.known(large.hash)).toBe(large);
    expect(all.filter(({ hash }) => tables.known(hash))).toEqual([]);
  });
});
