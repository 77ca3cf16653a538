/** Which parts of a formula are written out where it has many variables. */

/** All of few, else the first ones, `null` for those that are left out, and the last. */
export function abbreviated<T>(all: readonly T[], first: number): (T | null)[] {
  return all.length <= first + 2 ? [...all] : [...all.slice(0, first), null, ...all.slice(-1)];
}
