/** Numbers as people read them, in the page's language: as many digits as are known, and no more. */

import { words } from './locale';

const MINUS = '−';
const written = (text: string) => text.replaceAll('-', MINUS).replace('.', words.decimal);

/** A number as `text` writes it; one that is beyond all numbers is a word. */
const number = (value: number, text: () => string): string =>
  Number.isFinite(value) || Number.isNaN(value) ? text() : value > 0 ? words.infinite : words.minusInfinite;

/** A value with so many decimals. */
export const fixed = (value: number, decimals: number): string =>
  number(value, () => written(value.toFixed(decimals)));

/** A value with so many digits that count, no trailing zeros. */
export const precise = (value: number, digits: number): string =>
  number(value, () => written(String(Number(value.toPrecision(digits)))));

/** A value with its power of ten: 3.2e−7, 1e9. */
export const scientific = (value: number, decimals: number): string =>
  number(value, () => written(value.toExponential(decimals).replace('e+', 'e')));

/** What was measured, as people read it. */
export interface Measured {
  /** The value: a number, a dash where there is none yet, or the word for one that is beyond all numbers. */
  value: string;
  /** Its standard error; null where none can be given. */
  error: string | null;
  /** What the value is: of one that is none there is neither a unit nor an error. */
  is: 'number' | 'infinite' | 'missing';
}

/** From here on a value is told by its power of ten: what a model says of a point that it never learned may have hundreds of digits. */
const HUGE = 1e6;

/** Decimals of a value whose error nobody knows: few, since they may all be chance. */
const UNKNOWN = 2;

/** A value rounded to its standard error's first digit, at most four decimals. */
export function withError(value: number, error: number | null): Measured {
  if (Number.isNaN(value)) return { value: '–', error: null, is: 'missing' };
  if (!Number.isFinite(value)) return { value: fixed(value, 0), error: null, is: 'infinite' };
  const known = error !== null && Number.isFinite(error) ? error : null;
  const write = (decimals: number): Measured => {
    const of = (one: number) =>
      Math.abs(value) >= HUGE
        ? scientific(one, 1)
        : Math.abs(value) >= 1000
          ? count(one)
          : fixed(one, decimals);
    return { value: of(value), error: known === null ? null : of(known), is: 'number' };
  };
  if (known === null) return write(UNKNOWN);
  return write(known > 0 ? Math.min(4, Math.max(1, -Math.floor(Math.log10(known)))) : 3);
}

/** 1,240 */
export function count(value: number): string {
  return number(value, () => Math.round(value).toLocaleString(words.locale).replace('-', MINUS));
}

/** A number on an axis or a legend: three digits, no trailing zeros. */
export function plain(value: number): string {
  if (Number.isFinite(value) && Math.abs(value) >= 1e4)
    return written(value.toExponential(0).replace('e+', 'e'));
  return precise(value, 3);
}

/** A share of 1 as percent: two digits, never more than a tenth of a percent. */
export function percent(share: number): string {
  const value = 100 * share;
  return `${fixed(value, value >= 9.95 ? 0 : 1)} %`;
}

/** Values of a point or a list: (0.50, −1.20). In a language whose decimals have a comma, semicolons part them. */
export const list = (values: readonly string[]): string => values.join(words.decimal === ',' ? '; ' : ', ');
