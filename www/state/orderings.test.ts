import { expect, test } from 'vitest';
import {
  allOrderings,
  another,
  asInTable,
  byCorrelation,
  byResidual,
  chance,
  correlation,
  shuffled,
  someOrderings,
} from './orderings';

const sorted = (ordering: readonly number[]) => [...ordering].sort((a, b) => a - b);

test('a shuffle has each variable once, and a seed decides it', () => {
  const random = chance(7);
  const [first, second] = [shuffled(64, random), shuffled(64, random)];
  expect(sorted(first)).toEqual(asInTable(64));
  expect(second).not.toEqual(first);
  expect(shuffled(64, chance(7))).toEqual(first);
});

test('all orderings of three are as likely as each other', () => {
  const random = chance(1);
  const counts = new Map<string, number>();
  for (let i = 0; i < 6000; i++) {
    const key = shuffled(3, random).join();
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  expect(counts.size).toBe(6);
  // Five standard deviations of a count around 1,000.
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
});

test('another one is never the one before', () => {
  const random = chance(3);
  for (let i = 0; i < 20; i++) expect(another([0, 1], random)).toEqual([1, 0]);
});

test('all orderings, and some', () => {
  expect([2, 3, 4].map((count) => allOrderings(count).length)).toEqual([2, 6, 24]);
  expect(new Set(allOrderings(4).map(String)).size).toBe(24);
  const some = someOrderings([4, 3, 2, 1, 0], 32, 5);
  expect(some[0]).toEqual([4, 3, 2, 1, 0]);
  expect(new Set(some.map(String)).size).toBe(32);
  for (const ordering of some) expect(sorted(ordering)).toEqual([0, 1, 2, 3, 4]);
});

test('correlations', () => {
  const points = [1, 2, 5, 2, 4, 5, 3, 6, 5, 4, 8, 5];
  expect(correlation(points, 3, 0, 1)).toBeCloseTo(1, 12);
  expect(
    correlation(
      points.map((v, i) => (i % 3 === 1 ? -v : v)),
      3,
      0,
      1,
    ),
  ).toBeCloseTo(-1, 12);
  expect(correlation(points, 3, 0, 2)).toBe(0);
});

test('by correlation what says most of the others comes first', () => {
  const random = chance(11);
  const points: number[] = [];
  for (let row = 0; row < 2000; row++) {
    const [hub, a, b, own] = [random(), random(), random(), random()];
    // Variable 2 is in 0 and, less, in 3; 1 is by itself.
    points.push(-hub + 0.3 * a, own, hub, hub + 0.8 * b);
  }
  expect(byCorrelation(points, 4)).toEqual([2, 0, 3, 1]);
  expect(byCorrelation([], 3)).toEqual([0, 1, 2]);
});

test('by residual what those before leave the least of comes next', () => {
  const random = chance(5);
  const points: number[] = [];
  for (let row = 0; row < 4000; row++) {
    const [a, b, own, c, d] = [random(), random(), random(), random(), random()];
    // The last is the sum of two others and hardly anything else: no single correlation says so, a regression does. 1 follows the first.
    points.push(a, a + 0.6 * c, b, own, a + b + 0.01 * d);
  }
  const ordering = byResidual(points, 5);
  expect(ordering[0]).toBe(4);
  // Given the sum and one of its parts the other part is known.
  const [first, second] = [0, 2].sort((x, y) => ordering.indexOf(x) - ordering.indexOf(y));
  expect(ordering.indexOf(second ?? -1)).toBe(ordering.indexOf(first ?? -1) + 1);
  expect(ordering.at(-1)).toBe(3);
  expect(byResidual([], 3)).toEqual([0, 1, 2]);
  // A copy is fully explained.
  const twice = Array.from({ length: 300 }, (_, i) => [Math.sin(i), Math.cos(i * i), 2 * Math.sin(i)]).flat();
  expect(byResidual(twice, 3)).toEqual([0, 2, 1]);
});
