/** What a training worker needs of the core: so much, and no more, that a test can stand in for it. */

import type { Provide } from './given-tables';
import type { Coverage, Evaluation, Experiment, TableUnits, TargetSpec, Window } from './protocol';

/** Many numbers, as the core hands them over. */
export type Floats = Float32Array<ArrayBuffer>;

/** One session of the core: an Experiment and its parameters. */
export interface CoreRun {
  /** Steps taken. */
  readonly step: number;
  /** To the end of the schedule's cycle; undefined for a constant rate. */
  readonly stepsLeft: number | undefined;
  /** The step at which early stopping ends the training unless the validation NLL falls before; undefined without it. */
  readonly stopsAt: number | undefined;
  readonly parameterCount: number;
  /** Shards of a batch whose gradients can be taken apart from each other. */
  readonly shards: number;
  /** Throws what went wrong, and is back at the last good parameters then. */
  train(steps: number): void;
  /** Throws where the target can't be learned; then nothing has changed. */
  retarget(target: TargetSpec): void;
  load(step: number, parameters: Float32Array): void;
  /** With all defaults filled in. */
  experiment(): Experiment;
  /** Evaluations of the steps from `from` on. */
  history(from: number): Evaluation[];
  parameters(): Floats;
  samples(count: number, temperature: number): Floats;
  /** The table that is learned; null: there is none. */
  table(): TableUnits | null;
  /** The points of a fixed sample or a table that are trained on, `count` at most. */
  samplePoints(count: number): Floats;
  densityField(window: Window, side: number, temperature: number): Floats;
  coverage(): Coverage;
  offSupportMass(): number;
  free(): void;
  // What is needed to go on elsewhere, or together with others.
  state(): Floats;
  clock(): Uint32Array;
  restore(numbers: Float32Array, clock: Uint32Array, evaluates: boolean): void;
  shard(shard: number, gradient: Float32Array): number;
  finishStep(values: Float64Array, gradients: Float32Array, evaluates: boolean): number;
}

/** The core itself. */
export interface Core {
  /** Throws the sentence that says what is wrong with the Experiment. */
  open(experiment: unknown): CoreRun;
  targetField(target: TargetSpec, window: Window, side: number): Floats;
  provideTable: Provide;
}
