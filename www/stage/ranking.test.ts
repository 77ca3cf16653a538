import { describe, expect, test } from 'vitest';
import { best, errorOfShare, type Ranked } from './ranking';

const run = (value: number, error = 0.01, more: Partial<Ranked> = {}): Ranked => ({
  step: 100,
  aim: 'forward',
  value,
  error,
  shown: value.toFixed(3),
  ...more,
});

describe('the best of some runs', () => {
  test('is the lowest or the highest, by more than chance', () => {
    expect(best([run(0.25), run(0.35), run(0.9)], -1)).toBe(0);
    expect(best([run(0.25), run(0.35), run(0.9)], 1)).toBe(2);
  });

  test('is told against the runner-up, however bad the last one is', () => {
    expect(best([run(0.25), run(0.26), run(5)], -1)).toBeNull();
    expect(best([run(5), run(0.26), run(0.25)], -1)).toBeNull();
  });

  test('is none within two standard errors of the difference', () => {
    // 2 * sqrt(0.01² + 0.01²) = 0.0283.
    expect(best([run(0.25), run(0.278)], -1)).toBeNull();
    expect(best([run(0.25), run(0.279)], -1)).toBe(0);
  });

  test('is none where two are the same, or look the same', () => {
    expect(best([run(0.25, 0), run(0.25, 0)], -1)).toBeNull();
    expect(best([run(4, 0, { shown: '4 of 8' }), run(4, 0, { shown: '4 of 8' }), run(1, 0)], 1)).toBeNull();
    expect(best([run(0.2501, 0, { shown: '0.25' }), run(0.2502, 0, { shown: '0.25' })], -1)).toBeNull();
  });

  test('is none before every run has trained', () => {
    expect(best([run(0.25, 0.01, { step: 0 }), run(0.9, 0.01, { step: 0 })], -1)).toBeNull();
    expect(best([run(0.25), run(0.9, 0.01, { step: 0 })], -1)).toBeNull();
  });

  test('is none where they aim at different things', () => {
    expect(best([run(0.25), run(1227, 0.01, { aim: 'reverse' })], -1)).toBeNull();
    expect(best([run(0.25, 0.01, { aim: 'reverse' }), run(3, 0.01, { aim: 'reverse' })], -1)).toBe(0);
  });

  test('is none where a value or its error is not known', () => {
    expect(best([run(0.25), run(NaN)], -1)).toBeNull();
    expect(best([run(0.25), run(0.9, NaN)], -1)).toBeNull();
    expect(best([run(0.25)], -1)).toBeNull();
    expect(best([], -1)).toBeNull();
  });
});

test('a share’s error', () => {
  expect(errorOfShare(0.1, 900)).toBeCloseTo(0.01, 12);
  expect(errorOfShare(0, 900)).toBe(0);
});
