/** Where a run trains, and what a GPU has to be able to do for it. */

import type { CoreRun, Floats } from './core';
import type { Leased } from './lease';
import type { Adapter, Force, Paint, TargetSpec, Viewport, Window } from './protocol';

/** What a frame shows of a run. */
export interface Drawn {
  samples: Floats;
  values: Floats | null;
}

/** A run on a GPU. It does one thing at a time; the core's run follows it. */
export interface GpuTraining {
  readonly adapter: Adapter;
  /** The step that it will have come to. */
  readonly step: number;
  /** It has yet to hear of the run's new target. */
  readonly behind: boolean;
  /** Steps to ask for at once, from a step on, `left` at most. */
  stepsFor(step: number, left: number): number;
  /** Takes steps; without any the run catches up. Throws `Diverged` where the run is in trouble, anything else where the GPU is. */
  train(run: CoreRun, count: number): Promise<void>;
  /** The run has another target from now on. */
  retarget(target: TargetSpec): void;
  draw(viewport: Viewport, window: Window, side: number | null): Promise<Drawn>;
  paint(canvas: OffscreenCanvas, viewport: Viewport, paint: Paint, resolution: number): Promise<void>;
  /** Gives its memory back; `lost`: the device with it. */
  free(lost?: boolean): void;
}

/** The browser's GPUs. */
export interface Gpus {
  /** The browser has WebGPU at all. */
  exists(): boolean;
  /** The adapter is a GPU and not the processor in its clothes. */
  isReal(): Promise<boolean>;
  /** Takes a run there; throws the sentence that says why it can't. */
  start(run: CoreRun, force: Force): Promise<GpuTraining>;
}

export interface OnGpu {
  on: 'gpu';
  training: Leased<GpuTraining>;
  /** It has something to do for us, and must not be asked anything else. */
  busy: boolean;
  /** It failed: the next run asks for another device. */
  lost: boolean;
}

/** Where a run trains. On its way it does not train, so that it has one backend from its first step on. */
export type Device = { on: 'cpu' } | { on: 'moving' } | OnGpu;

/** This model has to train on the processor; another may do without. */
export class Unsuited extends Error {}

/** The run, not the GPU, is in trouble. */
export class Diverged extends Error {}
