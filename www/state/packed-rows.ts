/** The rows of a small table as part of a link: column by column in JSON, which deflates well, deflated, base64url. Loaded where a link has a table. */

import { isTooDeep } from '../engine/depth';
import { plainName } from '../files/names';
import { type DataTable, dataTable } from '../tables/data-table';
import { builtinOf } from '../tables/builtin';
import { tables } from '../tables/tables.svelte';
import { BrokenLink, type LinkedTable } from './link';
import { packed, unpacked } from './packing';
import { noteOf } from './table-note';
import { words } from '../i18n';

/** Bytes of the JSON at most. Written and read alike: what deflates to a link that people can send has less. */
const MAX_BYTES = 2 ** 18;

/** Numbers beyond which nobody need try: two bytes each at least. */
const MAX_NUMBERS = MAX_BYTES / 2;

interface Packed {
  name: string;
  names: string[];
  columns: number[][];
  parts: string | null;
}

/** Packed once: an address is written after each change. */
const known = new WeakMap<DataTable, Promise<string | null>>();

/** A table's rows as text; null where they are too many. */
export function packRows(table: DataTable): Promise<string | null> {
  const text = known.get(table) ?? pack(table);
  known.set(table, text);
  return text;
}

async function pack({ name, names, values, parts }: DataTable): Promise<string | null> {
  if (values.length > MAX_NUMBERS) return null;
  const width = names.length;
  const columns = names.map((_, j) => [...values.filter((_, i) => i % width === j)]);
  const whole: Packed = { name, names, columns, parts: parts && parts.join('') };
  const bytes = new TextEncoder().encode(JSON.stringify(whole));
  return bytes.length > MAX_BYTES ? null : packed(bytes);
}

const isName = (value: unknown): value is string => typeof value === 'string' && plainName(value) === value;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** Reads rows from a link; throws {@link BrokenLink}. Whether they are those of an Experiment their hash says. */
export async function unpackRows(text: string): Promise<DataTable> {
  const { link } = words.page;
  let bytes: Uint8Array;
  let value: unknown;
  try {
    bytes = await unpacked(text, MAX_BYTES);
  } catch (error) {
    throw new BrokenLink(error instanceof RangeError ? link.rowsSize : link.rows);
  }
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new BrokenLink(link.rows);
  }
  if (isTooDeep(value) || !isObject(value)) throw new BrokenLink(link.rows);
  const { name, names, columns, parts } = value;
  if (!isName(name) || !Array.isArray(names) || !names.every(isName) || names.length === 0)
    throw new BrokenLink(link.rows);
  const all: unknown[] = Array.isArray(columns) ? columns : [];
  const first = all[0];
  const rows = Array.isArray(first) ? first.length : 0;
  const isColumn = (column: unknown): column is number[] =>
    Array.isArray(column) && column.length === rows && column.every(Number.isFinite);
  if (rows === 0 || all.length !== names.length || !all.every(isColumn))
    throw new BrokenLink(link.rowsNumbers);
  const isParts = (said: unknown): said is string =>
    typeof said === 'string' && said.length === rows && /^[012]*$/.test(said);
  if (parts !== null && !isParts(parts)) throw new BrokenLink(link.rows);
  const width = names.length;
  return dataTable(
    name,
    names,
    Float64Array.from({ length: rows * width }, (_, i) => all[i % width]?.[Math.floor(i / width)] ?? NaN),
    parts === null ? null : Uint8Array.from(parts, Number),
  );
}

/** What goes into a link for the tables of some hashes; nothing for those that every page has. */
export async function linkedTables(hashes: readonly string[]): Promise<LinkedTable[]> {
  const all = [...new Set(hashes)].flatMap((hash) => (builtinOf(hash) ? [] : (tables.known(hash) ?? [])));
  return Promise.all(all.map(async (table) => ({ rows: await packRows(table), note: noteOf(table) })));
}
