import { expect, test } from 'vitest';
import { inOwnUnits, undo } from './own-units';

test('each transform is undone', () => {
  expect(undo({ kind: 'log' }, Math.log(7), 0)).toBeCloseTo(7);
  expect(undo({ kind: 'logit', low: -2, high: 3 }, Math.log((1 + 2) / (3 - 1)), 0)).toBeCloseTo(1);
  expect(undo({ kind: 'none' }, 0.3, 0)).toBe(0.3);
  // Values 0.5, 2.5, 4.5, ... with noise of the whole step on them.
  expect([0.5, 2.49, 2.5, 4.4, -1.4].map((y) => undo({ kind: 'dequantise', step: 2 }, y, 8.5))).toEqual([
    0.5, 0.5, 2.5, 2.5, -1.5,
  ]);
});

test('points come back to the columns’ own units', () => {
  const table = {
    names: ['a', 'ln b'],
    mean: [10, 1],
    deviation: [2, 0.5],
    transforms: [{ kind: 'none' as const }, { kind: 'log' as const }],
    train_rows: 8,
    validation_rows: 1,
    test_rows: 1,
  };
  const own = inOwnUnits(new Float32Array([0, 0, 1.5, -2]), table, [9, 3]);
  expect(Array.from(own)).toEqual([10, Math.E, 13, 1]);
});
