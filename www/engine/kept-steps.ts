/** Parameters of a run at geometrically spaced steps, kept while it trains, for a person who looks back. */

import type { Saved } from './protocol';

/** Bytes that they take at most. */
export const KEPT_BYTES = 4 * 2 ** 20;
/** Of a model of which fewer steps would fit none is kept: there would be nothing to see between them. */
export const LEAST_STEPS = 8;
/** The least ratio of a kept step to the one before, at first. */
const RATIO = 1.1;

export class KeptSteps {
  #kept: Saved[] = [];
  #ratio = RATIO;
  readonly #most: number;

  constructor(parameterCount: number, budget = KEPT_BYTES) {
    const most = Math.floor(budget / (Float32Array.BYTES_PER_ELEMENT * Math.max(1, parameterCount)));
    this.#most = most < LEAST_STEPS ? 0 : most;
  }

  /** Ascending. */
  get steps(): number[] {
    return this.#kept.map(({ step }) => step);
  }

  get bytes(): number {
    return this.#kept.reduce((sum, { values }) => sum + values.byteLength, 0);
  }

  /** Whether a run at that step is to be kept there. */
  due(step: number): boolean {
    const last = this.#kept.at(-1)?.step ?? -1;
    if (this.#most === 0 || step === last) return false;
    // A run that has diverged has gone back to before what was kept last.
    return step < last || step >= Math.max(last + 1, this.#ratio * last);
  }

  /** Keeps a step. When there is no room left every second one goes, and those to come are as far from each other. */
  keep(saved: Saved): void {
    // It is about to diverge.
    if (!saved.values.every(Number.isFinite)) return;
    this.#kept = [...this.#kept.filter(({ step }) => step < saved.step), saved];
    if (this.#kept.length <= this.#most) return;
    this.#kept = this.#kept.filter((_, index) => index % 2 === 0);
    this.#ratio **= 2;
  }

  /** The one that is nearest; null: nothing is kept. */
  near(step: number): Saved | null {
    return this.#kept.reduce<Saved | null>(
      (best, one) => (best && Math.abs(best.step - step) <= Math.abs(one.step - step) ? best : one),
      null,
    );
  }

  /** What was kept is of another model. */
  clear(): void {
    this.#kept = [];
    this.#ratio = RATIO;
  }
}
