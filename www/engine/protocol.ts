/** What the page and the worker of a run say to each other. Everything else about a run stays in its worker. */

import type * as core from './pkg/density_playground';
import type * as graphics from './pkg/density_playground_gpu';
import type * as views from './pkg/density_playground_views';

export type Coverage = Complete<core.Coverage>;
export type Evaluation = Complete<core.Evaluation>;
export type FamilyRow = core.FamilyRow;
export type Window = core.Window;

/** In what people write fields may be missing; in what the core gives back all are there. */
type Complete<T> = T extends ArrayBufferView
  ? T
  : T extends (infer Item)[]
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
export type Manifest = Complete<core.Manifest>;

/** Which adapter computes, and trouble made on purpose. */
export type Adapter = graphics.Adapter;
export type Force = graphics.Force;
/** What is said of each of some runs that train together. */
export type RunEvaluation = Complete<graphics.RunEvaluation>;

/** Where a person wants runs to train; `auto`: on a GPU where there is a real one. */
export type DevicePreference = 'auto' | 'cpu' | 'gpu';

/** Where a run trains. */
export interface DeviceStatus {
  on: 'cpu' | 'gpu' | 'coming';
  adapter: Adapter | null;
  /** Why it is not on the GPU though it was to be. */
  sentence: string | null;
}

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

/** A field with the outlines of its highest-density regions, largest mass last, and its sums along each variable. */
export interface Picture {
  field: Field;
  contours: Rings[];
  /** p(x1) and p(x2) at the cells' centres: the field integrated over the window by the midpoint rule. */
  marginals: [Float32Array<ArrayBuffer>, Float32Array<ArrayBuffer>];
}

/** Parameters at a step. */
export interface Saved {
  step: number;
  values: Float32Array<ArrayBuffer>;
}

/** What the page wants to see of a run. */
export interface Viewport {
  window: Window;
  temperature: number;
  sampleCount: number;
}

/** How a GPU that trains a run paints its stage by itself. Colours are four bytes, red in the lowest. */
export interface Paint {
  /** On each side of the canvas. */
  pixels: number;
  /** From density 0 to `most`: 256 of them. */
  colours: number[];
  most: number;
  logarithmic: boolean;
  density: boolean;
  samples: boolean;
  /** Where there is no density. */
  paper: number;
  ink: number;
  /** Of a sample, in pixels of the canvas. */
  radius: number;
}

export type TrainingRequest =
  | {
      kind: 'start';
      run: number;
      experiment: unknown;
      look: Viewport;
      play: boolean;
      /** To go on from, as a saved model has them. */
      saved: Saved | null;
    }
  /** The page wants to save the model. */
  | { kind: 'save' }
  | { kind: 'play' }
  | { kind: 'pause' }
  | { kind: 'step'; count: number }
  | { kind: 'pace'; stepsPerSecond: number | null }
  | { kind: 'retarget'; target: TargetSpec }
  | { kind: 'look'; look: Viewport }
  /** The stage's canvas, from now on the worker's. */
  | { kind: 'canvas'; canvas: OffscreenCanvas }
  /** What is to be on it. */
  | { kind: 'paint'; paint: Paint }
  /** The page has drawn the last frame and can take another. */
  | { kind: 'drawn' }
  /** Processors that the run may use at most. */
  | { kind: 'processors'; count: number }
  /** Where runs are to train from now on. */
  | { kind: 'compute'; wanted: DevicePreference; force: Force }
  /** Whoever holds the other end asks for the parameters now and then, to look at them. */
  | { kind: 'inspect'; port: MessagePort }
  /** Fields of some targets, for thumbnails or as the start of a drawing. */
  | { kind: 'fields'; targets: TargetSpec[]; windows: Window[]; side: number };

/** What the model's samples say of the target's modes. */
export interface ModeCoverage {
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

export type TrainingEvent =
  | {
      kind: 'started';
      run: number;
      /** With all defaults filled in. */
      experiment: Experiment;
      step: number;
      parameterCount: number;
      evaluations: Evaluation[];
    }
  | { kind: 'target'; run: number; picture: Picture }
  | { kind: 'saved'; run: number; experiment: Experiment; saved: Saved }
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
      /** Density and samples are on the canvas already. */
      painted: boolean;
      /** Root mean square distance of the samples from their mean. */
      spread: number;
      picture: Picture | null;
      /** How the modes are covered; null: no newer measurement. */
      found: ModeCoverage | null;
      /** Evaluations from this step on replace those that the page has. */
      evaluationsFrom: number;
      evaluations: Evaluation[];
    }
  | { kind: 'paused'; run: number; pause: Pause }
  /** Where the run trains has changed. */
  | { kind: 'place'; run: number; place: DeviceStatus }
  /** An Experiment or a target was not taken: the sentence says what is wrong. What ran goes on. */
  | { kind: 'refused'; run: number; what: 'experiment' | 'target'; sentence: string }
  | { kind: 'field'; index: number; field: Field }
  /** The worker can't go on: no WebAssembly, or a fault in the core. */
  | { kind: 'failed'; sentence: string };

/** What the inspector gets from a run when it asks for the next parameters. */
export interface Parameters {
  run: number;
  /** Where it is another one than before. */
  experiment: Experiment | null;
  step: number;
  values: Float32Array<ArrayBuffer>;
}

/** The core's build for the views has the one that trains, and what they can ask it: a method that answers. */
type Questions = Omit<views.Run, keyof core.Run>;
export type QuestionName = {
  [K in keyof Questions]: ReturnType<Questions[K]> extends object ? K : never;
}[keyof Questions];

type ArgumentsOf<T> = T extends (...args: infer Args) => unknown ? Args : never;

/** A question and what it is about. */
export type Question<Name extends QuestionName = QuestionName> = {
  [K in Name]: { ask: K; about: ArgumentsOf<views.Run[K]> };
}[Name];

/** What the core answers. */
export type Answer<Name extends QuestionName> = Complete<ReturnType<views.Run[Name]>>;

/** A model whose cost is asked for. */
export interface Costed {
  family: string;
  /** Variables. */
  dim: number;
  /** Units of each of two hidden layers. */
  units: number;
  /** Null: as many as the family starts with. */
  layers: number | null;
  /** Points at once. */
  points: number;
}

/** A model's flow, as a saved model holds it for other programs. */
export type Description = views.Description;

/** What a model of some family and number of variables costs. */
export interface Cost {
  /** Network passes, of a point. */
  density: number;
  sampling: number;
  /** Milliseconds for the points that were asked for. */
  densityTime: number;
  samplingTime: number;
}

export type InspectorRequest =
  /** The other end of the port is a run's worker. */
  | { kind: 'attach'; port: MessagePort }
  /** A standing question: answered whenever the answer may have changed. */
  | { kind: 'watch'; view: string; question: Question }
  | { kind: 'unwatch'; view: string }
  /** The page has drawn the view's last answer and can take another. */
  | { kind: 'seen'; view: string }
  | { kind: 'cost'; ticket: number; model: Costed }
  /** What a model's parameters mean. */
  | { kind: 'describe'; ticket: number; experiment: Experiment };

export type InspectorEvent =
  | { kind: 'answer'; view: string; run: number; step: number; answer: unknown }
  /** The question can't be answered: the sentence says why. */
  | { kind: 'refused'; view: string; sentence: string }
  | { kind: 'cost'; ticket: number; cost: Cost | null }
  | { kind: 'description'; ticket: number; flow: Description }
  | { kind: 'failed'; sentence: string };

/** Runs that are to train together, to be looked at as a crowd. */
export interface EnsembleRequest {
  kind: 'begin';
  ticket: number;
  /** Of each condition its runs. */
  groups: Experiment[][];
  steps: number;
  window: Window;
  wanted: DevicePreference;
  force: Force;
}

/** Where they stand. */
export interface EnsembleEvent {
  kind: 'news';
  ticket: number;
  step: number;
  /** Of all runs, condition after condition; empty before the first look. */
  members: RunEvaluation[];
  /** Densities, `side` squared values a run. */
  fields: Float32Array<ArrayBuffer> | null;
  side: number;
  /** The GPU that they train on; null: the processor. */
  adapter: Adapter | null;
  /** What went wrong. */
  sentence: string | null;
  done: boolean;
}
