import { expect, test } from 'vitest';
import { BOUND, knotsOf, moved, numbersOf, slopeAt, SLOPES, STRAIGHT } from './curve';

test('a knot stays between its neighbours, so that the curve rises', () => {
  for (const [u, x] of [
    [9, 9],
    [-9, -9],
    [9, -9],
    [0.3, 0.2],
  ] as const)
    for (let at = 0; at < STRAIGHT.length; at++) {
      const knots = moved(STRAIGHT, at, u, x);
      const all = [{ u: -BOUND, x: -BOUND }, ...knots, { u: BOUND, x: BOUND }];
      for (let i = 1; i < all.length; i++) {
        expect(all[i]?.u).toBeGreaterThan(all[i - 1]?.u ?? NaN);
        expect(all[i]?.x).toBeGreaterThan(all[i - 1]?.x ?? NaN);
      }
    }
});

test('a slope that nobody set fits the neighbours', () => {
  for (let at = 0; at < STRAIGHT.length; at++) expect(slopeAt(STRAIGHT, at)).toBeCloseTo(1, 12);
  const bent = moved(STRAIGHT, 2, 0, 0.8);
  // Between the slopes of both lines, 1.8 and 0.2.
  expect(slopeAt(bent, 2)).toBeCloseTo(1 / ((1 / 1.8 + 1 / 0.2) / 2), 12);
  const steep = moved(STRAIGHT, 2, 0, 0.9999);
  expect(slopeAt(steep, 2)).toBeGreaterThanOrEqual(SLOPES[0]);
});

test('the core’s numbers come back as they went', () => {
  const numbers = numbersOf(moved(STRAIGHT, 1, -0.7, -1.4));
  expect(numbersOf(knotsOf(numbers))).toEqual(numbers);
});
