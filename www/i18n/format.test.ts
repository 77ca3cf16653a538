import { describe, expect, it, test } from 'vitest';
import { count, fixed, plain, precise, withError } from './format';

test('numbers have as many digits as are known', () => {
  expect(withError(0.04312, 0.0041)).toMatchObject({ value: '0.043', error: '0.004' });
  expect(withError(-1.23456, 0.02)).toMatchObject({ value: '−1.23', error: '0.02' });
  expect(withError(12.3456, 3)).toMatchObject({ value: '12.3', error: '3.0' });
  expect(withError(0.5, 0)).toMatchObject({ value: '0.500', error: '0.000' });
  expect(withError(158435689156, 18514157326)).toMatchObject({ value: '1.6e11', error: '1.9e10' });
  expect(withError(NaN, 1).value).toBe('–');
  expect(count(1240)).toBe('1,240');
  expect(plain(-0.034567)).toBe('−0.0346');
});

describe('a value with its standard error', () => {
  it.each([
    [1.23456, 0.0123, { value: '1.23', error: '0.01', is: 'number' }],
    [1.23456, 0.5, { value: '1.2', error: '0.5', is: 'number' }],
    [1234.5, 20, { value: '1,235', error: '20', is: 'number' }],
    [1.23456, 0, { value: '1.235', error: '0.000', is: 'number' }],
    // No error can be given: few digits, and none is made up.
    [1.23456, null, { value: '1.23', error: null, is: 'number' }],
    [-1234.5, NaN, { value: '−1,234', error: null, is: 'number' }],
    [Infinity, null, { value: 'infinite', error: null, is: 'infinite' }],
    [-Infinity, 0.1, { value: 'minus infinity', error: null, is: 'infinite' }],
    [NaN, null, { value: '–', error: null, is: 'missing' }],
  ] as const)('%d ± %s', (value, error, measured) => expect(withError(value, error)).toEqual(measured));
});

it('what is beyond all numbers is a word', () => {
  for (const text of [count(Infinity), fixed(Infinity, 2), plain(Infinity), precise(Infinity, 3)])
    expect(text).toBe('infinite');
});
