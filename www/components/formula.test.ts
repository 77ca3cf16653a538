import { expect, test } from 'vitest';
import { abbreviated } from './formula';

test('few are written out; of many the first ones and the last', () => {
  expect(abbreviated([0, 1], 2)).toEqual([0, 1]);
  expect(abbreviated([0, 1, 2], 1)).toEqual([0, 1, 2]);
  expect(abbreviated([0, 1, 2, 3], 1)).toEqual([0, null, 3]);
  expect(abbreviated([3, 1, 2, 0, 4], 2)).toEqual([3, 1, null, 4]);
});
