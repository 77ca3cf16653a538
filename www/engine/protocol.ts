/** What the page and its workers say to each other. Everything else about a run stays in its worker. */

import type { Cost, Costed, Description, Question } from './questions';
import type { DataTable } from '../tables/data-table';
import type {
  Adapter,
  Coverage,
  DevicePreference,
  DeviceStatus,
  Evaluation,
  Experiment,
  Field,
  Force,
  Paint,
  Picture,
  RunEvaluation,
  Saved,
  TableUnits,
  TargetSpec,
  Viewport,
  Window,
} from './types';
export type * from './questions';
export type * from './types';

/**
 * What all requests and events have in common: an `id` is from one count for the page (ids.ts), and goes up. A request that wants an
 * answer carries one, and its answer carries it back; `refused` is the answer that says why not. A `run` is the id of the start
 * that began it. `failed` is the last event of a worker. A picture or an answer that was drawn is acknowledged by `ack`.
 */
export type TrainingRequest =
  | {
      kind: 'start';
      id: number;
      experiment: unknown;
      viewport: Viewport;
      play: boolean;
      /** To go on from, as a saved model has them. */
      saved: Saved | null;
    }
  | { kind: 'retarget'; id: number; target: TargetSpec }
  /** The rows of a table that an Experiment to come learns from. */
  | { kind: 'table'; table: DataTable }
  /** The page wants to save the model; `past`: as it stood at the step that is looked back at. */
  | { kind: 'save'; id: number; past: boolean }
  /** The kept step next to this one is shown from now on, and training rests; null: the run as it is. */
  | { kind: 'past'; step: number | null }
  /** Fields of some targets, for thumbnails or as the start of a drawing. */
  | { kind: 'fields'; id: number; targets: TargetSpec[]; windows: Window[]; side: number }
  | { kind: 'play' }
  | { kind: 'pause' }
  | { kind: 'step'; count: number }
  | { kind: 'pace'; stepsPerSecond: number | null }
  | { kind: 'viewport'; viewport: Viewport }
  /** Whether a person can see the page. */
  | { kind: 'visibility'; visible: boolean }
  /** The stage's canvas, from now on the worker's. */
  | { kind: 'canvas'; canvas: OffscreenCanvas }
  /** What is to be on it. */
  | { kind: 'paint'; paint: Paint }
  /** The page has drawn a frame, or dropped it, and can take another. It has the evaluations up to that step, -1: none. */
  | {
      kind: 'ack';
      id: number;
      evaluatedTo: number;
      /** Milliseconds of its own time that the page needed; absent: it dropped the frame. */
      drawnIn?: number;
    }
  /** Processors that the run may use at most. */
  | { kind: 'processors'; count: number }
  /** Where runs are to train from now on. */
  | { kind: 'device'; preference: DevicePreference; force: Force }
  /** Whoever holds the other end asks for the parameters now and then, to look at them. */
  | { kind: 'inspect'; port: MessagePort };

/** What the model's samples say of the target's modes. */
export interface ModeCoverage {
  modes: Coverage;
  /** The model's mass where the target has practically none, 0 to 1: what the page calls thread mass. */
  offSupportMass: number;
}

/** Why a run does not train. */
export type PauseReason =
  | { why: 'asked' }
  /** The schedule's cycle is over, or early stopping has ended it. */
  | { why: 'end' }
  /** Nobody can see the page: it goes on by itself. */
  | { why: 'hidden' }
  /** Training failed; the last good parameters stand. */
  | { why: 'trouble'; sentence: string };

/** A run has begun; its id is that of its start. */
export interface Started {
  kind: 'started';
  id: number;
  /** With all defaults filled in. */
  experiment: Experiment;
  step: number;
  parameterCount: number;
  evaluations: Evaluation[];
}

/** What the page draws of a run. */
export interface Frame {
  kind: 'frame';
  id: number;
  run: number;
  step: number;
  /** Training steps a second over the last second, all work of the worker counted. */
  stepsPerSecond: number;
  /** Workers that share each step. */
  workers: number;
  temperature: number;
  samples: Float32Array<ArrayBuffer>;
  /** Density and samples are on the canvas already. */
  painted: boolean;
  /** Root mean square distance of the samples from their mean. */
  spread: number;
  picture: Picture | null;
  /** How the modes are covered; null: no newer measurement. */
  coverage: ModeCoverage | null;
  /** Of the kept step that is looked back at, and of which all above is but the run's own step; null: nobody looks back. */
  past: Evaluation | null;
  /** Those that the page does not have yet; they take the place of all from the first one's step on. */
  evaluations: Evaluation[];
}

/** What of a training is kept, to look back at. */
export interface Kept {
  kind: 'kept';
  run: number;
  /** Ascending; empty: the model is too large. */
  steps: number[];
  bytes: number;
}

export type TrainingEvent =
  | Started
  /** The target's picture; the id is that of the start or the retarget that brought it. */
  | {
      kind: 'target';
      id: number;
      run: number;
      /** Null: of a table no density is known. */
      picture: Picture | null;
      /** The points of a fixed sample or a table that are trained on, so many of them as a stage can show; none where draws are fresh. */
      sample: Float32Array<ArrayBuffer>;
      /** The table that is learned: what is said in standard units of its rows lies there in its own. */
      table: TableUnits | null;
    }
  | { kind: 'saved'; id: number; experiment: Experiment; saved: Saved }
  | { kind: 'field'; id: number; index: number; field: Field }
  /** What was asked for was not done: the sentence says why. What ran goes on. */
  | { kind: 'refused'; id: number; sentence: string }
  | Frame
  | Kept
  | { kind: 'paused'; run: number; reason: PauseReason }
  /** The page can be seen again: the run goes on. */
  | { kind: 'resumed'; run: number }
  /** Where the run trains has changed. */
  | { kind: 'device'; run: number; device: DeviceStatus }
  /** The worker can't go on: no WebAssembly, or a fault in the core. */
  | { kind: 'failed'; sentence: string };

/** What the inspector gets from a run when it asks for the next parameters. */
export interface Parameters {
  run: number;
  /** Where it is another one than before. */
  experiment: Experiment | null;
  /** Its table, where it has one that was not given through this port before. */
  table: DataTable | null;
  step: number;
  values: Float32Array<ArrayBuffer>;
}

export type InspectorRequest =
  /** The other end of the port is a run's worker. */
  | { kind: 'attach'; port: MessagePort }
  /** A standing question: answered whenever the answer may have changed. A view has one at a time. */
  | { kind: 'subscribe'; id: number; view: string; question: Question }
  | { kind: 'unsubscribe'; view: string }
  /** The page has drawn the last answer to a question and can take another. */
  | { kind: 'ack'; id: number }
  | { kind: 'cost'; id: number; model: Costed }
  /** What a model's parameters mean. */
  | { kind: 'describe'; id: number; experiment: Experiment; table: DataTable | null };

export type InspectorEvent =
  /** To the `subscribe` with that id, of the run with that id. */
  | { kind: 'answer'; id: number; run: number; step: number; answer: unknown }
  | { kind: 'cost'; id: number; cost: Cost }
  | { kind: 'description'; id: number; flow: Description | null }
  /** The question can't be answered: the sentence says why. */
  | { kind: 'refused'; id: number; sentence: string }
  | { kind: 'failed'; sentence: string };

export type EnsembleRequest =
  /** Runs that are to train together, to be compared; an earlier ensemble ends. */
  | {
      kind: 'start';
      id: number;
      /** Of each condition its runs. */
      groups: Experiment[][];
      /** The table that they learn from. */
      table: DataTable | null;
      steps: number;
      window: Window;
      preference: DevicePreference;
      force: Force;
    }
  | { kind: 'stop' }
  /** Whether a person can see the page: out of sight an ensemble rests. */
  | { kind: 'visibility'; visible: boolean };

/** Where the runs of an ensemble stand. */
export interface EnsembleProgress {
  kind: 'progress';
  id: number;
  step: number;
  /** Of all runs, condition after condition; empty before the first look. */
  members: RunEvaluation[];
  /** Densities, `side` squared values a run. */
  fields: Float32Array<ArrayBuffer> | null;
  side: number;
  /** The GPU that they train on; null: the processor. */
  adapter: Adapter | null;
  /** What went wrong, and did not end them. */
  sentence: string | null;
  done: boolean;
}

export type EnsembleEvent =
  | EnsembleProgress
  /** They could not begin, or could not go on. */
  | { kind: 'refused'; id: number; sentence: string }
  | { kind: 'failed'; sentence: string };
