/** Numbers as people write them. */

import { message, type Message } from './message';

/** What parts a number's whole from its fraction. */
export type Mark = 'point' | 'comma';

/** What Unicode has for a minus: U+2212, and the dashes and wide forms that programs for texts put in its place. */
const MINUS = /^[\u2212\u2013\ufe63\uff0d]|(?<=[eE])[\u2212\u2013\ufe63\uff0d]/g;
/** Blanks and apostrophes between groups of three digits. */
const GROUPS = /(?<=\d)[\u00a0\u2009\u202f'\u2019](?=\d{3}(?!\d))/g;

const EXPONENT = '(?:[eEdD][+-]?\\d+)?';
const FORMS: Record<Mark, RegExp> = {
  point: new RegExp(`^[+-]?(?:[1-9]\\d{0,2}(?:,\\d{3})+(?:\\.\\d*)?|\\d+\\.?\\d*|\\.\\d+)${EXPONENT}$`),
  comma: new RegExp(`^[+-]?(?:[1-9]\\d{0,2}(?:\\.\\d{3})+(?:,\\d*)?|\\d+,?\\d*|,\\d+)${EXPONENT}$`),
};
/** What JavaScript reads without more ado, and everybody reads alike. */
const PLAIN = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Cells that stand for a value that is missing. */
export const isMissing = (cell: string): boolean =>
  /^(?:|-|\?|n\/?a|nan|null|none|missing|[+-]?inf(?:inity)?|#n\/a)$/i.test(cell);

/** Reads cells with one decimal mark, and remembers an example of each form that could be taken for another. */
export class NumberReader {
  readonly #mark: Mark;
  readonly #examples = new Map<string, Message>();

  constructor(mark: Mark) {
    this.#mark = mark;
  }

  /** The number in a cell, without blanks around it; NaN where there is none. */
  read(cell: string): number {
    if (this.#mark === 'point' && PLAIN.test(cell)) return Number(cell);
    const text = cell.replace(MINUS, '-');
    const whole = text.replace(GROUPS, '');
    const share = whole.endsWith('%');
    const bare = share ? whole.slice(0, -1).trimEnd() : whole;
    if (!FORMS[this.#mark].test(bare)) return NaN;
    const plain =
      this.#mark === 'point' ? bare.replaceAll(',', '') : bare.replaceAll('.', '').replace(',', '.');
    const value = Number(plain.replace(/d/i, 'e')) / (share ? 100 : 1);
    const form = share ? '%' : whole === text ? /[.,]/.exec(bare)?.[0] : 'groups';
    // A whole number and one with a decimal point are read by everybody alike.
    const plainly = form === undefined || (form === '.' && this.#mark === 'point');
    if (!plainly && !this.#examples.has(form))
      this.#examples.set(form, message('readAs', cell, String(value)));
    return value;
  }

  /** How cells were read that somebody else may read otherwise: an example of each form. */
  get examples(): Message[] {
    return [...this.#examples.values()];
  }
}
