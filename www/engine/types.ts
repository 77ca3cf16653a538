/** What of the core the page and its workers speak of: Experiments, pictures, devices. */

import type * as core from './pkg/density_playground';
import type * as gpu from './pkg/density_playground_gpu';

export type Coverage = Complete<core.Coverage>;
export type Evaluation = Complete<core.Evaluation>;
export type FamilyRow = core.FamilyRow;
export type Window = core.Window;
export type TableUnits = Complete<core.TableUnits>;

/** In what people write fields may be missing; in what the core gives back all are there. */
export type Complete<T> = T extends ArrayBufferView
  ? T
  : T extends unknown[]
    ? { [Place in keyof T]: Complete<T[Place]> }
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
export type Adapter = gpu.Adapter;
export type Force = gpu.Force;
/** What is said of each of some runs that train together. */
export type RunEvaluation = Complete<gpu.RunEvaluation>;

/** Where a person wants runs to train; `auto`: on a GPU where there is a real one. */
export type DevicePreference = 'auto' | 'cpu' | 'gpu';

/** Where a run trains. */
export interface DeviceStatus {
  on: 'cpu' | 'gpu' | 'moving';
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
