import { scaleLinear, scaleLog } from 'd3-scale';
import { expect, test } from 'vitest';
import { axis, ticks } from './axis';

test('ticks are round and inside', () => {
  expect(ticks(axis([-1.5, 2.5], [0, 300]), 4)).toEqual([-1, 0, 1, 2]);
  expect(ticks(axis([0, 1], [0, 300]), 4)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(ticks(axis([-0.3, 0.3], [0, 300]), 3)).toEqual([-0.2, 0, 0.2]);
});

test('on a logarithmic axis they are powers of ten, or of two where those are few, or round values', () => {
  expect(ticks(axis([0.02, 200], [0, 300], true), 5)).toEqual([0.1, 1, 10, 100]);
  expect(ticks(axis([1, 32], [0, 300], true), 6)).toEqual([1, 2, 4, 8, 16, 32]);
  expect(ticks(axis([2.1, 2.9], [0, 300], true), 4)).toEqual([2.2, 2.4, 2.6, 2.8]);
  expect(ticks(axis([1e-9, 1e6], [0, 300], true), 5).length).toBeLessThan(9);
});

test('an axis of one value has a place for it', () => {
  expect(axis([3, 3], [10, 110])(3)).toBe(60);
});

/** Numbers that look like chance, the same in every run. */
function* chance(): Generator<number, never> {
  for (let state = 1; ; state = (state * 48271) % 2147483647) yield state / 2147483647;
}

test('scales and ticks are those of d3', () => {
  const draws = chance();
  const next = () => draws.next().value;
  for (let i = 0; i < 500; i++) {
    const from = (next() - 0.5) * 10 ** Math.floor(12 * next() - 6);
    const domain: [number, number] = [from, from + next() * 10 ** Math.floor(12 * next() - 6)];
    const own = axis(domain, [10, 310]);
    const theirs = scaleLinear(domain, [10, 310]);
    expect(ticks(own, 2 + (i % 7)), String(domain)).toEqual(theirs.ticks(2 + (i % 7)));
    const value = from + next();
    expect(own(value)).toBeCloseTo(theirs(value), 6);
    expect(own.invert(77)).toBeCloseTo(theirs.invert(77), 6);
  }
  for (let i = 0; i < 500; i++) {
    const least = 10 ** (12 * next() - 6);
    const domain: [number, number] = [least, least * (1 + 10 ** (5 * next() - 1))];
    const own = axis(domain, [10, 310], true);
    const theirs = scaleLog(domain, [10, 310]).base(own.base ?? 10);
    const isPower = (value: number) => {
      const exponent = Math.log(value) / Math.log(own.base ?? 10);
      return Math.abs(exponent - Math.round(exponent)) < 1e-9;
    };
    const all = theirs.ticks(2 + (i % 7));
    const powers = all.filter(isPower);
    const shown = powers.length > 1 ? powers : all;
    const marks = ticks(own, 2 + (i % 7));
    expect(marks.length, String(domain)).toBe(shown.length);
    for (const [at, value] of shown.entries()) expect((marks[at] ?? 0) / value).toBeCloseTo(1, 9);
    expect(own(2 * least)).toBeCloseTo(theirs(2 * least), 6);
    expect(own.invert(77) / theirs.invert(77)).toBeCloseTo(1, 9);
  }
});
