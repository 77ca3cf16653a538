/** What was trained of Experiments that were left: one undo brings a run back as it was, not from step 0. */

import type { Evaluation, Experiment, Saved } from '../engine/protocol';

/** A run as it was left. */
export interface Trained {
  saved: Saved;
  /** Its curve up to there. */
  evaluations: Evaluation[];
}

/** Runs that are kept, the last ones: their parameters are some kilobytes to a megabyte each. */
export const MOST = 10;

/** By the very Experiment that was left: two of the same value are two states of the history. */
export class TrainedRuns {
  /** Null as long as the parameters are still on their way from the worker. */
  readonly #runs = new Map<Experiment, Trained | null>();

  /** Keeps what `trained` will bring, and forgets what was kept of the same Experiment before. */
  async keep(experiment: Experiment, trained: Promise<Trained | null>): Promise<void> {
    this.put(experiment, null);
    const run = await trained.catch(() => null);
    // It was forgotten meanwhile, or left once more.
    if (this.#runs.get(experiment) !== null) return;
    if (run) this.#runs.set(experiment, run);
    else this.#runs.delete(experiment);
  }

  put(experiment: Experiment, run: Trained | null): void {
    this.#runs.delete(experiment);
    this.#runs.set(experiment, run);
    for (const oldest of this.#runs.keys()) {
      if (this.#runs.size <= MOST) return;
      this.#runs.delete(oldest);
    }
  }

  forget(experiment: Experiment): void {
    this.#runs.delete(experiment);
  }

  has(experiment: Experiment): boolean {
    return this.#runs.has(experiment);
  }

  /** What was kept; null where nothing was, or is not here yet. */
  of(experiment: Experiment): Trained | null {
    return this.#runs.get(experiment) ?? null;
  }

  /** All that are here, the oldest first. */
  get all(): [Experiment, Trained][] {
    return [...this.#runs].filter((entry): entry is [Experiment, Trained] => entry[1] !== null);
  }

  /** The Experiment of the same value that was left last, of those whose run is kept. */
  like(experiment: Experiment): Experiment | null {
    const text = JSON.stringify(experiment);
    return [...this.#runs.keys()].reverse().find((one) => JSON.stringify(one) === text) ?? null;
  }
}
