/**
 * A run on the GPU: the worker's handle on the build of the core that trains there. The run itself stays in the worker and follows,
 * so that views, files and a fall back to the processor find it where it always is.
 */

import type { Device, Painter, Runs } from './pkg/density_playground_gpu';
import type { CoreRun } from './core';
import { Diverged, type Drawn, type GpuTraining, Unsuited } from './device';
import { Leased } from './lease';
import type { Adapter, Force, Paint, TargetSpec, Viewport, Window } from './protocol';
import { fill } from '../i18n/translate';
import { sentences } from './sentences';

type Core = typeof import('./pkg/density_playground_gpu');

let core: Core | null = null;

/** Loads the build with the kernels; a page without a GPU never does. Throws the sentence that says why it can't. */
export async function loadGpuCore(): Promise<Core> {
  if (core) return core;
  const loaded = await import('./pkg/density_playground_gpu');
  // `cargo xtask build --quick` leaves it out.
  if (typeof loaded.default !== 'function') throw new Error(sentences.gpuUnbuilt);
  const url = new URL('./pkg/density_playground_gpu_bg.wasm', import.meta.url);
  await loaded.default({ module_or_path: url });
  return (core = loaded);
}

/** True where the browser has WebGPU at all. */
export const hasWebGpu = (): boolean => 'gpu' in navigator;

let found: Promise<GPUAdapter | null> | null = null;
const adapterFound = () => (found ??= navigator.gpu.requestAdapter().catch(() => null));

/** Whether the adapter is a GPU and not the processor in its clothes: then it is worth the loading. */
export async function hasRealGpu(): Promise<boolean> {
  const info = (await adapterFound())?.info;
  return info !== undefined && !info.isFallbackAdapter && info.architecture !== 'swiftshader';
}

/** What the browser lets be known of it: a description, or vendor and architecture. */
async function adapterName(): Promise<string> {
  const info = (await adapterFound())?.info;
  if (!info) return '';
  return info.description || info.device || [info.vendor, info.architecture].filter(Boolean).join(' ');
}

/** Milliseconds of work in one submission at most: the page's own drawing waits behind it. */
const SUBMISSION = 10;
/** Milliseconds between two looks at the run. */
const LOOK_INTERVAL = 50;
/** The run is evaluated where the step is a multiple of this, as on the processor. */
const EVALUATED = 50;
/** Steps of one submission at most, as src/gpu/buffers.rs has it. */
const MAX_STEPS = 64;

/** One device serves all runs of the worker, one after the other. */
let device: Leased<Device> | null = null;
/** What paints on the page's canvas, with the device that it paints with. */
let painter: { of: Leased<Device>; canvas: OffscreenCanvas; painter: Painter } | null = null;

/** Gives a device back: the next run asks for another. */
function loseDevice(lost: Leased<Device>): void {
  if (device === lost) device = null;
  lost.end();
}

export class GpuRun implements GpuTraining {
  readonly adapter: Adapter;
  #runs: Runs;
  #device: Leased<Device>;
  /** The target that the run has and the GPU does not have yet. */
  #target: TargetSpec | null = null;
  /** Milliseconds of a step. */
  #cost = 2;
  /** Steps that are on their way, and since when. */
  #onTheWay = 0;
  #looked = 0;

  private constructor(runs: Runs, device: Leased<Device>, adapter: Adapter) {
    this.#runs = runs;
    this.#device = device;
    this.adapter = adapter;
  }

  /** Takes a run to the GPU; throws the sentence that says why it can't. */
  static async start(run: CoreRun, force: Force): Promise<GpuRun> {
    const { Device, Runs, refusal } = await loadGpuCore();
    const why = refusal(run.experiment());
    if (why !== undefined) throw new Unsuited(why);
    const own = (device ??= new Leased(await Device.request(force), (one) => one.free()));
    let runs: Runs | null = null;
    try {
      runs = await own.during((one) => Runs.onGpu(one, [run.experiment()]));
      runs.restore(run.state(), run.clock());
      const adapter: Adapter = own.value.adapter();
      adapter.name ||= await adapterName();
      return new GpuRun(runs, own, adapter);
    } catch (error) {
      runs?.free();
      // Perhaps it is the device.
      loseDevice(own);
      throw error;
    }
  }

  /** The run has a new target of which the GPU has not heard. */
  get behind(): boolean {
    return this.#target !== null;
  }

  /** The run has another target from now on. */
  retarget(target: TargetSpec): void {
    this.#target = target;
  }

  /** Steps that a look's time allows, from a step on, `left` at most; they end where the run is evaluated if they get there. */
  stepsFor(step: number, left: number): number {
    const able = Math.max(1, Math.floor(LOOK_INTERVAL / this.#cost));
    const next = EVALUATED - (step % EVALUATED);
    const count = able < next ? able : next + Math.floor((able - next) / EVALUATED) * EVALUATED;
    return Math.min(count, left);
  }

  /** The step that the GPU will have come to; the run follows a submission behind. */
  get step(): number {
    return this.#runs.step;
  }

  /**
   * Has the GPU take steps, and lets the run follow to where it was before them: so it never waits to be looked at. Without steps the
   * run catches up. Throws what is wrong with the run as `Diverged`, what is wrong with the GPU as itself.
   */
  async train(run: CoreRun, count: number): Promise<void> {
    const runs = this.#runs;
    if (this.#target) {
      const target = this.#target;
      this.#target = null;
      await runs.retarget(target);
      runs.restore(run.state(), run.clock());
    }
    const each = Math.min(MAX_STEPS, Math.max(1, Math.floor(SUBMISSION / this.#cost)));
    const first = Math.min(each, count);
    // The rest can't be asked for before it settles: one object does one thing at a time.
    const { clock, failed, numbers } = await runs.submit(first);
    for (let left = count - first; left > 0; left -= each) runs.train(Math.min(left, each));
    this.#measure(count);
    // The run has another target meanwhile: what was learned of the old one since counts for nothing, its schedule begins anew.
    if (this.behind) return;
    if (failed !== undefined) {
      const kept = run.step;
      this.#back(run);
      throw new Diverged(fill(sentences.diverged, failed, kept));
    }
    const at = clock[0] ?? run.step;
    if (at === run.step) return;
    try {
      run.restore(numbers, clock, at % EVALUATED === 0);
    } catch (error) {
      this.#back(run);
      throw new Diverged(error instanceof Error ? error.message : String(error));
    }
  }

  /** What the last submitted steps cost, from one look to the next. */
  #measure(next: number): void {
    const now = performance.now();
    if (this.#onTheWay > 0) this.#cost = 0.7 * this.#cost + (0.3 * (now - this.#looked)) / this.#onTheWay;
    this.#onTheWay = next;
    this.#looked = now;
  }

  /** What is on its way counts for nothing: the GPU goes on from where the run is. */
  #back(run: CoreRun): void {
    this.#runs.restore(run.state(), run.clock());
    this.#onTheWay = 0;
  }

  /** Samples, and where a side is given the density, of the run as the GPU has it. */
  async draw(view: Viewport, window: Window, side: number | null): Promise<Drawn> {
    const samples = (await this.#runs.samples(view.sampleCount, view.temperature)) as Drawn['samples'];
    const values =
      side === null
        ? null
        : ((await this.#runs.densityField(window, side, view.temperature)) as Drawn['values']);
    return { samples, values };
  }

  /**
   * Paints density and samples on the page's canvas without a number of them coming here; `resolution` cells on each side, 0 without the
   * density. Throws what keeps the browser from it.
   */
  async paint(canvas: OffscreenCanvas, view: Viewport, paint: Paint, resolution: number): Promise<void> {
    const own = this.#device;
    if (!core) throw new Error('there is no device');
    if (painter?.of !== own || painter.canvas !== canvas) {
      painter?.painter.free();
      painter = null;
      const { Painter } = core;
      painter = { of: own, canvas, painter: await own.during((one) => Painter.on(one, canvas)) };
    }
    const { pixels, density, samples, ...look } = paint;
    const painting = {
      ...look,
      window: view.window,
      temperature: view.temperature,
      resolution: density ? resolution : 0,
      samples: samples ? view.sampleCount : 0,
    };
    await painter.painter.paint(this.#runs, painting, pixels);
  }

  /** Gives its memory back. Not while something is under way. `lost`: the device with it, the next run asks for another. */
  free(lost = false): void {
    this.#runs.free();
    if (lost) loseDevice(this.#device);
  }
}
