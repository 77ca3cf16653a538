/** How a table of text is to be read: what parts its columns, and what is a decimal mark. */

import Papa from 'papaparse';
import { isMissing, NumberReader, type Mark } from './numbers';

export type Separator = '\t' | ';' | '|' | ',' | ' ';

export interface Dialect {
  separator: Separator;
  mark: Mark;
  width: number;
  /** The columns that are numbers in most of the first lines. */
  numeric: number[];
  /** The other mark makes as many numbers of the text, and others: nobody can know which is meant. */
  doubtful: boolean;
}

/** In the order in which they are believed where two explain a text equally well. */
const SEPARATORS: readonly Separator[] = ['\t', ';', '|', ',', ' '];

/** Lines by which a text is judged. */
const JUDGED = 200;

/** The cells of lines, without blanks around them; quotes that are never closed are letters like others. */
export function cellsOf(text: string, separator: Separator): string[][] {
  const config = { delimiter: separator, newline: '\n' } as const;
  const { data, errors } = Papa.parse<string[]>(text, config);
  const open = errors.some(({ code }) => code === 'MissingQuotes');
  const cells = open ? Papa.parse<string[]>(text, { ...config, quoteChar: '\u0001' }).data : data;
  return cells.map((row) => row.map((cell) => cell.trim()));
}

/** Blanks that part columns: one between two cells, none at the ends of a line. */
export const evenBlanks = (text: string): string => text.replace(/[ \t]+/g, ' ').replace(/^ | $/gm, '');

/** The number of cells that most rows have; of two that are as frequent the larger. */
function widthOf(rows: readonly string[][]): number {
  const counts = new Map<number, number>();
  for (const { length } of rows) counts.set(length, (counts.get(length) ?? 0) + 1);
  const [[width = 0] = []] = [...counts].sort(([a, m], [b, n]) => n - m || b - a);
  return width;
}

/**
 * The separator and the mark that make numbers of the largest share of a text's columns. `lines` are neither empty nor comments. Where a
 * comma may be either mark, a table with semicolons has decimal commas, since that is what semicolons are for, and others have thousands.
 * `said`: the mark, where a person has said it.
 */
export function dialectOf(lines: readonly string[], said: Mark | null = null): Dialect {
  const text = lines.slice(0, JUDGED).join('\n');
  let best: Dialect = { separator: ',', mark: 'point', width: 1, numeric: [], doubtful: false };
  let most = -1;
  for (const separator of SEPARATORS) {
    const rows = cellsOf(separator === ' ' ? evenBlanks(text) : text, separator);
    const width = widthOf(rows);
    if (width < 2) continue;
    const whole = rows.filter(({ length }) => length === width);
    // The first one may be a heading.
    const data = whole.length > 1 ? whole.slice(1) : whole;
    const marks: readonly Mark[] =
      separator === ';' && text.includes(',') ? ['comma', 'point'] : ['point', 'comma'];
    for (const mark of said ? [said] : marks) {
      const reader = new NumberReader(mark);
      const numeric = Array.from({ length: width }, (_, column) => column).filter((column) => {
        const count = data.filter((row) => Number.isFinite(reader.read(row[column] ?? ''))).length;
        return count > 0.5 * data.length;
      });
      const share = (numeric.length / width) * (whole.length / rows.length);
      const score = numeric.length < 2 ? 0.001 * numeric.length : share;
      if (score <= most) continue;
      most = score;
      best = { separator, mark, width, numeric, doubtful: isDoubtful(whole, numeric, mark) };
    }
  }
  return best;
}

/** Whether all numbers of some columns are numbers with the other mark too, and not the same ones. */
function isDoubtful(rows: readonly string[][], columns: readonly number[], mark: Mark): boolean {
  const [one, other] = [new NumberReader(mark), new NumberReader(mark === 'point' ? 'comma' : 'point')];
  let differ = false;
  for (const row of rows)
    for (const column of columns) {
      const cell = row[column] ?? '';
      const [a, b] = [one.read(cell), other.read(cell)];
      if (Number.isFinite(a) && !Number.isFinite(b)) return false;
      differ ||= Number.isFinite(a) && a !== b;
    }
  return differ;
}

/** Whether a row names the columns: where numbers would stand are more words than numbers. */
export function isHeading(row: readonly string[], { mark, numeric }: Dialect): boolean {
  const reader = new NumberReader(mark);
  const present = numeric.map((column) => row[column] ?? '').filter((cell) => !isMissing(cell));
  const names = present.filter((cell) => Number.isNaN(reader.read(cell)));
  return 2 * names.length > present.length;
}
