import { expect, test } from 'vitest';
import { moved, placeAt } from './places';

test('the card under the pointer, on wrapped lines too', () => {
  const box = (left: number, top: number) => ({ left, top, width: 80, height: 30 });
  const lines = [box(0, 0), box(84, 0), box(168, 0), box(0, 34), box(84, 34)];
  expect(placeAt(lines, 40, 10)).toBe(0);
  expect(placeAt(lines, 90, 40)).toBe(4);
  // Past the ends, and beside the last line.
  expect(placeAt(lines, -50, 10)).toBe(0);
  expect(placeAt(lines, 400, 45)).toBe(4);
  expect(placeAt(lines, 240, 100)).toBe(4);
  expect(placeAt(lines, 240, -20)).toBe(2);
  expect(placeAt([], 0, 0)).toBe(-1);
});

test('what is moved leaves the others in their order', () => {
  expect(moved([0, 1, 2, 3], 0, 2)).toEqual([1, 2, 0, 3]);
  expect(moved([0, 1, 2, 3], 3, 0)).toEqual([3, 0, 1, 2]);
  expect(moved([0, 1], 1, 1)).toEqual([0, 1]);
});
