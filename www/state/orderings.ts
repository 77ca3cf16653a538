/** Orderings of any number of variables: all of them, some by chance, and one that data suggest. */

/** Numbers from 0 up to 1 that a seed decides (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The variables as the target has them. */
export const asInTable = (count: number): number[] =>
  Array.from({ length: count }, (_, variable) => variable);

/** An ordering by chance, each as likely as any other (Fisher and Yates). */
export function shuffled(count: number, random: () => number): number[] {
  const ordering = asInTable(count);
  for (let last = count - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [ordering[last], ordering[other]] = [ordering[other] ?? 0, ordering[last] ?? 0];
  }
  return ordering;
}

/** An ordering by chance that is another one than `before`. */
export function another(before: readonly number[], random: () => number): number[] {
  for (;;) {
    const next = shuffled(before.length, random);
    if (before.length < 2 || next.some((variable, place) => variable !== before[place])) return next;
  }
}

/** All orderings, in the order of a dictionary. */
export function allOrderings(count: number): number[][] {
  const extend = (begun: number[]): number[][] =>
    begun.length === count
      ? [begun]
      : asInTable(count).flatMap((next) => (begun.includes(next) ? [] : extend([...begun, next])));
  return extend([]);
}

/** So many different orderings, the given one first, the others by a seed's chance. There must be as many. */
export function someOrderings(first: readonly number[], count: number, seed: number): number[][] {
  const random = chance(seed);
  const found = new Map([[first.join(), [...first]]]);
  while (found.size < count) {
    const next = shuffled(first.length, random);
    found.set(next.join(), next);
  }
  return [...found.values()];
}

/** Pearson's correlation of two columns of row-major points; 0 where one of them does not vary. */
export function correlation(points: ArrayLike<number>, dim: number, a: number, b: number): number {
  const rows = Math.floor(points.length / dim);
  let [meanA, meanB] = [0, 0];
  for (let row = 0; row < rows; row++) {
    meanA += (points[row * dim + a] ?? 0) / rows;
    meanB += (points[row * dim + b] ?? 0) / rows;
  }
  let [squaresA, squaresB, products] = [0, 0, 0];
  for (let row = 0; row < rows; row++) {
    const [x, y] = [(points[row * dim + a] ?? 0) - meanA, (points[row * dim + b] ?? 0) - meanB];
    squaresA += x * x;
    squaresB += y * y;
    products += x * y;
  }
  const scale = Math.sqrt(squaresA * squaresB);
  return scale > 0 && Number.isFinite(scale) ? products / scale : 0;
}

/** All correlations of the columns of row-major points. */
function correlations(points: ArrayLike<number>, dim: number): Float64Array[] {
  const all = Array.from({ length: dim }, (_, i) => new Float64Array(dim).fill(1, i, i + 1));
  for (let a = 0; a < dim; a++)
    for (let b = 0; b < a; b++) {
      const value = correlation(points, dim, a, b);
      all[a]?.fill(value, b, b + 1);
      all[b]?.fill(value, a, a + 1);
    }
  return all;
}

/** The variable of some with the most of something; of two that are equal the one that the table has first. */
function mostOf(left: Iterable<number>, measure: (variable: number) => number): number {
  let [best, most] = [-1, -Infinity];
  for (const variable of left) {
    const now = measure(variable);
    if (now > most) [best, most] = [variable, now];
  }
  return best;
}

/**
 * An ordering that puts first what says most of the others: the variable whose |correlations| with all others add up to most, then, again
 * and again, the one whose |correlations| with those before it do. Row-major points; of two that are equal the one that the table has first.
 */
export function byCorrelation(points: ArrayLike<number>, dim: number): number[] {
  const strength = correlations(points, dim);
  const ordering: number[] = [];
  const left = new Set(asInTable(dim));
  while (left.size > 0) {
    const others = ordering.length === 0 ? asInTable(dim) : ordering;
    const best = mostOf(left, (variable) =>
      others.reduce((all, one) => all + Math.abs(strength[variable]?.[one] ?? 0), 0),
    );
    ordering.push(best);
    left.delete(best);
  }
  return ordering;
}

/**
 * An ordering by what is left of each variable: first the one that explains most of the variance of all others, then, again and again, the one of
 * whose variance a linear regression on all before it leaves the least share. Row-major points.
 */
export function byResidual(points: ArrayLike<number>, dim: number): number[] {
  // Covariances of what is left after the regression, in deviations: a step of Cholesky's factorisation for each variable.
  const rest = correlations(points, dim);
  const at = (a: number, b: number) => rest[a]?.[b] ?? 0;
  const ordering: number[] = [];
  const left = new Set(asInTable(dim));
  while (left.size > 0) {
    const next = mostOf(left, (variable) =>
      ordering.length > 0
        ? -at(variable, variable)
        : asInTable(dim).reduce((all, one) => all + at(variable, one) ** 2, 0),
    );
    ordering.push(next);
    left.delete(next);
    const variance = at(next, next);
    // Nothing is left of it that could explain anything.
    if (variance < 1e-9) continue;
    const factors = asInTable(dim).map((one) => at(one, next) / variance);
    const row = Float64Array.from(rest[next] ?? []);
    for (const one of left)
      for (const other of left)
        rest[one]?.fill(at(one, other) - (factors[one] ?? 0) * (row[other] ?? 0), other, other + 1);
  }
  return ordering;
}
