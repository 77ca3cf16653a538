/** Numbers as people read them, in the page's language: as many digits as are known, and no more. */

import { words } from './locale';

const MINUS = '−';
const written = (text: string) => text.replaceAll('-', MINUS).replace('.', words.decimal);

/** A value with so many decimals. */
export const fixed = (value: number, decimals: number): string => written(value.toFixed(decimals));

/** A value with so many digits that count, no trailing zeros. */
export const precise = (value: number, digits: number): string =>
  written(String(Number(value.toPrecision(digits))));

/** A value with its power of ten: 3.2e−7. */
export const scientific = (value: number, decimals: number): string => written(value.toExponential(decimals));

/** A value whose standard error is known: rounded to the error's first digit, at most four decimals. */
export function withError(value: number, error: number): { value: string; error: string } {
  if (!Number.isFinite(value)) return { value: '–', error: '–' };
  const first = error > 0 && Number.isFinite(error) ? -Math.floor(Math.log10(error)) : 3;
  if (Math.abs(value) >= 1000) return { value: count(value), error: count(error) };
  const decimals = Math.min(4, Math.max(1, first));
  return { value: fixed(value, decimals), error: fixed(error, decimals) };
}

/** 1,240 */
export function count(value: number): string {
  return Math.round(value).toLocaleString(words.locale).replace('-', MINUS);
}

/** A number on an axis or a legend: three digits, no trailing zeros. */
export function plain(value: number): string {
  if (Math.abs(value) >= 1e4) return written(value.toExponential(0).replace('e+', 'e'));
  return precise(value, 3);
}

/** A share of 1 as percent: two digits, never more than a tenth of a percent. */
export function percent(share: number): string {
  const value = 100 * share;
  return `${fixed(value, value >= 9.95 ? 0 : 1)} %`;
}

/** Values of a point or a list: (0.50, −1.20). In a language whose decimals have a comma, semicolons part them. */
export const list = (values: readonly string[]): string => values.join(words.decimal === ',' ? '; ' : ', ');
