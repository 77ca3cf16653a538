/** Terms that add up, one after the other. */

/** A bar from the sum before a term to the sum after it, in percent of a strip that holds all sums and zero. */
export interface Fall {
  from: number;
  length: number;
  /** The sum after it, where the next one begins. */
  to: number;
}

/** The bars of the terms, one after the other from zero; none where one of them is no finite number. */
export function waterfall(terms: readonly number[]): { zero: number; falls: Fall[] } {
  const sums = terms.reduce<number[]>((all, term) => [...all, (all.at(-1) ?? 0) + term], []);
  if (!sums.every(Number.isFinite)) return { zero: 0, falls: [] };
  const [least, most] = [Math.min(0, ...sums), Math.max(0, ...sums)];
  const at = (value: number) => (100 * (value - least)) / (most - least || 1);
  const falls = sums.map((sum, i) => {
    const [before, after] = [at(sums[i - 1] ?? 0), at(sum)];
    return { from: Math.min(before, after), length: Math.abs(after - before), to: after };
  });
  return { zero: at(0), falls };
}

/**
 * Terms and their sum with so many decimals, so that what is shown adds up exactly: the sum is rounded as always, each term up or down by
 * less than one unit of the last decimal, those first that are furthest from where they were rounded to.
 */
export function rounded(terms: readonly number[], decimals: number): { terms: number[]; total: number } {
  const unit = 10 ** decimals;
  const sum = terms.reduce((all, term) => all + term, 0);
  if (!Number.isFinite(sum)) return { terms: [...terms], total: sum };
  const down = terms.map((term) => Math.floor(term * unit));
  const total = Math.round(sum * unit);
  const missing = total - down.reduce((all, term) => all + term, 0);
  const rests = terms.map((term, i) => ({ i, rest: term * unit - (down[i] ?? 0) }));
  rests.sort((a, b) => b.rest - a.rest || a.i - b.i);
  for (const { i } of rests.slice(0, missing)) down[i] = (down[i] ?? 0) + 1;
  return { terms: down.map((term) => term / unit), total: total / unit };
}
