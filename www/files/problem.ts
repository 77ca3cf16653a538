import { words } from '../i18n';

/** A file that can't be taken, with a sentence that says what is wrong, where, and what to do. */
export class FileProblem extends Error {}

/** Bytes of a file at most: beyond it a mistake, not a wish. */
export const MOST_BYTES = 32 * 2 ** 20;

/** Columns of an array at most: two of them are chosen from a list. */
export const MOST_COLUMNS = 1000;

/** Rows of a table at most. */
export const MOST_ROWS = 1_000_000;

/** Refuses a file by its size alone. */
export function checkSize(bytes: number): void {
  if (bytes === 0) throw new FileProblem(words.files.problem.empty);
  if (bytes > MOST_BYTES)
    throw new FileProblem(words.files.problem.size(Math.round(bytes / 2 ** 20), MOST_BYTES / 2 ** 20));
}
