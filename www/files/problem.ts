import { message, type Message, type ValuesOf } from './message';

/** A file that can't be taken, with a message that says what is wrong, where, and what to do. */
export class FileProblem extends Error {
  readonly said: Message;

  constructor(said: Message) {
    super(said.key);
    this.said = said;
  }
}

/** Refuses a file: `throw problem('empty')`. */
export const problem = <K extends Message['key']>(key: K, ...values: ValuesOf<K>): FileProblem =>
  new FileProblem(message(key, ...values));

/** Bytes of a file at most: beyond it a mistake, not a wish. */
export const MAX_BYTES = 32 * 2 ** 20;

/** Bytes of all arrays of an archive at most, once they are inflated. */
export const MAX_INFLATED = 4 * MAX_BYTES;

/** Columns of a table at most: two of them are chosen from a list. */
export const MAX_COLUMNS = 1000;

/** Rows of a table at most. */
export const MAX_ROWS = 1_000_000;

/** Numbers of a table at most: a text of the largest size has no more. */
export const MAX_NUMBERS = MAX_BYTES / 2;

const MEBIBYTE = 2 ** 20;

/** Refuses a file by its size alone. */
export function checkSize(bytes: number): void {
  if (bytes === 0) throw problem('empty');
  if (bytes > MAX_BYTES) throw problem('size', Math.round(bytes / MEBIBYTE), MAX_BYTES / MEBIBYTE);
}
