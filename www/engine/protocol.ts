/** What the page and the worker of a run say to each other. Everything else about a run stays in its worker. */

import type * as core from './pkg/density_playground';

export type Coverage = Complete<core.Coverage>;
export type Evaluation = Complete<core.Evaluation>;
export type FamilyRow = core.FamilyRow;
export type Window = core.Window;

/** In what people write fields may be missing; in what the core gives back all are there. */
type Complete<T> = T extends (infer Item)[]
  ? Complete<Item>[]
  : T extends object
    ? { [Key in keyof T]-?: Complete<Exclude<T[Key], undefined>> }
    : T;

export type Experiment = Complete<core.Experiment>;
export type ModelSpec = Experiment['model'];
export type TargetSpec = Experiment['target'];
export type Conditional = ModelSpec['conditionals'][number];
export type Base = ModelSpec['base'];
export type Objective = Experiment['objective'];
export type Contents = Complete<core.Contents>;

/** A density over a window: `side` rows of `side` values from the least x2, each row from the least x1. */
export interface Field {
  window: Window;
  side: number;
  values: Float32Array<ArrayBuffer>;
}

/** Closed rings in the window's coordinates: ring r is points[2 * starts[r] .. 2 * starts[r + 1]], as (x1, x2). */
export interface Rings {
  points: Float32Array<ArrayBuffer>;
  starts: Uint32Array<ArrayBuffer>;
}

/** A field with the outlines of its highest-density regions, largest mass last. */
export interface Picture {
  field: Field;
  contours: Rings[];
}

/** What the page wants to see of a run. */
export interface Look {
  window: Window;
  temperature: number;
  sampleCount: number;
}

export type Command =
  | { kind: 'start'; run: number; experiment: unknown; look: Look; play: boolean }
  | { kind: 'play' }
  | { kind: 'pause' }
  | { kind: 'step'; count: number }
  | { kind: 'pace'; stepsPerSecond: number | null }
  | { kind: 'retarget'; target: TargetSpec }
  | { kind: 'look'; look: Look }
  /** The page has drawn the last frame and can take another. */
  | { kind: 'drawn' }
  /** Fields of some targets, for thumbnails or as the start of a drawing. */
  | { kind: 'fields'; targets: TargetSpec[]; windows: Window[]; side: number };

/** What the model's samples say of the target's modes. */
export interface Found {
  coverage: Coverage;
  /** The model's mass where the target has practically none, 0 to 1. */
  threadMass: number;
}

/** Why a run does not train. */
export type Pause =
  | { why: 'asked' }
  /** The schedule's cycle is over. */
  | { why: 'end' }
  /** Training failed; the last good parameters stand. */
  | { why: 'trouble'; sentence: string };

export type Report =
  | {
      kind: 'started';
      run: number;
      /** With all defaults filled in. */
      experiment: Experiment;
      parameterCount: number;
      evaluations: Evaluation[];
    }
  | { kind: 'target'; run: number; picture: Picture }
  | {
      kind: 'frame';
      run: number;
      step: number;
      /** Training steps a second over the last second, all work of the worker counted. */
      stepsPerSecond: number;
      /** Workers that share each step. */
      workers: number;
      playing: boolean;
      temperature: number;
      samples: Float32Array<ArrayBuffer>;
      /** Root mean square distance of the samples from their mean. */
      spread: number;
      picture: Picture | null;
      /** How the modes are covered; null: no newer measurement. */
      found: Found | null;
      /** Evaluations from this step on replace those that the page has. */
      evaluationsFrom: number;
      evaluations: Evaluation[];
    }
  | { kind: 'paused'; run: number; pause: Pause }
  /** An Experiment or a target was not taken: the sentence says what is wrong. What ran goes on. */
  | { kind: 'refused'; run: number; what: 'experiment' | 'target'; sentence: string }
  | { kind: 'field'; index: number; field: Field }
  /** The worker can't go on: no WebAssembly, or a fault in the core. */
  | { kind: 'failed'; sentence: string };
