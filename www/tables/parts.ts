/** What the rows of a table are for, where a column of it says so. */

/** The name of such a column, in letters of any size. */
export const SPLIT = 'split';

const NAMES = ['train', 'validation', 'test'];

/** What is none of them. */
export const NO_PART = 255;

/** 0, 1 or 2 for train, validation and test, as the core counts them; else {@link NO_PART}. */
export function partOf(cell: string): number {
  const place = NAMES.indexOf(cell.trim().toLowerCase());
  return place < 0 ? NO_PART : place;
}

/** Whether a column is called so. */
export const isSplit = (name: string | null): boolean => name?.trim().toLowerCase() === SPLIT;

/** What a column says of the rows, where most of its cells say something; else it is a column like others: null. */
export function partsOf(codes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | null {
  let said = 0;
  for (const code of codes) said += Number(code !== NO_PART);
  return 2 * said > codes.length ? codes : null;
}
