import { afterEach, describe, expect, test, vi } from 'vitest';
import { type DataTable, dataTable } from '../tables/data-table';
import { tableSpec } from '../tables/spec';
import { tables } from '../tables/tables.svelte';
import { packRows } from './packed-rows';
import { noteOf } from './table-note';
import { findRows, tableOf, tablesOf, WaitingRows } from './waiting-rows';

let seed = 0;
/** A table that nobody has seen before. */
const fresh = (name = 'people.csv'): DataTable =>
  dataTable(
    name,
    ['a', 'b'],
    Float64Array.from({ length: 40 }, (_, i) => Math.sin(i) + ++seed),
    null,
  );
const specOf = ({ hash, name }: DataTable) => tableSpec(hash, name, [0, 1]);
const ALL = { columns: null, withoutFar: false };

afterEach(() => vi.restoreAllMocks());

describe('the table of an Experiment', () => {
  const spec = specOf(fresh());

  test('is its target, whoever wrote it', () => {
    expect(tableOf({ target: spec })).toEqual(spec);
    expect(
      tablesOf([{ target: spec }, { target: { kind: 'crescent' } }, { target: { ...spec } }, null]),
    ).toEqual([spec]);
  });

  test.each([
    ...[null, 3, 'text', [], {}, { target: null }, { target: 'table' }, { target: { kind: 'table' } }],
    { target: { ...spec, hash: 'abc' } },
    { target: { ...spec, hash: null } },
    { target: { ...spec, name: 3 } },
    { target: { ...spec, columns: 2 } },
  ])('is none, and left to the core, where it has not its form: %j', (experiment) => {
    expect(tableOf(experiment)).toBeNull();
  });
});

describe('rows are found', () => {
  test('in memory, and in the link', async () => {
    const [here, packed, gone] = [fresh(), fresh(), fresh()];
    tables.hold(here);
    const rows = [await packRows(packed), await packRows(here)].map(String);
    const found = await findRows([here, packed, gone].map(specOf), rows);
    expect(found).toEqual({ missing: [specOf(gone)], why: null });
    expect(tables.known(packed.hash)).toEqual(packed);
  });

  test('unless the link’s are others, or damaged: it is said why', async () => {
    const [wanted, other] = [fresh(), fresh()];
    const spec = specOf(wanted);
    const tell = async (text: string) => (await findRows([spec], [text])).why;
    expect(await tell(String(await packRows(other)))).toBe('the rows in it are not those that it names');
    expect(tables.known(other.hash)).toBeNull();
    expect(await tell('***')).toBe('the rows in it are damaged or were cut short');
    // Where they are here all the same nobody need hear of it.
    tables.hold(wanted);
    expect(await findRows([spec], ['***'])).toEqual({ missing: [], why: null });
  });
});

describe('what waits for rows', () => {
  test('says which file, and opens with it', async () => {
    const [waiting, table, open] = [new WaitingRows(), fresh(), vi.fn()];
    expect(waiting.candidates(5)).toEqual([]);
    const said = waiting.wait([specOf(table)], [], open);
    expect(said).toBe(
      'This needs the rows of people.csv (2 columns), which are not here: drop that file on the page, and it opens.',
    );
    expect(waiting.wait([specOf(table)], [noteOf(table)], open)).toContain('people.csv (20 rows, 2 columns)');
    expect(await waiting.take(fresh())).toBe(false);
    expect([waiting.active, waiting.name]).toEqual([true, 'people.csv']);
    expect(open).not.toHaveBeenCalled();
    expect(await waiting.take(table)).toBeNull();
    expect(open).toHaveBeenCalledOnce();
    expect(waiting.active).toBe(false);
    expect(await waiting.take(table)).toBe(false);
  });

  test('tries what the link says of the file, as far as the file has such columns', () => {
    const [waiting, table] = [new WaitingRows(), fresh()];
    const notes = [
      noteOf({ ...table, picked: { columns: [0, 2], withoutFar: true } }),
      noteOf({ ...table, picked: { columns: [7], withoutFar: false } }),
      noteOf(table),
      'nonsense',
    ];
    waiting.wait([specOf(table)], notes, () => undefined);
    expect(waiting.candidates(3)).toEqual([ALL, { columns: [0, 2], withoutFar: true }]);
  });

  test('of several tables opens with the last', async () => {
    const [waiting, first, second, open] = [new WaitingRows(), fresh('one.csv'), fresh('two.csv'), vi.fn()];
    waiting.wait([first, second].map(specOf), [], open);
    expect(await waiting.take(second)).toContain('one.csv');
    expect(open).not.toHaveBeenCalled();
    expect(await waiting.take(first)).toBeNull();
    expect(open).toHaveBeenCalledOnce();
  });

  test('is forgotten where something else is opened, even while its rows are kept', async () => {
    const [waiting, table, open] = [new WaitingRows(), fresh(), vi.fn()];
    waiting.wait([specOf(table)], [], open);
    vi.spyOn(tables, 'keep').mockImplementation((one) => {
      tables.hold(one);
      waiting.leave();
      return Promise.resolve();
    });
    expect(await waiting.take(table)).toBeNull();
    expect(open).not.toHaveBeenCalled();
  });

  test('has a name of its file that turns no text around', () => {
    const waiting = new WaitingRows();
    const spec = tableSpec('f'.repeat(64), 'evil\u202efdp.csv', [0, 1]);
    expect(waiting.wait([spec], [], () => undefined)).toContain('evil fdp.csv (2 columns)');
  });
});
