/** A standard normal of D variables by its radius: closed forms. */

const LN_2PI = Math.log(2 * Math.PI);

/** ln Γ(n / 2) of a whole n above 0, by its recursion. */
function logGammaHalf(n: number): number {
  let sum = n % 2 === 0 ? 0 : 0.5 * Math.log(Math.PI);
  for (let k = n % 2 === 0 ? 2 : 1; k < n; k += 2) sum += Math.log(k / 2);
  return sum;
}

/** The density of |u|: the chi density of D degrees of freedom. */
export function radiusDensity(dim: number, radius: number): number {
  if (radius <= 0) return dim === 1 ? Math.sqrt(2 / Math.PI) : 0;
  const log = (dim - 1) * Math.log(radius) - 0.5 * radius ** 2 - (dim / 2 - 1) * Math.LN2 - logGammaHalf(dim);
  return Math.exp(log);
}

/** log p(u) in nats at a radius. */
export const logDensity = (dim: number, radius: number): number => -0.5 * radius ** 2 - 0.5 * dim * LN_2PI;

/** Its mean over draws: minus the entropy. */
export const meanLogDensity = (dim: number): number => -0.5 * dim * (1 + LN_2PI);

/** The standard deviation of log p over draws: |u|² has the variance 2 D. */
export const spreadOfLogDensity = (dim: number): number => Math.sqrt(dim / 2);

/** The mean of |u|. */
export const meanRadius = (dim: number): number =>
  Math.SQRT2 * Math.exp(logGammaHalf(dim + 1) - logGammaHalf(dim));

/** How many deviations log p is from its mean: the distance by which typicality judges. */
export const oddness = (dim: number, radius: number): number =>
  Math.abs(logDensity(dim, radius) - meanLogDensity(dim)) / spreadOfLogDensity(dim);

/** A histogram of values over equal cells, as a density. */
export function histogram(
  values: ArrayLike<number>,
  from: number,
  to: number,
  cells: number,
): { x: number[]; y: number[] } {
  const width = (to - from) / cells;
  const counts = new Array<number>(cells).fill(0);
  let all = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? NaN;
    if (!Number.isFinite(value)) continue;
    all += 1;
    const cell = Math.floor((value - from) / width);
    if (cell >= 0 && cell < cells) counts[cell] = (counts[cell] ?? 0) + 1;
  }
  return {
    x: counts.map((_, i) => from + (i + 0.5) * width),
    y: counts.map((count) => count / Math.max(1, all) / width),
  };
}
