import { expect, test } from 'vitest';
import { spans } from './bars';

test('bars begin at zero, and negative ones end there', () => {
  expect(spans([3, -1])).toEqual({
    zero: 25,
    bars: [
      { from: 25, length: 75 },
      { from: 0, length: 25 },
    ],
  });
  expect(spans([2, 1])).toEqual({
    zero: 0,
    bars: [
      { from: 0, length: 100 },
      { from: 0, length: 50 },
    ],
  });
  expect(spans([-2]).zero).toBe(100);
});

test('what is no number, or beyond all numbers, stretches nothing', () => {
  expect(spans([Infinity, 1]).bars).toEqual([
    { from: 0, length: 100 },
    { from: 0, length: 100 },
  ]);
  expect(spans([0]).bars).toEqual([{ from: 0, length: 0 }]);
});
