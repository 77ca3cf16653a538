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
