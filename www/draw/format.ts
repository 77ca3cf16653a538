/** Numbers as people read them: as many digits as are known, and no more. */

const MINUS = '−';
const signed = (text: string) => text.replace('-', MINUS);

/** A value whose standard error is known: rounded to the error's first digit, at most four decimals. */
export function withError(value: number, error: number): { value: string; error: string } {
  if (!Number.isFinite(value)) return { value: '–', error: '–' };
  const first = error > 0 && Number.isFinite(error) ? -Math.floor(Math.log10(error)) : 3;
  if (Math.abs(value) >= 1000) return { value: signed(count(value)), error: count(error) };
  const decimals = Math.min(4, Math.max(1, first));
  return { value: signed(value.toFixed(decimals)), error: error.toFixed(decimals) };
}

/** 1,240 */
export function count(value: number): string {
  return Math.round(value).toLocaleString('en');
}

/** A number on an axis or a legend: three digits, no trailing zeros. */
export function plain(value: number): string {
  if (Math.abs(value) >= 1e4) return signed(value.toExponential(0).replace('e+', 'e'));
  return signed(String(Number(value.toPrecision(3))));
}

/** A share of 1 as percent: two digits, never more than a tenth of a percent. */
export function percent(share: number): string {
  const value = 100 * share;
  return `${value >= 9.95 ? value.toFixed(0) : value.toFixed(1)} %`;
}
