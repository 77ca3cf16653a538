import { expect, test } from 'vitest';
import {
  histogram,
  logDensity,
  meanLogDensity,
  meanRadius,
  oddness,
  radiusDensity,
  spreadOfLogDensity,
} from './shell';

const CELLS = 20_000;
/** Over the density of the radius, by the midpoint rule. */
function mean(dim: number, of: (radius: number) => number): number {
  const [most, width] = [20, 20 / CELLS];
  let sum = 0;
  for (let r = width / 2; r < most; r += width) sum += width * radiusDensity(dim, r) * of(r);
  return sum;
}

test.each([1, 2, 3, 10, 64])('closed forms are integrals over the radius, D = %i', (dim) => {
  expect(mean(dim, () => 1)).toBeCloseTo(1, 5);
  expect(mean(dim, (r) => r)).toBeCloseTo(meanRadius(dim), 5);
  expect(mean(dim, (r) => logDensity(dim, r))).toBeCloseTo(meanLogDensity(dim), 4);
  const variance = mean(dim, (r) => (logDensity(dim, r) - meanLogDensity(dim)) ** 2);
  expect(Math.sqrt(variance)).toBeCloseTo(spreadOfLogDensity(dim), 4);
});

test('the mode is the densest place, and of many variables a stranger', () => {
  for (const dim of [2, 16, 64]) expect(logDensity(dim, 0)).toBeGreaterThan(logDensity(dim, meanRadius(dim)));
  expect(oddness(2, 0)).toBeCloseTo(1, 12);
  expect(oddness(64, 0)).toBeCloseTo(Math.sqrt(32), 12);
  expect(oddness(64, 8)).toBeLessThan(0.01);
});

test('a histogram is a density', () => {
  const { x, y } = histogram([0.1, 0.2, 0.6, NaN, 9], 0, 1, 2);
  expect(x).toEqual([0.25, 0.75]);
  expect(y).toEqual([1, 0.5]);
});
