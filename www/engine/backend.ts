/** Moves a run between the processor and the GPU. */

import { fill } from '../i18n/translate';
import { type Device, type Gpus, type GpuTraining, type OnGpu, Unsuited } from './device';
import { Leased } from './lease';
import type { DevicePreference, DeviceStatus, Force, TargetSpec } from './protocol';
import type { Scheduler } from './scheduler';
import { sentenceOf, sentences } from './sentences';
import type { TrainingRun } from './training-run';

/** Milliseconds that a run has to last before it is taken to the GPU: dragged sliders make runs faster than kernels compile. */
const SETTLED = 120;

/** Who is told what becomes of the run. */
export interface Listener {
  /** Where it trains has changed. */
  onDevice(status: DeviceStatus): void;
  /** The GPU is done with what it was asked, or a move has ended. */
  onIdle(): void;
}

export class Backend {
  #device: Device = { on: 'cpu' };
  #run: TrainingRun | null = null;
  #preference: DevicePreference = 'auto';
  #force: Force = 'nothing';
  /** The GPU was lost or refused: a new run does not try again until the person asks. */
  #refused = false;
  readonly #gpus: Gpus;
  readonly #scheduler: Scheduler;
  readonly #listener: Listener;

  constructor(gpus: Gpus, scheduler: Scheduler, listener: Listener) {
    this.#gpus = gpus;
    this.#scheduler = scheduler;
    this.#listener = listener;
  }

  get device(): Device {
    return this.#device;
  }

  get force(): Force {
    return this.#force;
  }

  /** A run begins, in place of the one before. */
  begin(run: TrainingRun): void {
    this.end();
    this.#run = run;
    void this.#move(run);
  }

  /** The run is given up. */
  end(): void {
    this.#leave();
    this.#run = null;
  }

  /** Where runs are to train from now on. The run goes on from where it stands: all that training needs goes along. */
  choose(preference: DevicePreference, force: Force): void {
    if (preference === this.#preference && force === this.#force) return;
    this.#preference = preference;
    this.#force = force;
    if (!this.#run) return;
    this.#refused = false;
    if (preference === 'cpu') this.#stay(this.#run, null);
    else if (this.#device.on !== 'gpu') void this.#move(this.#run);
  }

  /** The run has another target from now on. */
  retarget(target: TargetSpec): void {
    if (this.#device.on === 'gpu') this.#device.training.value.retarget(target);
  }

  /** Has the GPU do something; a GPU that fails hands the run back. */
  use(run: TrainingRun, device: OnGpu, work: (there: GpuTraining) => Promise<void>): void {
    device.busy = true;
    const guarded = async (there: GpuTraining) => {
      try {
        await work(there);
      } catch (error) {
        device.lost = true;
        throw error;
      }
    };
    run.lease
      .during(() => device.training.during(guarded))
      .catch((error: unknown) => {
        if (this.#device === device) this.#stay(run, sentenceOf(error), true);
      })
      .finally(() => {
        device.busy = false;
        this.#listener.onIdle();
      });
  }

  #leave(): void {
    const left = this.#device;
    this.#device = { on: 'cpu' };
    if (left.on === 'gpu') left.training.end();
  }

  /** The run trains on the processor from here on; a sentence says why, where it was to be otherwise. */
  #stay(run: TrainingRun, sentence: string | null, lost = false, forGood = sentence !== null): void {
    this.#leave();
    this.#refused ||= forGood;
    const told = sentence && lost ? fill(sentences.goesOn, sentence, run.core.step) : sentence;
    this.#listener.onDevice({ on: 'cpu', adapter: null, sentence: told });
  }

  /** Takes the run to the GPU if that is wanted and there is one. */
  async #move(run: TrainingRun): Promise<void> {
    const preference = this.#preference;
    const wish = preference === 'gpu' || (preference === 'auto' && !this.#refused && this.#gpus.exists());
    if (!wish) return this.#stay(run, null);
    const moving: Device = { on: 'moving' };
    this.#device = moving;
    this.#listener.onDevice({ on: 'moving', adapter: null, sentence: null });
    try {
      if (!this.#gpus.exists()) throw new Error(sentences.noWebGpu);
      if (preference === 'auto' && !(await this.#gpus.isReal())) {
        if (this.#device === moving) this.#stay(run, null);
        return;
      }
      await new Promise<void>((resolve) => this.#scheduler.after(SETTLED, resolve));
      if (this.#device !== moving) return;
      const { targetId } = run;
      const there = await run.lease.during((core) => this.#gpus.start(core, this.#force));
      // Another run has begun, or something else was chosen, in the meantime.
      if (this.#device !== moving) return there.free();
      // It may have read the run before.
      if (run.targetId !== targetId) there.retarget(run.target);
      this.#arrive(there);
    } catch (error) {
      // What a model can't do there is no fault of the GPU: the next model may.
      if (this.#device === moving) this.#stay(run, sentenceOf(error), false, !(error instanceof Unsuited));
    } finally {
      this.#listener.onIdle();
    }
  }

  #arrive(there: GpuTraining): void {
    const device: OnGpu = {
      on: 'gpu',
      training: new Leased(there, (one) => one.free(device.lost)),
      busy: false,
      lost: false,
    };
    this.#device = device;
    this.#listener.onDevice({ on: 'gpu', adapter: there.adapter, sentence: null });
  }
}
