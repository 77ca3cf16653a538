/** The run of a training worker: the core's, and what the worker has to know beside it. */

import type { CoreRun } from './core';
import { Leased } from './lease';
import type { Evaluation, Experiment, TargetSpec } from './protocol';

/** Takes steps on the processor, alone or together with other workers. */
export interface Trainer {
  /** That take part in each step now. */
  readonly workers: number;
  /** `stepCost`: milliseconds of a step. Throws what the core says of a step that failed. */
  train(steps: number, stepCost: number): void;
  /** Sends the others away; the next training calls them again. */
  end(): void;
}

export class TrainingRun {
  /** That of its start. */
  readonly id: number;
  readonly lease: Leased<CoreRun>;
  readonly experiment: Experiment;
  trainer: Trainer;
  target: TargetSpec;
  /** The id of the start or the retarget that the target is of. */
  targetId: number;
  /** Milliseconds of a step. */
  stepCost = 1;
  /** Where the schedule's cycle ends; `Infinity`: nowhere. */
  cycleEnd = Infinity;
  /** Step of the last evaluation that the page has. */
  #sent = -1;

  constructor(id: number, core: CoreRun, trainer: Trainer) {
    this.id = id;
    this.targetId = id;
    this.lease = new Leased(core, (one) => one.free());
    this.trainer = trainer;
    this.experiment = core.experiment();
    this.target = this.experiment.target;
    this.findCycleEnd();
  }

  get core(): CoreRun {
    return this.lease.value;
  }

  findCycleEnd(): void {
    const { step, stepsLeft } = this.core;
    this.cycleEnd = stepsLeft === undefined ? Infinity : step + stepsLeft;
  }

  /** Throws where the target can't be learned; then nothing has changed. */
  retarget(id: number, target: TargetSpec): void {
    this.core.retarget(target);
    this.trainer.end();
    this.target = target;
    this.targetId = id;
    this.findCycleEnd();
    // The evaluation of this very step is another one.
    this.#sent = Math.min(this.#sent, this.core.step - 1);
  }

  /** Evaluations that the page does not have yet. */
  newEvaluations(): Evaluation[] {
    const evaluations = this.core.history(this.#sent + 1);
    this.#sent = evaluations.at(-1)?.step ?? this.#sent;
    return evaluations;
  }

  /** The page has those up to that step, and no more. */
  acknowledged(step: number): void {
    this.#sent = Math.min(this.#sent, step);
  }

  /** Ends the run, once nobody uses it any more. */
  end(): void {
    this.trainer.end();
    this.lease.end();
  }
}
