import { expect, test } from 'vitest';
import { rounded, waterfall } from './waterfall';

test('each bar begins where the one before it ends', () => {
  const { zero, falls } = waterfall([-3, 1, -2]);
  expect(zero).toBe(100);
  expect(falls).toEqual([
    { from: 25, length: 75, to: 25 },
    { from: 25, length: 25, to: 50 },
    { from: 0, length: 50, to: 0 },
  ]);
  expect(waterfall([1, NaN]).falls).toEqual([]);
  expect(waterfall([0, 0]).falls).toHaveLength(2);
});

test('what is shown adds up exactly, and nothing is off by a unit of the last decimal', () => {
  for (let n = 1; n < 40; n++) {
    const terms = Array.from({ length: n }, (_, i) => 3 * Math.sin(12.9898 * (i + 1) * n));
    const shown = rounded(terms, 3);
    const whole = (value: number) => Math.round(1000 * value);
    expect(shown.terms.reduce((all, term) => all + whole(term), 0)).toBe(whole(shown.total));
    expect(Math.abs(shown.total - terms.reduce((all, term) => all + term, 0))).toBeLessThanOrEqual(0.0005001);
    for (const [i, term] of shown.terms.entries())
      expect(Math.abs(term - (terms[i] ?? 0))).toBeLessThan(0.001);
  }
  expect(rounded([1, -Infinity], 3).total).toBe(-Infinity);
});
