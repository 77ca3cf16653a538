/** The curve that a hand bends: its knots, and how they may move. */

/** An inner knot; without a slope of its own it has one that fits its neighbours. */
export interface Knot {
  u: number;
  x: number;
  slope: number | null;
}

/** The spline bends between minus this and this; beyond, it is the identity. */
export const BOUND = 5;
/** Least distance of two knots along either axis. */
const GAP = 0.1;
/** Slopes that a hand can set. */
export const SLOPES = [0.05, 20] as const;

/** Where everybody starts: the identity. */
export const STRAIGHT: readonly Knot[] = [-2, -1, 0, 1, 2].map((u) => ({ u, x: u, slope: null }));

const inside = (value: number, from: number, to: number) => Math.min(to, Math.max(from, value));

/** A knot moved as far as its neighbours let it. */
export function moved(knots: readonly Knot[], at: number, u: number, x: number): Knot[] {
  const [before, after] = [knots[at - 1], knots[at + 1]];
  return knots.map((knot, i) =>
    i === at
      ? {
          ...knot,
          u: inside(u, (before?.u ?? -BOUND) + GAP, (after?.u ?? BOUND) - GAP),
          x: inside(x, (before?.x ?? -BOUND) + GAP, (after?.x ?? BOUND) - GAP),
        }
      : knot,
  );
}

/**
 * The slope dx/du at a knot: its own, or a weighted harmonic mean of those of the lines to its neighbours (Fritsch and Butland, "A method
 * for constructing local monotone piecewise cubic interpolants", 1984).
 */
export function slopeAt(knots: readonly Knot[], at: number): number {
  const knot = knots[at];
  if (!knot) return 1;
  if (knot.slope !== null) return knot.slope;
  const end = (side: number) => knots[at + side] ?? { u: side * BOUND, x: side * BOUND };
  const [before, after] = [end(-1), end(1)];
  const [left, right] = [knot.u - before.u, after.u - knot.u];
  const [a, b] = [(knot.x - before.x) / left, (after.x - knot.x) / right];
  return inside((3 * (left + right)) / ((2 * right + left) / a + (right + 2 * left) / b), ...SLOPES);
}

/** As the core takes them: u, x and slope of each. */
export const numbersOf = (knots: readonly Knot[]): number[] =>
  knots.flatMap(({ u, x }, i) => [u, x, slopeAt(knots, i)]);

/** Knots from the core's numbers. */
export function knotsOf(numbers: readonly number[]): Knot[] {
  const knots: Knot[] = [];
  for (let i = 0; i + 2 < numbers.length; i += 3)
    knots.push({ u: numbers[i] ?? 0, x: numbers[i + 1] ?? 0, slope: numbers[i + 2] ?? 1 });
  return knots;
}
