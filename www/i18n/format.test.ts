import { expect, test } from 'vitest';
import { count, plain, withError } from './format';

test('numbers have as many digits as are known', () => {
  expect(withError(0.04312, 0.0041)).toEqual({ value: '0.043', error: '0.004' });
  expect(withError(-1.23456, 0.02)).toEqual({ value: '−1.23', error: '0.02' });
  expect(withError(12.3456, 3)).toEqual({ value: '12.3', error: '3.0' });
  expect(withError(0.5, 0)).toEqual({ value: '0.500', error: '0.000' });
  expect(withError(NaN, 1).value).toBe('–');
  expect(count(1240)).toBe('1,240');
  expect(plain(-0.034567)).toBe('−0.0346');
});
