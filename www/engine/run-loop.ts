/**
 * The loop of a training worker: it trains one run in slices of a few milliseconds, and between slices does what the page asked and
 * sends it a picture. It knows neither worker nor browser: core, clock, GPUs and the way to the page are handed in.
 */

import { fill } from '../i18n/translate';
import { Backend } from './backend';
import type { StageCanvas } from './canvas';
import type { Core, CoreRun } from './core';
import { Diverged, type Gpus, type GpuTraining, type OnGpu } from './device';
import { Frames, type Post } from './frames';
import { take } from './given-tables';
import { OUT_OF_SIGHT } from './out-of-sight';
import { ParametersPort } from './parameters-port';
import { nextStepAt, type Pace, type Playback, stepsDue } from './playback';
import type { PauseReason, TrainingRequest, Viewport } from './protocol';
import { type Scheduler, Wakeup } from './scheduler';
import { sentenceOf, sentences } from './sentences';
import { type Trainer, TrainingRun } from './training-run';

/** Milliseconds of training between two looks at the messages. */
const SLICE = 8;

/** What the loop stands on. */
export interface Environment {
  core: Core;
  scheduler: Scheduler;
  post: Post;
  gpus: Gpus;
  stage: StageCanvas;
  /** Trains a run on so many processors at most. */
  trainer(run: CoreRun, processors: number): Trainer;
  processors: number;
}

type Start = Extract<TrainingRequest, { kind: 'start' }>;

export class RunLoop {
  #run: TrainingRun | null = null;
  #playback: Playback = { state: 'resting', singles: 0 };
  #pace: Pace = null;
  #viewport: Viewport | null = null;
  #processors: number;
  /** Out of sight for so long that training rests. */
  #outOfSight = false;
  #cancelRest: (() => void) | null = null;
  #parameters: ParametersPort | null = null;
  /** A fault of the core: its instance can't be trusted any more. */
  #failed = false;
  readonly #environment: Environment;
  readonly #post: Post;
  readonly #scheduler: Scheduler;
  readonly #backend: Backend;
  readonly #frames: Frames;
  readonly #wakeup: Wakeup;

  constructor(environment: Environment) {
    const { core, scheduler, post, gpus, stage, processors } = environment;
    this.#environment = environment;
    this.#post = post;
    this.#scheduler = scheduler;
    this.#processors = processors;
    this.#frames = new Frames(core, stage, scheduler, post);
    this.#wakeup = new Wakeup(scheduler, () => this.#guarded(() => this.#turn()));
    this.#backend = new Backend(gpus, scheduler, {
      onDevice: (device) => {
        if (!this.#run) return;
        // Somebody else paints the stage from now on.
        this.#frames.plan.repaint();
        if (device.on === 'gpu') {
          stage.refused = device.adapter?.software === true && this.#backend.force !== 'canvas';
          this.#run.trainer.end();
          this.#frames.speed.clear();
        }
        post({ kind: 'device', run: this.#run.id, device });
      },
      onIdle: () => this.#wakeup.soon(),
    });
  }

  /** Does what the page asks. */
  hear(request: TrainingRequest): void {
    if (!this.#failed) this.#guarded(() => this.#obey(request));
  }

  #guarded(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#failed = true;
      this.#run = null;
      this.#post({ kind: 'failed', sentence: fill(sentences.fault, sentenceOf(error)) });
    }
  }

  #obey(request: TrainingRequest): void {
    switch (request.kind) {
      case 'start':
        return this.#start(request);
      case 'retarget':
        return this.#retarget(request);
      case 'table':
        return take(request.table, this.#environment.core.provideTable);
      case 'save':
        return this.#save(request);
      case 'past':
        this.#lookBack(request.step);
        break;
      case 'play':
        return this.#play();
      case 'pause':
        return this.#pause({ why: 'asked' });
      case 'step':
        this.#lookBack(null);
        if (this.#playback.state !== 'playing') this.#playback.singles += request.count;
        break;
      case 'pace':
        this.#pace = request.stepsPerSecond;
        if (this.#playback.state === 'playing') this.#playback = this.#fromHere();
        break;
      case 'viewport':
        return this.#look(request.viewport);
      case 'visibility':
        return this.#see(request.visible);
      case 'canvas':
        this.#frames.stage.canvas = request.canvas;
        this.#frames.plan.missed();
        break;
      case 'paint':
        this.#frames.stage.paint = request.paint;
        this.#frames.stage.stale = this.#backend.device.on === 'gpu';
        break;
      case 'ack':
        if (this.#frames.acknowledged(request.id, request.drawnIn))
          this.#run?.acknowledged(request.evaluatedTo);
        break;
      case 'processors':
        return this.#share(request.count);
      case 'device':
        this.#backend.choose(request.preference, request.force);
        break;
      case 'inspect':
        this.#parameters?.close();
        this.#parameters = new ParametersPort(request.port, () => this.#guarded(() => this.#offer()));
        return;
      case 'fields':
        return this.#sendFields(request);
    }
    this.#wakeup.soon();
  }

  #start({ id, experiment, saved, viewport, play }: Start): void {
    const { core: all, trainer } = this.#environment;
    let core: CoreRun;
    try {
      core = all.open(experiment);
      if (saved) core.load(saved.step, saved.values);
    } catch (error) {
      this.#post({ kind: 'refused', id, sentence: sentenceOf(error) });
      return;
    }
    this.#backend.end();
    this.#run?.close();
    const run = new TrainingRun(id, core, trainer(core, this.#processors));
    this.#run = run;
    this.#viewport = viewport;
    this.#playback = { state: 'resting', singles: 0 };
    this.#frames.begin(run.isSlow);
    const { step, parameterCount } = core;
    const evaluations = run.newEvaluations();
    this.#post({ kind: 'started', id, experiment: run.experiment, step, parameterCount, evaluations });
    this.#keep(run, true);
    if (play) this.#play();
    this.#backend.begin(run);
    this.#wakeup.soon();
  }

  #retarget({ id, target }: Extract<TrainingRequest, { kind: 'retarget' }>): void {
    try {
      if (!this.#run) throw new Error(sentences.noRun);
      this.#run.retarget(id, target);
      this.#keep(this.#run, true);
    } catch (error) {
      this.#post({ kind: 'refused', id, sentence: sentenceOf(error) });
      return;
    }
    this.#backend.retarget(target);
    this.#frames.plan.trained();
    this.#frames.plan.target = true;
    this.#wakeup.soon();
  }

  #save({ id, past }: Extract<TrainingRequest, { kind: 'save' }>): void {
    if (!this.#run) return this.#post({ kind: 'refused', id, sentence: sentences.noRun });
    const core = past ? this.#run.shown : this.#run.core;
    const values = core.parameters();
    const saved = { step: core.step, values };
    this.#post({ kind: 'saved', id, experiment: core.experiment(), saved }, [values.buffer]);
  }

  /** Keeps the run's parameters where that is due; `anew`: there were none of it before. */
  #keep({ id, core, kept }: TrainingRun, anew = false): void {
    const due = kept.due(core.step);
    if (due) kept.keep({ step: core.step, values: core.parameters() });
    if (due || anew) this.#post({ kind: 'kept', run: id, steps: kept.steps, bytes: kept.bytes });
  }

  /** Shows a kept step, at rest; null: the run as it is. */
  #lookBack(step: number | null): void {
    if (!this.#run) return;
    if (step !== null) this.#pause({ why: 'asked' });
    else if (this.#run.past) this.#frames.plan.trained();
    this.#run.lookBack(step);
  }

  #fromHere(): Playback {
    return { state: 'playing', since: this.#scheduler.now(), from: this.#run?.core.step ?? 0 };
  }

  #play(): void {
    if (!this.#run) return;
    this.#lookBack(null);
    this.#playback = this.#fromHere();
    this.#run.findEnd();
    this.#frames.speed.clear();
    if (this.#outOfSight) this.#pause({ why: 'hidden' });
    this.#wakeup.soon();
  }

  #pause(reason: PauseReason): void {
    const { state } = this.#playback;
    const waits = state === 'paused' && this.#playback.reason.why === 'hidden';
    if (!this.#run || (state !== 'playing' && !waits)) return;
    this.#playback = { state: 'paused', reason, singles: 0 };
    this.#frames.plan.rested();
    this.#post({ kind: 'paused', run: this.#run.id, reason });
    this.#wakeup.soon();
  }

  /** The page has come into sight, or has gone. */
  #see(visible: boolean): void {
    this.#cancelRest?.();
    this.#cancelRest = null;
    if (!visible) {
      this.#cancelRest = this.#scheduler.after(OUT_OF_SIGHT, () => {
        this.#outOfSight = true;
        if (this.#playback.state === 'playing') this.#pause({ why: 'hidden' });
      });
      return;
    }
    this.#outOfSight = false;
    if (!this.#run || this.#playback.state !== 'paused' || this.#playback.reason.why !== 'hidden') return;
    this.#post({ kind: 'resumed', run: this.#run.id });
    this.#play();
  }

  #look(viewport: Viewport): void {
    const moved = JSON.stringify(this.#viewport?.window) !== JSON.stringify(viewport.window);
    this.#viewport = viewport;
    this.#frames.plan.trained();
    this.#frames.plan.target ||= moved;
    this.#wakeup.soon();
  }

  #share(processors: number): void {
    if (processors === this.#processors) return;
    this.#processors = processors;
    if (!this.#run) return;
    this.#run.trainer.end();
    this.#run.trainer = this.#environment.trainer(this.#run.core, processors);
  }

  #sendFields({ id, targets, windows, side }: Extract<TrainingRequest, { kind: 'fields' }>): void {
    targets.forEach((target, index) => {
      const window = windows[index];
      if (!window) return;
      const values = this.#environment.core.targetField(target, window, side);
      this.#post({ kind: 'field', id, index, field: { window, side, values } }, [values.buffer]);
    });
  }

  #offer(): void {
    if (!this.#run) return;
    const { id, targetId, shown } = this.#run;
    this.#parameters?.offer({ id, targetId, core: shown });
  }

  // Between two messages.

  get #playing(): boolean {
    return this.#playback.state === 'playing';
  }

  #turn(): void {
    const run = this.#run;
    const viewport = this.#viewport;
    if (!run || !viewport) return;
    if (this.#backend.device.on === 'cpu') this.#train(run);
    this.#keep(run);
    // A drag wants more of them than can be drawn.
    if (this.#frames.free && run.goBack((experiment) => this.#environment.core.open(experiment)))
      this.#frames.plan.trained();
    this.#offer();
    this.#show(run, viewport);
    // After the picture: a GPU does one thing after the other, and would always be training.
    if (this.#backend.device.on === 'gpu') this.#trainThere(run, this.#backend.device);
    this.#sleep(run);
  }

  /** Until there is something to do; whoever is waited for wakes the loop. */
  #sleep(run: TrainingRun): void {
    const { device } = this.#backend;
    if (device.on === 'gpu' && device.busy) return;
    const step = device.on === 'gpu' ? device.training.value.step : run.core.step;
    const train = device.on === 'moving' ? Infinity : nextStepAt(this.#playback, this.#pace, step);
    const at = Math.min(train, this.#frames.dueAt(this.#playing));
    if (at < Infinity) this.#wakeup.at(at);
  }

  /** Steps to take now, of a run that is at `step`. */
  #stepsDue(run: TrainingRun, step: number): number {
    const due = stepsDue(this.#playback, this.#pace, step, this.#scheduler.now());
    return this.#playing ? Math.min(run.end - step, due) : due;
  }

  /** Trains on the processor for about SLICE milliseconds; stops where training ends by itself. */
  #train(run: TrainingRun): void {
    const begin = this.#scheduler.now();
    let left = this.#stepsDue(run, run.core.step);
    while (left > 0 && this.#scheduler.now() - begin < SLICE) {
      const count = Math.min(left, Math.max(1, Math.floor(SLICE / 2 / run.stepCost)));
      const before = this.#scheduler.now();
      if (this.#playback.state !== 'playing') this.#playback.singles -= count;
      this.#frames.plan.trained();
      try {
        run.trainer.train(count, this.#playing ? run.stepCost : 0);
      } catch (error) {
        // A panic leaves an instance that can't be trusted.
        if (error instanceof WebAssembly.RuntimeError) throw error;
        return this.#stop(run, sentenceOf(error));
      }
      run.stepCost = 0.9 * run.stepCost + 0.1 * ((this.#scheduler.now() - before) / count);
      left -= count;
    }
    if (this.#playing && run.core.step >= run.end) this.#pause({ why: 'end' });
  }

  /** Training has failed, by itself or in a single step. */
  #stop(run: TrainingRun, sentence: string): void {
    this.#playback = { state: 'paused', reason: { why: 'trouble', sentence }, singles: 0 };
    this.#frames.plan.rested();
    this.#post({ kind: 'paused', run: run.id, reason: this.#playback.reason });
  }

  /** Trains on the GPU for a moment, without waiting for it. */
  #trainThere(run: TrainingRun, device: OnGpu): void {
    if (device.busy) return;
    const there = device.training.value;
    const onTheWay = there.step - run.core.step;
    const left = this.#stepsDue(run, there.step);
    // At rest, and where no more steps are due, the run catches up.
    if (left <= 0 && onTheWay <= 0 && !there.behind) return;
    const count = left <= 0 || there.behind ? 0 : this.#playing ? there.stepsFor(there.step, left) : left;
    if (this.#playback.state !== 'playing') this.#playback.singles -= count;
    this.#backend.use(run, device, () => this.#follow(run, there, count));
  }

  async #follow(run: TrainingRun, there: GpuTraining, count: number): Promise<void> {
    try {
      await there.train(run.core, count);
    } catch (error) {
      if (!(error instanceof Diverged)) throw error;
      if (this.#run === run) this.#stop(run, error.message);
    }
    if (this.#run !== run) return;
    this.#frames.plan.trained();
    const arrived = there.step === run.core.step && run.core.step >= run.end;
    if (this.#playing && arrived) this.#pause({ why: 'end' });
  }

  /** Sends what the page lacks and can take. */
  #show(run: TrainingRun, viewport: Viewport): void {
    const { device } = this.#backend;
    const frames = this.#frames;
    const onGpu = device.on === 'gpu' && !run.past;
    if (onGpu && (device.busy || device.training.value.behind)) return;
    if (frames.frameDue(this.#playing)) {
      // What is looked back at is drawn here, wherever the run trains.
      if (!onGpu) return frames.sendFromCpu(run, viewport, this.#playing);
      const playing = this.#playing;
      const isCurrent = () => this.#run === run;
      this.#backend.use(run, device, (there) => frames.sendFromGpu(run, there, viewport, playing, isCurrent));
    } else if (frames.free && frames.plan.target) frames.sendTarget(run, viewport);
    else if (onGpu && !this.#playing && frames.free && frames.stage.needsPaint)
      // Other colours, or another size, of what is on the stage already.
      this.#backend.use(run, device, async (there) => void (await frames.paint(there, viewport)));
  }
}
