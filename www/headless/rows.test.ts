import { expect, it } from 'vitest';
import { flat, rowsOf, tableOf } from './rows';

it('the crate knows the same rows by the same hash', () => {
  // src/density_model/fit.rs has it, too.
  expect(
    tableOf([
      [1, 2.5],
      [-3, -0],
      [1e300, 7],
    ]).hash,
  ).toBe('39dce1ab2f5bfd8db5b04cf37d0a5d41fda62369212a1b555f28982362c088d3');
});

it('rows come back as they were', () => {
  const rows = [[1, 2, 3], Float32Array.of(4, 5, 6)];
  expect(rowsOf(flat(rows), 3)).toEqual([Float64Array.of(1, 2, 3), Float64Array.of(4, 5, 6)]);
  expect(() => tableOf(rows, ['a', 'b'])).toThrow('There are 2 names for 3 columns.');
});
