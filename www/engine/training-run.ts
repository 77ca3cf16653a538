/** The run of a training worker: the core's, and what the worker has to know beside it. */

import type { CoreRun } from './core';
import { dimOf } from './dim';
import { needsAll } from './families';
import { KeptSteps } from './kept-steps';
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

/** A run of the core that shows a kept step, and what it says there. */
interface Past {
  core: CoreRun;
  evaluation: Evaluation;
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
  readonly kept: KeptSteps;
  #past: Past | null = null;
  /** The kept step that is to be shown next. */
  #wanted: number | null = null;
  /** Where the schedule's cycle ends; `Infinity`: nowhere. */
  #cycleEnd = Infinity;
  /** Whether early stopping may end it: it has once, and the person goes on. */
  #mayStop = true;
  /** Step of the last evaluation that the page has. */
  #sent = -1;

  constructor(id: number, core: CoreRun, trainer: Trainer) {
    this.id = id;
    this.targetId = id;
    this.lease = new Leased(core, (one) => one.free());
    this.trainer = trainer;
    this.experiment = core.experiment();
    this.target = this.experiment.target;
    this.kept = new KeptSteps(core.parameterCount);
    this.findEnd();
  }

  /** Number of variables. */
  get dim(): number {
    return dimOf(this.target);
  }

  /** A density takes many passes of a network: the steps of a solver, or an encoder's draws. */
  get isSlow(): boolean {
    return needsAll(this.experiment);
  }

  /** A generator has samples alone. */
  get hasDensity(): boolean {
    return this.experiment.model.family !== 'gan';
  }

  get core(): CoreRun {
    return this.lease.value;
  }

  /** The run as it is shown: where it stands, or stood at the step that is looked back at. */
  get shown(): CoreRun {
    return this.#past?.core ?? this.core;
  }

  /** What is said of the step that is looked back at; null: nobody looks back. */
  get past(): Evaluation | null {
    return this.#past?.evaluation ?? null;
  }

  /** Wants the kept step next to this one; null: the run as it is, at once. */
  lookBack(step: number | null): void {
    this.#wanted = step;
    if (step !== null) return;
    this.#past?.core.free();
    this.#past = null;
  }

  /** Goes to the step that was wanted last, in a run of its own that `open` begins. Whether another one is shown now. */
  goBack(open: (experiment: Experiment) => CoreRun): boolean {
    const saved = this.#wanted === null ? null : this.kept.near(this.#wanted);
    this.#wanted = null;
    if (!saved || saved.step === this.past?.step) return false;
    const core = this.#past?.core ?? open(this.core.experiment());
    core.load(saved.step, saved.values);
    const [now] = core.history(saved.step);
    if (!now) return false;
    // Its own best step is that of a run which has seen one step.
    const best = this.core.history(0).findLast(({ step }) => step <= saved.step)?.sample?.best_step;
    const sample = now.sample && { ...now.sample, best_step: best ?? saved.step };
    this.#past = { core, evaluation: { ...now, sample } };
    return true;
  }

  /** The step at which training ends by itself: that of the schedule's cycle, or an earlier one by early stopping. */
  get end(): number {
    const stopsAt = this.#mayStop ? this.core.stopsAt : undefined;
    return Math.min(this.#cycleEnd, stopsAt ?? Infinity);
  }

  /** Looks for the end from here on. Who goes on after early stopping has ended the training wants to see what follows. */
  findEnd(): void {
    const { step, stepsLeft, stopsAt } = this.core;
    this.#cycleEnd = stepsLeft === undefined ? Infinity : step + stepsLeft;
    this.#mayStop = stopsAt === undefined || step < stopsAt;
  }

  /** Throws where the target can't be learned; then nothing has changed. */
  retarget(id: number, target: TargetSpec): void {
    this.core.retarget(target);
    // The fixed scaling is another one: the same parameters would say something else.
    this.kept.clear();
    this.lookBack(null);
    this.trainer.end();
    this.target = target;
    this.targetId = id;
    this.findEnd();
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
  close(): void {
    this.trainer.end();
    this.lookBack(null);
    this.lease.end();
  }
}
