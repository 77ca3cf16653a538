import { expect, test } from 'vitest';
import { densityLevels, massContours } from './contours';
import type { Field } from './protocol';

/** A standard normal over [-5, 5]^2. */
function normal(side: number): Field {
  const window = { x_min: -5, x_max: 5, y_min: -5, y_max: 5 };
  const at = (i: number) => -5 + (10 * (i + 0.5)) / side;
  const values = Float32Array.from({ length: side * side }, (_, i) => {
    const [x, y] = [at(i % side), at(Math.floor(i / side))];
    return Math.exp(-(x * x + y * y) / 2) / (2 * Math.PI);
  });
  return { window, side, values };
}

test('levels of a normal are those of theory: the region of mass m has density (1 - m) / 2 pi at its edge', () => {
  const levels = densityLevels(normal(200).values, [0.5, 0.8, 0.95]);
  [0.5, 0.8, 0.95].forEach((m, i) => expect(levels[i]).toBeCloseTo((1 - m) / (2 * Math.PI), 3));
});

test('contours of a normal are circles with radius sqrt(-2 ln(1 - m))', () => {
  massContours(normal(160), [0.5, 0.8, 0.95]).forEach(({ points, starts }, i) => {
    expect(starts.length).toBe(2);
    const radius = Math.sqrt(-2 * Math.log(1 - ([0.5, 0.8, 0.95][i] ?? 0)));
    for (let p = 0; p < points.length; p += 2) {
      expect(Math.abs(Math.hypot(points[p] ?? 0, points[p + 1] ?? 0) - radius)).toBeLessThan(0.06);
    }
  });
});

test('a constant density is outlined at its edge, and nothing has no outline', () => {
  const field = normal(40);
  field.values.forEach((_, i) => (field.values[i] = i % 40 < 20 ? 0.02 : 0));
  const [half] = massContours(field, [0.95]);
  expect(half?.points.length).toBeGreaterThan(8);
  field.values.fill(0);
  expect(massContours(field, [0.5])[0]?.points.length).toBe(0);
  field.values.fill(NaN);
  expect(massContours(field, [0.5])[0]?.points.length).toBe(0);
});
