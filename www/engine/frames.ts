/** Makes what the page draws of a run, and sends it: one frame at a time, the next when the page has drawn the last. */

import type { StageCanvas } from './canvas';
import type { Core, Floats } from './core';
import type { Drawn, GpuTraining } from './device';
import { PageLoad } from './page-load';
import { PicturePlan, type Due } from './picture-plan';
import { buffersOf, pictureOf, spreadOf } from './pictures';
import type { ModeCoverage, Picture, TrainingEvent, Viewport } from './protocol';
import type { Scheduler } from './scheduler';
import { SpeedMeter } from './speed';
import type { TrainingRun } from './training-run';

/** Cells on each side of the picture at rest. */
const SIDE_RESTING = 224;
/** The same at rest where a GPU computes it and can't paint it. */
const SIDE_SHARP = 448;
/** Samples that the page gets while a run trains on a GPU: enough for their spread. */
const SAMPLES_PLAYING = 2000;
/** Points of a fixed sample that the page shows: more would be a cloud. */
const SAMPLE_SHOWN = 2000;
/** At temperatures under this practically all mass is on one point: there is no density to draw. */
export const POINT_MASS = 0.05;

/** Hands an event, and what of it is not copied, to the page. */
export type Post = (event: TrainingEvent, transfer?: Transferable[]) => void;

/** What is drawn, and by whom. */
interface Sheet {
  due: Due;
  onGpu: boolean;
  side: number | null;
  begun: number;
}

export class Frames {
  readonly #load = new PageLoad();
  plan = new PicturePlan(this.#load);
  readonly speed = new SpeedMeter();
  /** The stage's canvas, for a GPU to paint. */
  readonly stage: StageCanvas;
  /** The frame that the page has not drawn yet. */
  #awaited: number | null = null;
  /** It is one of a run that trains. */
  #quick = false;
  #count = 0;
  readonly #core: Core;
  readonly #post: Post;
  readonly #scheduler: Scheduler;

  constructor(core: Core, stage: StageCanvas, scheduler: Scheduler, post: Post) {
    this.#core = core;
    this.stage = stage;
    this.#scheduler = scheduler;
    this.#post = post;
  }

  /** Another run: the page has nothing of it. `slow`: its density takes long. */
  begin(slow = false): void {
    this.plan = new PicturePlan(this.#load, slow);
    this.#awaited = null;
    this.speed.clear();
  }

  /** The page can take another frame. */
  get free(): boolean {
    return this.#awaited === null;
  }

  /** The page has drawn a frame, in that many milliseconds. False where it was an earlier run's. */
  acknowledged(frame: number, drawnIn?: number): boolean {
    if (frame !== this.#awaited) return false;
    if (this.#quick && drawnIn !== undefined) this.#load.drew(drawnIn);
    this.#awaited = null;
    return true;
  }

  /** When something can be sent; `Infinity`: there is nothing, or the page is still drawing. */
  dueAt(playing: boolean): number {
    if (!this.free) return Infinity;
    return this.plan.target ? -Infinity : this.plan.frameAt(playing);
  }

  frameDue(playing: boolean): boolean {
    return this.free && this.plan.frameAt(playing) <= this.#scheduler.now();
  }

  #sheet(viewport: Viewport, playing: boolean, onGpu: boolean, resting: number): Sheet {
    const begun = this.#scheduler.now();
    const due = this.plan.next(playing, begun);
    const side = due.density && viewport.temperature >= POINT_MASS ? (due.quick ?? resting) : null;
    return { due, onGpu, side, begun };
  }

  /** A frame of a run on the processor. */
  sendFromCpu(run: TrainingRun, viewport: Viewport, playing: boolean): void {
    const { window, temperature } = viewport;
    const sheet = this.#sheet(viewport, playing, false, this.plan.resting(SIDE_RESTING));
    const count = playing ? this.#load.samples(viewport.sampleCount) : viewport.sampleCount;
    const samples = run.shown.samples(count, temperature);
    const values =
      sheet.side === null || run.dim !== 2 || !run.hasDensity
        ? null
        : run.shown.densityField(window, sheet.side, temperature);
    this.#send(run, viewport, playing, sheet, { samples, values }, false);
  }

  /** A frame of a run on a GPU, which paints the stage too where it may. `isCurrent`: the run still is the one. */
  async sendFromGpu(
    run: TrainingRun,
    there: GpuTraining,
    viewport: Viewport,
    playing: boolean,
    isCurrent: () => boolean,
  ): Promise<void> {
    const onCanvas = this.stage.paintable;
    const sheet = this.#sheet(viewport, playing, true, onCanvas ? SIDE_RESTING : SIDE_SHARP);
    const sampleCount = playing ? Math.min(viewport.sampleCount, SAMPLES_PLAYING) : viewport.sampleCount;
    const drawn = await there.draw({ ...viewport, sampleCount }, viewport.window, sheet.side);
    if (sheet.due.density) this.stage.quick = sheet.due.quick !== null;
    const painted = onCanvas && (await this.paint(there, viewport));
    if (isCurrent()) this.#send(run, viewport, playing, sheet, drawn, painted);
  }

  /** Has the GPU paint the stage; false where the page has to. */
  async paint(there: GpuTraining, viewport: Viewport): Promise<boolean> {
    const painted = await this.stage.by(there, viewport);
    if (!painted) this.plan.missed();
    return painted;
  }

  /** The modes, where they are to be measured. */
  #coverage(run: TrainingRun, playing: boolean): ModeCoverage | null {
    if (!this.plan.coverageDue(playing, this.#scheduler.now())) return null;
    // A table has no modes that somebody knows; they are not due any more, or frames would never end.
    if (run.target.kind === 'table') return null;
    const coverage = { modes: run.shown.coverage(), offSupportMass: run.shown.offSupportMass() };
    this.plan.covered(this.#scheduler.now());
    return coverage;
  }

  #send(
    run: TrainingRun,
    { window, temperature }: Viewport,
    playing: boolean,
    { due, onGpu, side, begun }: Sheet,
    { samples, values }: Drawn,
    painted: boolean,
  ): void {
    const { core } = run;
    const picture: Picture | null = side !== null && values ? pictureOf(values, side, window) : null;
    if (due.quick !== null && picture) this.plan.took(this.#scheduler.now() - begun, onGpu);
    this.#count += 1;
    this.#awaited = this.#count;
    this.#quick = playing && due.quick !== null;
    this.#post(
      {
        kind: 'frame',
        id: this.#count,
        run: run.id,
        step: core.step,
        stepsPerSecond: playing ? this.speed.measure(this.#scheduler.now(), core.step) : 0,
        workers: run.trainer.workers,
        temperature,
        samples,
        painted,
        spread: spreadOf(samples, run.dim),
        picture,
        coverage: this.#coverage(run, playing),
        past: run.past,
        evaluations: run.newEvaluations(),
      },
      [samples.buffer, ...buffersOf(picture)],
    );
  }

  /** The target's own density, where it is known, and the points of it that are learned from. */
  sendTarget(run: TrainingRun, { window }: Viewport): void {
    this.plan.target = false;
    let picture: Picture | null = null;
    if (run.target.kind !== 'table') {
      const values: Floats = this.#core.targetField(run.target, window, SIDE_RESTING);
      picture = pictureOf(values, SIDE_RESTING, window);
    }
    const sample = run.core.samplePoints(SAMPLE_SHOWN);
    const buffers = [sample.buffer, ...buffersOf(picture)];
    const table = run.core.table();
    this.#post({ kind: 'target', id: run.targetId, run: run.id, picture, sample, table }, buffers);
  }
}
