/** Points from text: tables with any usual separator and decimal mark, JSON, and arrays as NumPy prints them. */

import Papa from 'papaparse';
import { cellsOf, dialectOf, evenBlanks, isHeading, type Dialect, type Separator } from './dialect';
import { message, type Message } from './message';
import { plainName } from './names';
import { NumberReader, type Mark } from './numbers';
import { MAX_COLUMNS, MAX_ROWS, problem } from './problem';
import { fromJson } from './json';
import { Rows } from './rows';
import { isSplit, partOf, partsOf } from '../tables/parts';
import { numericColumns, type Left, type Table } from './table';

const SEPARATED: Record<Separator, Message> = {
  '\t': message('separated', message('tabs')),
  ';': message('separated', message('semicolons')),
  '|': message('separated', message('bars')),
  ',': message('separated', message('commas')),
  ' ': message('separated', message('blanks')),
};

const COMMENT = /^[ \t]*#.*$/gm;

/** Reads text, with that decimal mark where a person has said which; lines that are not points are left out and named, a table without two columns of numbers is refused. */
export function readText(source: string, mark: Mark | null = null): Table {
  const text = source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  if (/^\s*[[{]/.test(text)) {
    const table = fromJson(text);
    if (table) return table;
  }
  // An array as Python prints it: its brackets part nothing that blanks and commas do not.
  const printed = /^\s*(?:array\()?\s*\[/.test(text);
  return readTable(
    printed ? text.replace(/array\(|dtype=\w+|[[\]()]/g, ' ').replace(/,\s*$/gm, '') : text,
    mark,
  );
}

function readTable(text: string, said: Mark | null): Table {
  const all = text.split('\n');
  if (all.length > MAX_ROWS + 2) throw problem('lines', all.length, MAX_ROWS);
  const isComment = (line: string) => /^[ \t]*#/.test(line);
  const judged: string[] = [];
  for (const line of all) {
    if (judged.length >= 1000) break;
    if (line.trim() !== '' && !isComment(line)) judged.push(line);
  }
  const [firstLine] = judged;
  if (firstLine === undefined) throw problem('noNumbers');
  const dialect = dialectOf(judged, said);
  const { separator, width } = dialect;
  if (width < 2) throw problem('oneColumn', firstLine.trim().slice(0, 40));
  if (width > MAX_COLUMNS) throw problem('columns', width, MAX_COLUMNS);

  const bare = text.replace(COMMENT, '');
  const { rows, left, heading, reader, codes } = gather(separator === ' ' ? evenBlanks(bare) : bare, dialect);
  const comment = heading ? null : commentHeading(all, dialect);
  const names = heading ?? comment?.names ?? [];
  const named = Array.from({ length: width }, (_, i) => plainName(names[i] ?? ''));

  const reading = [SEPARATED[separator], ...reader.examples];
  if (comment) reading.push(message('commentNames', comment.line));
  const numeric = numericColumns(width, rows.length, (column) => rows.finite(column));
  const index = numeric.length > 2 ? numeric.find((column) => isIndex(named, rows, column)) : undefined;
  if (index !== undefined) reading.push(message('index', index + 1));
  const columns = numeric.filter((column) => column !== index);
  return tableOf(
    columns.map((i) => named[i] ?? null),
    columns,
    rows,
    left,
    codes.length > 0 ? partsOf(Uint8Array.from(codes)) : null,
    reading,
    dialect.doubtful || said ? dialect.mark : null,
  );
}

/** A table of some columns of rows; those with a name come first where there is a choice. */
function tableOf(
  names: (string | null)[],
  columns: readonly number[],
  rows: Rows,
  left: Left[],
  parts: Uint8Array<ArrayBuffer> | null,
  reading: Message[],
  mark: Mark | null,
): Table {
  const order = names.map((_, i) => i).sort((a, b) => Number(names[a] === null) - Number(names[b] === null));
  return {
    names,
    first: [order[0] ?? 0, order[1] ?? 1],
    rows: rows.length,
    column: (index) => rows.column(columns[index] ?? -1),
    line: (row) => rows.line(row),
    left,
    parts,
    reading,
    mark,
  };
}

interface Gathered {
  rows: Rows;
  left: Left[];
  heading: string[] | null;
  /** What each row is for, where a column says so. */
  codes: number[];
  reader: NumberReader;
}

/** Reads the numbers of all rows, one after the other, so that the text's cells are never all there at once. */
function gather(text: string, dialect: Dialect): Gathered {
  const { separator, mark, width } = dialect;
  const gathered: Gathered = {
    rows: new Rows(width),
    left: [],
    heading: null,
    codes: [],
    reader: new NumberReader(mark),
  };
  const { rows, left, codes, reader } = gathered;
  let line = 1;
  let open = false;
  let split = -1;
  const take = (raw: string[]) => {
    const at = line;
    line += 1;
    for (const cell of raw) if (cell.includes('\n')) line += cell.split('\n').length - 1;
    if (raw.length === 1 && raw[0]?.trim() === '') return;
    const cells = raw.map((cell) => cell.trim());
    const first = rows.length === 0 && gathered.heading === null;
    // A program that names its rows, as R does, has no name for the column of those names.
    if (first && width > 2 && cells.length === width - 1 && isHeading(['', ...cells], dialect)) {
      gathered.heading = ['', ...cells];
      split = gathered.heading.findIndex(isSplit);
      return;
    }
    if (cells.length !== width) {
      left.push({ line: at, why: message('width', cells.length, width) });
      return;
    }
    if (first && isHeading(cells, dialect)) {
      gathered.heading = cells;
      split = cells.findIndex(isSplit);
      return;
    }
    const to = rows.add(at);
    if (split >= 0) codes.push(partOf(cells[split] ?? ''));
    for (let i = 0; i < width; i++) to[i] = reader.read(cells[i] ?? '');
  };
  const config = { delimiter: separator, newline: '\n' } as const;
  Papa.parse<string[]>(text, {
    ...config,
    step: ({ data, errors }, parser) => {
      open = errors.some(({ code }) => code === 'MissingQuotes');
      if (open) parser.abort();
      else take(data);
    },
  });
  if (!open) return gathered;
  // A quote that nobody closes is a letter like others: from its line on every line is a row.
  const rest = text
    .split('\n')
    .slice(line - 1)
    .join('\n');
  Papa.parse<string[]>(rest, { ...config, quoteChar: '\u0001', step: ({ data }) => take(data) });
  return gathered;
}

/** The names in a comment before the first row, as NumPy's `savetxt` writes them. */
function commentHeading(
  lines: readonly string[],
  dialect: Dialect,
): { names: string[]; line: number } | null {
  const first = lines.findIndex((line) => line.trim() !== '' && !/^[ \t]*#/.test(line));
  for (let at = first - 1; at >= 0; at--) {
    const text = /^[ \t]*#+(.*)$/.exec(lines[at] ?? '')?.[1] ?? '';
    const [names = []] = cellsOf(dialect.separator === ' ' ? evenBlanks(text) : text, dialect.separator);
    if (names.length === dialect.width && isHeading(names, dialect)) return { names, line: at + 1 };
  }
  return null;
}

/** Whether a column without a name only counts the rows, while others have names. */
function isIndex(names: readonly (string | null)[], rows: Rows, column: number): boolean {
  const name = names[column] ?? null;
  if (names.every((one) => one === null) || !(name === null || /^unnamed: ?0$/i.test(name))) return false;
  const values = rows.column(column);
  if (values[0] !== 0 && values[0] !== 1) return false;
  return values.every((value, i) => Number.isInteger(value) && (i === 0 || value > (values[i - 1] ?? NaN)));
}
