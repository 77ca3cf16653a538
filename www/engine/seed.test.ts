import { expect, test } from 'vitest';
import { freshSeed } from './seed';

test('a fresh seed is one that an Experiment takes, and another one each time', () => {
  const seeds = Array.from({ length: 8 }, freshSeed);
  for (const seed of seeds) {
    expect(Number.isInteger(seed)).toBe(true);
    expect(seed).toBeGreaterThanOrEqual(0);
    expect(seed).toBeLessThanOrEqual(0xffffffff);
  }
  // Two alike among eight of 2^32: once in 150 million times.
  expect(new Set(seeds).size).toBe(seeds.length);
});
