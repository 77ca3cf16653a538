import { expect, test } from 'vitest';
import { maps } from './colourmap';

test('the maps rise evenly in lightness', () => {
  const lightness = (map: Uint8ClampedArray, i: number) => {
    const linear = [0, 1, 2].map((k) => {
      const v = (map[4 * i + k] ?? 0) / 255;
      return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    }) as [number, number, number];
    const y = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
    return 116 * Math.cbrt(y) - 16;
  };
  for (const map of [maps.light.model, maps.light.target, maps.dark.model, maps.dark.target]) {
    const steps = [1, 2, 3, 4].map(
      (q) => lightness(map, Math.round(63.75 * q)) - lightness(map, Math.round(63.75 * (q - 1))),
    );
    const mean = steps.reduce((a, b) => a + b) / 4;
    for (const step of steps) expect(step / mean).toBeGreaterThan(0.75);
    for (const step of steps) expect(step / mean).toBeLessThan(1.25);
  }
});
