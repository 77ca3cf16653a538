/** Archives of arrays, as NumPy's `savez` and `savez_compressed` write them. */

import { unzipSync } from 'fflate';
import { message } from './message';
import { plainName } from './names';
import { type NpyArray, readArray, tableOfArray, tableOfColumns } from './npy';
import { FileProblem, MAX_COLUMNS, MAX_INFLATED, problem } from './problem';
import type { Table } from './table';

/** The first array of the archive that is a table; or all of one dimension and the same length as its columns. */
export function readNpz(bytes: Uint8Array): Table {
  const arrays = arraysOf(bytes);
  const names = [...arrays.keys()];
  if (names.length === 0) throw problem('zipEmpty');
  for (const [name, array] of arrays) {
    const [, columns = 0] = array.shape;
    if (array.shape.length !== 2 || columns < 2 || columns > MAX_COLUMNS) continue;
    const table = tableOfArray(array);
    if (names.length > 1) table.reading.push(message('npzArray', name, names.slice(0, 8).join(', ')));
    return table;
  }
  const lines = new Map<number, [string, NpyArray][]>();
  for (const [name, array] of arrays) {
    const [length] = array.shape;
    if (array.shape.length === 1 && length !== undefined)
      lines.set(length, [...(lines.get(length) ?? []), [name, array]]);
  }
  const [[length = 0, alike = []] = []] = [...lines].sort(([a, m], [b, n]) => n.length - m.length || b - a);
  const columns = alike.slice(0, MAX_COLUMNS);
  if (columns.length < 2) throw problem('npzShapes', describe(arrays));
  const table = tableOfColumns(
    columns.map(([name]) => name),
    length,
    (row, column) => columns[column]?.[1].at(row, 0) ?? NaN,
    columns.some(([, { floating }]) => floating),
  );
  table.reading.push(
    message(
      'npzColumns',
      columns
        .map(([name]) => name)
        .slice(0, 8)
        .join(', '),
    ),
  );
  return table;
}

/** The arrays by their names, inflated up to a limit that is checked before anything is. */
function arraysOf(bytes: Uint8Array): Map<string, NpyArray> {
  let inflated = 0;
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(bytes, {
      // What an archive says of a file's size is the room that it gets: it inflates no further. Stored files are copied.
      filter: ({ name, size, originalSize }) => {
        if (!name.endsWith('.npy')) return false;
        inflated += Math.max(size, originalSize);
        if (!(inflated <= MAX_INFLATED)) throw problem('zipSize', MAX_INFLATED / 2 ** 20);
        return true;
      },
    });
  } catch (error) {
    throw error instanceof FileProblem ? error : problem('zipBroken');
  }
  const nameOf = (name: string) => plainName(name.replace(/\.npy$/, '')) ?? '?';
  return new Map(Object.entries(files).map(([name, file]) => [nameOf(name), readArray(file)]));
}

const describe = (arrays: ReadonlyMap<string, NpyArray>): string =>
  [...arrays]
    .slice(0, 8)
    .map(([name, { shape }]) => `${name} (${shape.join(', ')})`)
    .join(', ');
