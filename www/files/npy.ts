/** Arrays in NumPy's format .npy (numpy.lib.format, versions 1 to 3), of every type of number that it has. */

import { isNpy } from './magic';
import { MAX_COLUMNS, MAX_ROWS, problem } from './problem';
import { message } from './message';
import { numericColumns, type Table } from './table';

type Read = (view: DataView, at: number, little: boolean) => number;

const HALF_STEP = 2 ** -24;

/** A half-precision number (IEEE 754 binary16); `DataView.getFloat16` is not in every browser. */
const half: Read = (view, at, little) => {
  const bits = view.getUint16(at, little);
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * HALF_STEP;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
};

/** Eight bytes as a number, rounded once; a BigInt would be an object for each. */
const eight =
  (high: 'getInt32' | 'getUint32'): Read =>
  (view, at, little) =>
    view[high](little ? at + 4 : at, little) * 2 ** 32 + view.getUint32(little ? at : at + 4, little);

/** Bytes of a number and what reads it, by NumPy's kind and size. */
const READERS: Record<string, [number, Read]> = {
  b1: [1, (view, at) => Number(view.getUint8(at) !== 0)],
  i1: [1, (view, at) => view.getInt8(at)],
  i2: [2, (view, at, little) => view.getInt16(at, little)],
  i4: [4, (view, at, little) => view.getInt32(at, little)],
  i8: [8, eight('getInt32')],
  u1: [1, (view, at) => view.getUint8(at)],
  u2: [2, (view, at, little) => view.getUint16(at, little)],
  u4: [4, (view, at, little) => view.getUint32(at, little)],
  u8: [8, eight('getUint32')],
  f2: [2, half],
  f4: [4, (view, at, little) => view.getFloat32(at, little)],
  f8: [8, (view, at, little) => view.getFloat64(at, little)],
};

/** An array whose numbers are read from the file's bytes when they are wanted. */
export interface NpyArray {
  shape: number[];
  /** What may be NaN or infinite. */
  floating: boolean;
  /** The number at an index of the flattened array, in C order where there is one dimension. */
  at: (row: number, column: number) => number;
}

/** Reads the header of an array of one or two dimensions, and checks that its numbers are there. */
export function readArray(bytes: Uint8Array): NpyArray {
  if (!isNpy(bytes)) throw problem('notNpy');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12) throw problem('npyShort');
  const [length, start] = bytes[6] === 1 ? [view.getUint16(8, true), 10] : [view.getUint32(8, true), 12];
  const from = start + length;
  if (from > bytes.length) throw problem('npyShort');
  const header = new TextDecoder().decode(bytes.subarray(start, from));
  const [, order = '', type = ''] = /'descr':\s*'([<>|=])([a-z]\d+)'/.exec(header) ?? [];
  const reader = Object.hasOwn(READERS, type) ? READERS[type] : undefined;
  if (!reader) {
    const kind = /'descr':\s*(\[[^\]]*\]|[^,]+)/.exec(header)?.[1]?.slice(0, 40);
    throw problem('npyKind', kind ?? message('unknownKind'));
  }
  const shape = (/'shape':\s*\(([^)]*)\)/.exec(header)?.[1] ?? '')
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map(Number);
  if (!shape.every((side) => Number.isSafeInteger(side) && side >= 0))
    throw problem('npyShape', shape.join(', '), MAX_COLUMNS);
  const [size, get] = reader;
  if (!(shape.reduce((product, side) => product * side, size) <= bytes.length - from))
    throw problem('npyShort');
  const [rows = 1, columns = 1] = shape;
  const fortran = /'fortran_order':\s*True/.test(header);
  const little = order !== '>';
  return {
    shape,
    floating: type.startsWith('f'),
    at: (row, column) =>
      get(view, from + size * (fortran ? column * rows + row : row * columns + column), little),
  };
}

/** Reads an array of shape (points, columns). */
export const readNpy = (bytes: Uint8Array): Table => tableOfArray(readArray(bytes));

/** An array of shape (points, columns) as a table. */
export function tableOfArray({ shape, floating, at }: NpyArray): Table {
  const [rows = 0, columns = 0] = shape;
  if (shape.length !== 2 || columns < 2 || columns > MAX_COLUMNS)
    throw problem('npyShape', shape.join(', '), MAX_COLUMNS);
  return tableOfColumns(Array<null>(columns).fill(null), rows, (row, column) => at(row, column), floating);
}

/** A table of numbers that are read when they are wanted. */
export function tableOfColumns(
  names: (string | null)[],
  rows: number,
  at: (row: number, column: number) => number,
  floating: boolean,
): Table {
  if (rows > MAX_ROWS) throw problem('npyRows', rows, MAX_ROWS);
  const finite = (column: number) => {
    if (!floating) return rows;
    let count = 0;
    for (let row = 0; row < rows; row++) count += Number(Number.isFinite(at(row, column)));
    return count;
  };
  const numeric = numericColumns(names.length, rows, finite);
  return {
    names: numeric.map((i) => names[i] ?? null),
    first: [0, 1],
    rows,
    column: (index) => {
      const values = new Float64Array(rows);
      const column = numeric[index] ?? -1;
      for (let row = 0; row < rows; row++) values[row] = at(row, column);
      return values;
    },
    line: (row) => row + 1,
    left: [],
    parts: null,
    reading: [],
    mark: null,
  };
}
