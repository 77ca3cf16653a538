import { describe, expect, test } from 'vitest';
import { estimate } from './density';
import { place, valueOn } from './placement';
import { FileProblem } from './problem';
import { draw } from './points';
import { say } from './say';
import { readText } from './text';

const SIDE = 64;
const HALF = 4;

/** Numbers that look random and are the same in every run (xorshift32). */
function* noise(seed: number): Generator<number, never> {
  let state = seed;
  for (;;) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    yield state >>> 0;
  }
}

const random = noise(3);
const uniform = () => random.next().value / 2 ** 32;
const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
const some = (length: number, of: (i: number) => number) => Float64Array.from({ length }, (_, i) => of(i));
function refusal(x: Float64Array, y: Float64Array): string {
  try {
    place(x, y, HALF);
  } catch (error) {
    if (error instanceof FileProblem) return say(error.said);
    throw error;
  }
  return 'taken';
}

describe('points', () => {
  test('are standardised, lie within the drawing, and can be read off it in their own units', () => {
    const x = some(2000, () => 1000 + 50 * normal());
    const y = some(2000, () => -3 + 0.01 * normal());
    const { points, scalings, mean, deviation, outside } = place(x, y, HALF);
    expect(mean[0]).toBeCloseTo(1000, -1);
    expect(deviation[1]).toBeCloseTo(0.01, 3);
    expect(outside).toBe(0);
    expect(points.every((v) => Math.abs(v) < HALF)).toBe(true);
    for (const i of [0, 700, 1999]) {
      expect(valueOn(scalings[0], points[2 * i] ?? NaN)).toBeCloseTo(x[i] ?? NaN, 3);
      expect(valueOn(scalings[1], points[2 * i + 1] ?? NaN)).toBeCloseTo(y[i] ?? NaN, 6);
    }
  });

  test('make a density with its humps where the points are', () => {
    const points = Float32Array.from({ length: 4000 }, (_, i) => (i % 4 < 2 ? 2 : -2) + 0.3 * normal());
    const cells = estimate(points, SIDE, HALF);
    const at = (x: number, y: number) =>
      cells[
        Math.floor(((y + HALF) / (2 * HALF)) * SIDE) * SIDE + Math.floor(((x + HALF) / (2 * HALF)) * SIDE)
      ] ?? 0;
    expect(at(2, 2)).toBeGreaterThan(180);
    expect(at(-2, -2)).toBeGreaterThan(180);
    expect(at(0, 0)).toBeLessThan(5);
    expect(at(2, -2)).toBeLessThan(5);
  });

  const cells = (x: Float64Array, y: Float64Array, everything = false) =>
    estimate(place(x, y, HALF, everything).points, SIDE, HALF).filter((cell) => cell > 0).length;
  const xs = some(1000, normal);
  const ys = some(1000, normal);
  const wild = (share: number, value: number) => xs.map((v, i) => (i < share * 1000 ? value : v));

  test.each([
    ['one point at 1e9', 0.001, 1e9],
    ['forty at −999, which stands for a missing value', 0.04, -999],
  ])('far outside do not make the others a speck: %s', (_, share, value) => {
    const placed = place(wild(share, value), ys, HALF);
    expect(placed.outside).toBe(1000 * share);
    expect(placed.points).toHaveLength(2 * (1000 - placed.outside));
    expect(Math.abs(placed.mean[0])).toBeLessThan(0.2);
    expect(cells(wild(share, value), ys)).toBeGreaterThan(0.9 * cells(xs, ys));
    // Who asks for them gets them.
    expect(place(wild(share, value), ys, HALF, true).outside).toBe(0);
    expect(cells(wild(share, value), ys, true)).toBeLessThan(0.5 * cells(xs, ys));
  });

  test.each<[string, Float64Array]>([
    ['a fifth in a cluster of its own', some(1000, (i) => (i % 5 === 0 ? 100 : 0) + 0.01 * normal())],
    ['a uniform distribution', some(1000, uniform)],
    ['nearly all of them zero', some(1000, (i) => (i % 30 === 0 ? uniform() : 0))],
    ['whole numbers', some(1000, (i) => i % 3)],
  ])('that are not far outside all stay: %s', (_, x) => {
    expect(place(x, ys, HALF).outside).toBe(0);
  });

  test('all that one column varies by may be far outside in the other', () => {
    const [x, y] = [wild(0.002, 1e9), some(1000, (i) => (i < 2 ? i + 1 : 0))];
    expect(place(x, y, HALF).outside).toBe(0);
  });

  test.each([
    ['1e-300', 1e-300],
    ['1e200', 1e200],
    ['the largest', 1e307],
    ['the least', 1e-307],
  ])('of any magnitude are placed alike: %s', (_, scale) => {
    const placed = place(
      xs.map((v) => scale * v),
      ys.map((v) => v / scale),
      HALF,
    );
    const { points } = place(xs, ys, HALF);
    placed.points.forEach((v, i) => expect(v).toBeCloseTo(points[i] ?? NaN, 5));
    expect(valueOn(placed.scalings[0], placed.points[0] ?? NaN) / scale).toBeCloseTo(xs[0] ?? NaN, 5);
  });

  test('close together and far from zero keep their distances', () => {
    const { points, deviation } = place(
      xs.map((v) => 1.7e9 + 100 * v),
      ys,
      HALF,
    );
    expect(deviation[0]).toBeCloseTo(place(xs, ys, HALF).deviation[0] * 100, 5);
    expect(new Set(points.filter((_, i) => i % 2 === 0)).size).toBeGreaterThan(990);
  });

  test('too few, on a line, or at the edge of what can be written are refused with the reason', () => {
    expect(refusal(some(5, Number), some(5, Number))).toContain('There are 5 points');
    expect(
      refusal(
        some(50, Number),
        some(50, () => 1),
      ),
    ).toContain('the same second number');
    expect(
      refusal(
        some(50, () => 0),
        some(50, Number),
      ),
    ).toContain('the same first number');
    expect(
      refusal(
        some(50, (i) => 5e-324 * i),
        some(50, Number),
      ),
    ).toContain('power of ten');
    expect(
      refusal(
        some(50, (i) => (i % 2 === 0 ? 1.7e308 : -1.7e308)),
        some(50, Number),
      ),
    ).toContain('power of ten');
  });

  test('a table becomes a drawing, with what was left out of it', () => {
    const lines = Array.from({ length: 200 }, (_, i) => `${xs[i]},${i === 3 ? 'two' : ys[i]}`);
    lines[7] = '1e9,0';
    const { cells: drawn, ...rest } = draw(readText(lines.join('\n')), {
      columns: [0, 1],
      everything: false,
      side: SIDE,
      half: HALF,
    });
    expect(drawn).toHaveLength(SIDE * SIDE);
    expect(rest).toMatchObject({ count: 199, outside: 1, leftCount: 1, left: [{ line: 4 }] });
  });
});
