/** Which of some runs side by side is the best in a number, where that can be told. */

export interface Ranked {
  /** Training steps that the run has taken. */
  step: number;
  /** What the run was trained towards, where the number says how near it came: runs that aim at different things are not ranked. */
  aim: string;
  value: number;
  /** The value's standard error; 0 where it is known exactly, NaN where no error can be given. */
  error: number;
  /** The value as it is shown: what looks the same is a tie. */
  shown: string;
}

/** Standard errors of a difference within which it is none. */
const NOISE = 2;

/**
 * The index of the best run, `better` saying which end that is; null where none is: before all have trained, where they aim at different
 * things, where a value or its error is not known, and where the best differs from the next best by no more than chance would.
 */
export function best(runs: readonly Ranked[], better: 1 | -1): number | null {
  const comparable = runs.every(
    (run) =>
      run.step > 0 && run.aim === runs[0]?.aim && Number.isFinite(run.value) && Number.isFinite(run.error),
  );
  if (!comparable) return null;
  const order = runs.map((_, i) => i);
  order.sort((a, b) => better * ((runs[b]?.value ?? 0) - (runs[a]?.value ?? 0)));
  const [first = -1, second = -1] = order;
  const [top, next] = [runs[first], runs[second]];
  if (!top || !next || top.shown === next.shown) return null;
  return Math.abs(top.value - next.value) > NOISE * Math.hypot(top.error, next.error) ? first : null;
}

/** The standard error of a share that was counted among some draws (binomial). */
export const errorOfShare = (share: number, draws: number): number =>
  Math.sqrt((share * (1 - share)) / draws);
