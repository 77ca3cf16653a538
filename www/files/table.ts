/** Points from text (comma, semicolon, tab or blanks between the columns) and from NumPy's .npy files. */

import { FileProblem, MOST_COLUMNS, MOST_ROWS } from './problem';
import { words } from '../i18n';

/** A table of numbers, column after column. */
export interface Table {
  names: string[];
  columns: Float64Array[];
  /** Lines that were left out, and why. */
  left: { line: number; why: string }[];
}

const SEPARATORS: [string, RegExp][] = [
  ['tab', /\t/],
  ['semicolon', /;/],
  ['comma', /,/],
  ['blank', /\s+/],
];

const numberOf = (cell: string): number => (cell === '' ? NaN : Number(cell.replace(/^"(.*)"$/, '$1')));

/** Reads text; lines that are not points are left out and named, a table without two columns of numbers is refused. */
export function readText(text: string): Table {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  if (lines.length > MOST_ROWS + 2) throw new FileProblem(words.files.problem.lines(lines.length, MOST_ROWS));
  const first = lines.find((line) => line.trim() !== '' && !line.startsWith('#'));
  if (first === undefined) throw new FileProblem(words.files.problem.noNumbers);
  const separator = SEPARATORS.find(([, pattern]) => pattern.test(first.trim()))?.[1];
  if (!separator) throw new FileProblem(words.files.problem.oneColumn(first.slice(0, 40)));
  const cellsOf = (line: string) =>
    line
      .trim()
      .split(separator)
      .map((cell) => cell.trim());
  const heading = cellsOf(first);
  const named = heading.some((cell) => cell !== '' && Number.isNaN(numberOf(cell)));
  const width = heading.length;
  const rows: Row[] = [];
  const left: Table['left'] = [];
  let seen = false;
  lines.forEach((line, index) => {
    if (line.trim() === '' || line.startsWith('#')) return;
    if (!seen) {
      seen = true;
      if (named) return;
    }
    const cells = cellsOf(line);
    if (cells.length !== width) {
      left.push({ line: index + 1, why: words.files.problem.width(cells.length, width) });
      return;
    }
    rows.push({ line: index + 1, numbers: cells.map(numberOf) });
  });
  const names = named
    ? heading.map((cell) => cell.replace(/^"(.*)"$/, '$1'))
    : heading.map((_, i) => words.files.problem.column(i + 1));
  return tableOf(names, rows, left);
}

/** A row of numbers, and the line that it stands in. */
interface Row {
  line: number;
  numbers: number[];
}

/** Keeps the columns that are numbers in most rows, and the rows that are numbers in those. */
function tableOf(names: string[], rows: Row[], left: Table['left']): Table {
  const numeric = names.flatMap((_, column) => {
    const count = rows.reduce((sum, row) => sum + Number(Number.isFinite(row.numbers[column])), 0);
    return count > 0.5 * rows.length ? [column] : [];
  });
  if (numeric.length < 2) throw new FileProblem(words.files.problem.fewColumns(numeric.length, names.length));
  const good = rows.filter(({ line, numbers }) => {
    const bad = numeric.find((column) => !Number.isFinite(numbers[column]));
    if (bad === undefined) return true;
    left.push({ line, why: words.files.problem.noNumber(names[bad] ?? '') });
    return false;
  });
  const columns = numeric.map((column) => Float64Array.from(good, (row) => row.numbers[column] ?? NaN));
  return { names: numeric.map((column) => names[column] ?? ''), columns, left };
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const READERS: Record<string, [number, (view: DataView, at: number, little: boolean) => number]> = {
  f4: [4, (view, at, little) => view.getFloat32(at, little)],
  f8: [8, (view, at, little) => view.getFloat64(at, little)],
  i4: [4, (view, at, little) => view.getInt32(at, little)],
  i8: [8, (view, at, little) => Number(view.getBigInt64(at, little))],
  i2: [2, (view, at, little) => view.getInt16(at, little)],
  u1: [1, (view, at) => view.getUint8(at)],
};

/** True where bytes begin as a .npy file does. */
export const isNpy = (bytes: Uint8Array): boolean => MAGIC.every((byte, i) => bytes[i] === byte);

/** Reads an array of shape (rows, columns) of NumPy's format (numpy.lib.format, versions 1 to 3). */
export function readNpy(bytes: Uint8Array<ArrayBuffer>): Table {
  if (!isNpy(bytes)) throw new FileProblem(words.files.problem.notNpy);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const short = () => new FileProblem(words.files.problem.npyShort);
  if (bytes.length < 12) throw short();
  const [length, start] =
    (bytes[6] ?? 1) === 1 ? [view.getUint16(8, true), 10] : [view.getUint32(8, true), 12];
  if (start + length > bytes.length) throw short();
  const header = new TextDecoder().decode(bytes.subarray(start, start + length));
  const [, order = '', type = ''] = /'descr':\s*'([<>|=])([a-z]\d+)'/.exec(header) ?? [];
  const reader = READERS[type];
  if (!reader)
    throw new FileProblem(
      words.files.problem.npyKind(
        /'descr':\s*([^,]+)/.exec(header)?.[1]?.slice(0, 20) ?? words.files.problem.unknownKind,
      ),
    );
  const shape = (/'shape':\s*\(([^)]*)\)/.exec(header)?.[1] ?? '')
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map(Number);
  const [rows = 0, columns = 0] = shape;
  const whole = shape.every((side) => Number.isSafeInteger(side) && side >= 0);
  if (shape.length !== 2 || !whole || columns < 2 || columns > MOST_COLUMNS)
    throw new FileProblem(words.files.problem.npyShape(shape.join(', '), MOST_COLUMNS));
  if (rows > MOST_ROWS) throw new FileProblem(words.files.problem.npyRows(rows, MOST_ROWS));
  const [size, get] = reader;
  const from = start + length;
  if (!(rows * columns * size <= bytes.length - from)) throw short();
  const fortran = /'fortran_order':\s*True/.test(header);
  const little = order !== '>';
  const at = (row: number, column: number) =>
    from + size * (fortran ? column * rows + row : row * columns + column);
  const all = Array.from({ length: rows }, (_, row) => ({
    line: row + 1,
    numbers: Array.from({ length: columns }, (_, column) => get(view, at(row, column), little)),
  }));
  const names = Array.from({ length: columns }, (_, i) => words.files.problem.column(i + 1));
  return tableOf(names, all, []);
}
