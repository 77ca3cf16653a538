/** One run on the page: its Experiment, what it reports, and what the person does with it. */

import { densityLevels } from '../engine/contours';
import { dab, fromDensity, stroke, type Brush } from '../drawing/brush';
import { scaleTop } from '../render/heat';
import { square } from '../render/plane';
import { type Heard, InFlight, type Origin, type RunEvent, type SavedModel } from '../engine/in-flight';
import { TrainingClient, targetFields } from '../engine/training-client';
import type {
  DevicePreference,
  DeviceStatus,
  Evaluation,
  Experiment,
  Field,
  Frame,
  ModeCoverage,
  Paint,
  PauseReason,
  Picture,
  Saved,
  Started,
  TargetSpec,
  TrainingEvent,
  TrainingRequest,
  Viewport,
  Window,
} from '../engine/protocol';
import { manifest, windowOf } from './manifest';
import { base64Of, cellsOf } from './link';
import type { Notice, RunHost, Shown } from './run-host';
import { Undo } from './undo';
import { translate, words } from '../i18n';

/** Training speeds to choose from, in steps a second; null is as fast as it goes. */
export const PACES: readonly (number | null)[] = [null, 100, 20, 4];

/** Samples at most where no GPU paints them. */
const PROCESSOR_SAMPLES = 10_000;

const DRAWING_WINDOW: Window = square(manifest.drawing_window);

/** How the modes were covered, at a step. */
export interface ModeCoverageAt extends ModeCoverage {
  step: number;
}

/** How many of them a run keeps. */
const MAX_COVERAGE_HISTORY = 400;

export class RunState {
  experiment = $state.raw<Experiment>(manifest.default_experiment);

  step = $state(0);
  stepsPerSecond = $state(0);
  /** Workers that share each step. */
  workers = $state(1);
  /** Where the run trains. */
  device = $state.raw<DeviceStatus>({ on: 'cpu', adapter: null, sentence: null });
  playing = $state(false);
  pause = $state.raw<PauseReason | null>(null);
  /** It rests, since nobody can see the page, and goes on by itself. */
  outOfSight = $state(false);
  parameterCount = $state(0);
  evaluations = $state.raw<Evaluation[]>([]);
  picture = $state.raw<Picture | null>(null);
  targetPicture = $state.raw<Picture | null>(null);
  samples = $state.raw<Float32Array>(new Float32Array());
  /** A GPU has painted density and samples on the canvas that it was given. */
  painted = $state(false);
  /** Counts the workers that this run has had: each wants a canvas of its own. */
  clients = $state(0);
  /** Root mean square distance of the samples from their mean. */
  spread = $state(0);
  /** How the modes are covered, as last measured. */
  coverage = $state.raw<ModeCoverage | null>(null);
  /** All measurements since step 0, oldest first. */
  coverageHistory = $state.raw<ModeCoverageAt[]>([]);
  notice = $state.raw<Notice | null>(null);

  /** Painting on the stage, with the chosen tool. */
  drawing = $state(false);
  brush = $state<Brush>({ tool: 'brush', size: 7, softness: 0.6 });
  /** The cells that are being painted, and a count of their changes. */
  cells: Uint8Array<ArrayBuffer> = new Uint8Array(manifest.drawing_side ** 2);
  cellsVersion = $state(0);

  canUndo = $state(false);
  canRedo = $state(false);

  /** Tells runs apart, for as long as the page lives. */
  readonly key: number;
  readonly #host: RunHost;
  #client: TrainingClient;
  readonly #inFlight: InFlight;
  /** Copies of what is in flight, for the page to follow. */
  #id = $state(0);
  #settled = $state(true);
  #undo = new Undo<Experiment>();
  /** Of Experiments that were reset, what was trained. */
  readonly #trained = new WeakMap<Experiment, Saved>();
  #playWhenStarted = false;
  #last: [number, number] | null = null;
  /** What was said before the stroke and is answered by it. It goes when the stroke ends: the stage must not move under the hand. */
  #answered: Notice | null = null;
  /** What a file was refused for while something else was on its way. */
  #untold: Notice | null = null;
  /** The run was stopped by a target that the core refused, an empty canvas: it goes on with the next one. */
  #interrupted = false;
  /** Counts what was adopted or drawn: what was asked for before comes too late. */
  #changes = 0;

  constructor(host: RunHost, key: number) {
    this.#host = host;
    this.key = key;
    this.#client = this.#newClient();
    this.#inFlight = new InFlight((request) => this.#send(request), {
      start: () => ({
        experiment: this.experiment,
        viewport: this.#viewport(),
        play: this.#playWhenStarted,
        saved: null,
      }),
      retarget: () => ({ target: this.experiment.target, viewport: this.#viewport() }),
    });
  }

  #newClient(): TrainingClient {
    return new TrainingClient((event) => this.#hear(event));
  }

  get engine(): TrainingClient {
    return this.#client;
  }

  // What all runs of the page share.

  get temperature(): number {
    return this.#host.temperature;
  }

  get pace(): number {
    return this.#host.pace;
  }

  get devicePreference(): DevicePreference {
    return this.#host.devicePreference;
  }

  setDevicePreference(preference: DevicePreference): void {
    this.#host.setDevicePreference(preference);
  }

  get trainsUnseen(): boolean {
    return this.#host.trainsUnseen;
  }

  setTrainsUnseen(on: boolean): void {
    this.#host.setTrainsUnseen(on);
  }

  get thumbnails(): (Field | null)[] {
    return this.#host.thumbnails;
  }

  get shown(): Shown {
    return this.#host.shown;
  }

  /** The id of the run that the page is about. */
  get id(): number {
    return this.#id;
  }

  /** Starts with an Experiment that nobody has checked: the core will say what it is, or what is wrong with it. */
  open(experiment: unknown, play: boolean, saved: Saved | null = null): void {
    this.#open('link', experiment, play, saved);
  }

  /** Ends the run for good. */
  close(): void {
    this.#client.close();
  }

  /** Starts anew with another Experiment, without a way back. */
  take(experiment: Experiment, play: boolean): void {
    this.#adopt(experiment);
    this.#want('start', play);
  }

  #open(origin: 'link' | 'file', experiment: unknown, play: boolean, saved: Saved | null): void {
    this.#inFlight.open(origin, () => {
      this.#playWhenStarted = play;
      return { experiment, viewport: this.#viewport((experiment as Experiment).target), play, saved };
    });
    this.#wanted();
  }

  #viewport(target: TargetSpec = this.experiment.target): Viewport {
    return {
      window: this.windowFor(target),
      temperature: this.temperature,
      sampleCount: Math.min(this.#host.sampleCount, this.painted ? Infinity : PROCESSOR_SAMPLES),
    };
  }

  /** The part of the plane on the stage. */
  get window(): Window {
    return this.windowFor(this.experiment.target);
  }

  /** True for what was painted over the part of the plane that is on the stage now. */
  isHere<P extends { field: Field }>(picture: P | null): picture is P {
    return picture !== null && JSON.stringify(picture.field.window) === JSON.stringify(this.window);
  }

  windowFor(target: TargetSpec): Window {
    return this.drawing || target.kind === 'drawn' ? DRAWING_WINDOW : square(windowOf(target));
  }

  /** The top of the colour scale: the target's, so that it stays while the model moves. */
  readonly scaleMost = $derived(
    this.targetPicture ? scaleTop(this.targetPicture.field.values, densityLevels) : 1,
  );

  /** The evaluation to show: while training, once it only wavers, the mean of the last few, so that its digits can be read. */
  readonly evaluation = $derived.by(() => {
    const last = this.evaluations.at(-1);
    if (!last || !this.playing) return last ?? null;
    const few = this.evaluations.slice(-3);
    const mean = (of: (e: Evaluation) => number) => few.reduce((sum, e) => sum + of(e), 0) / few.length;
    const kl = mean((e) => e.kl);
    const noise = 0.25 * Math.abs(kl) + (last.standard_error ?? 0);
    if (!Number.isFinite(kl) || few.some((e) => Math.abs(e.kl - kl) > noise)) return last;
    return { ...last, nll: mean((e) => e.nll), kl };
  });

  /** True where the numbers are of the Experiment that was asked for last. */
  get settled(): boolean {
    return this.#settled;
  }

  get finished(): boolean {
    return this.pause?.why === 'end';
  }

  // What the person does.

  toggle(): void {
    this.#interrupted = false;
    if (this.playing) {
      this.playing = false;
      this.#playWhenStarted = false;
      this.#send({ kind: 'pause' });
    } else this.#play();
  }

  #play(): void {
    this.playing = true;
    this.#playWhenStarted = true;
    this.pause = null;
    this.#send({ kind: 'play' });
  }

  stepOnce(): void {
    if (this.playing) this.toggle();
    this.#send({ kind: 'step', count: 1 });
  }

  /** Back to step 0. What was trained is kept with the Experiment that it was of: one undo brings it back. */
  reset(): void {
    const before = this.experiment;
    if (this.step === 0) {
      this.#want('start', false);
      return;
    }
    if (this.playing) this.toggle();
    const reset = (saved: Saved | null) => {
      // Something else was set up meanwhile.
      if (this.experiment !== before) return;
      if (saved) {
        this.#trained.set(before, saved);
        this.#undo.leave(before, '', performance.now());
        this.#adopt({ ...before });
      }
      this.#want('start', this.playing);
    };
    void this.model().then((model) => reset(model?.saved ?? null));
  }

  /** The next undo takes a reset back. */
  get undoesReset(): boolean {
    const { before } = this.#undo;
    return before !== undefined && this.#trained.has(before);
  }

  /** Nothing that was before is come back to. */
  forgetHistory(): void {
    this.#undo = new Undo();
    this.#afterChange();
  }

  /** Tells the worker what the page's runs share, after it changed. */
  share(): void {
    this.#sendSettings();
    this.updateViewport();
  }

  /** Tells the worker whether a person can see the page. */
  see(): void {
    this.#send({ kind: 'visibility', visible: this.#host.visible });
  }

  #sendSettings(): void {
    this.#client.send({ kind: 'visibility', visible: this.#host.visible });
    this.#client.send({ kind: 'processors', count: this.#host.processorsForEach });
    this.#client.send({ kind: 'device', preference: this.devicePreference, force: this.#host.force });
    this.#client.send({ kind: 'pace', stepsPerSecond: PACES[this.pace] ?? null });
  }

  /** Gives the engine the stage's canvas, to be painted where the run is on a GPU. */
  giveCanvas(canvas: OffscreenCanvas): void {
    this.#client.give(canvas);
  }

  /** How it is to be painted. */
  paint(paint: Paint): void {
    this.#send({ kind: 'paint', paint });
  }

  /** How many samples there can be depends on who paints them. */
  #setPainted(painted: boolean): void {
    if (painted === this.painted) return;
    this.painted = painted;
    if (this.#host.sampleCount > PROCESSOR_SAMPLES) this.updateViewport();
  }

  /** Asks for a picture with the window and the temperature as they are now. */
  updateViewport(): void {
    this.#send({ kind: 'viewport', viewport: this.#viewport() });
  }

  /** Changes the Experiment and starts it anew; changes of the same thing in quick succession are undone as one. */
  change(what: string, edit: (draft: Experiment) => void): void {
    const next = structuredClone(this.experiment);
    edit(next);
    this.#undo.leave(this.experiment, what, performance.now());
    this.#adopt(next);
    this.#want('start', this.playing || this.finished);
    this.#host.changed(this);
  }

  /** Takes over the target of another run beside this one. */
  follow(target: TargetSpec): void {
    if (JSON.stringify(target) === JSON.stringify(this.experiment.target)) return;
    const drawn = target.kind === 'drawn' && this.experiment.target.kind === 'drawn';
    this.drawing = false;
    this.#adopt({ ...this.experiment, target });
    this.#want(drawn && this.playing ? 'retarget' : 'start', this.#goesOn());
  }

  chooseTarget(target: TargetSpec): void {
    this.drawing = false;
    this.change('', (draft) => (draft.target = target));
  }

  undo(): void {
    this.#return(this.#undo.undo(this.experiment));
  }

  redo(): void {
    this.#return(this.#undo.redo(this.experiment));
  }

  #return(state: Experiment | null): void {
    if (!state) return;
    const saved = this.#trained.get(state);
    if (saved) {
      this.#adopt(state);
      this.open(state, false, saved);
      this.#host.changed(this);
      return;
    }
    const drawn = state.target.kind === 'drawn' && this.experiment.target.kind === 'drawn';
    const same = (a: Experiment, b: Experiment) =>
      JSON.stringify({ ...a, target: null }) === JSON.stringify({ ...b, target: null });
    const live = drawn && this.playing && same(state, this.experiment);
    this.#adopt(state);
    this.#want(live ? 'retarget' : 'start', this.playing || this.finished);
    this.#host.changed(this);
  }

  /** Takes over an Experiment, and everything that follows from it. */
  #adopt(experiment: Experiment): void {
    this.#changes += 1;
    this.experiment = experiment;
    const { target } = experiment;
    this.cells = target.kind === 'drawn' ? cellsOf(target.cells) : new Uint8Array(manifest.drawing_side ** 2);
    this.cellsVersion += 1;
    this.#dismiss();
    this.#afterChange();
  }

  #afterChange(): void {
    this.canUndo = this.#undo.canUndo;
    this.canRedo = this.#undo.canRedo;
  }

  // Drawing.

  setDrawing(on: boolean): void {
    this.drawing = on;
    this.updateViewport();
  }

  strokeStart(x: number, y: number): void {
    this.#answered = this.notice;
    this.#undo.leave(this.experiment, '', performance.now());
    this.#last = [x, y];
    dab(this.cells, manifest.drawing_side, this.brush, x, y);
    this.#painted();
  }

  /** Draws on through points: all that were passed since the last frame, so that the drawing is encoded once for them. */
  strokeMove(points: readonly [number, number][]): void {
    if (!this.#last || points.length === 0) return;
    for (const point of points) {
      stroke(this.cells, manifest.drawing_side, this.brush, this.#last, point);
      this.#last = point;
    }
    this.#painted();
  }

  /** Takes the stroke back that is being drawn: it was no stroke but two fingers. What trains goes on with what was the target before. */
  strokeCancel(): void {
    if (!this.#last) return;
    this.strokeEnd();
    const before = this.#undo.takeBack();
    if (!before) return;
    this.#adopt(before);
    this.#want(this.playing || this.finished ? 'retarget' : 'start', this.#goesOn());
    this.#host.changed(this);
  }

  strokeEnd(): void {
    this.#last = null;
    if (this.notice === this.#answered) this.#dismiss();
  }

  /** One dab without a stroke, as the keyboard makes it. */
  dabAt(x: number, y: number): void {
    this.strokeStart(x, y);
    this.strokeEnd();
  }

  clear(): void {
    this.#undo.leave(this.experiment, '', performance.now());
    this.cells = new Uint8Array(manifest.drawing_side ** 2);
    this.#painted();
  }

  /** Makes intensities from a file the drawing. */
  setCells(cells: Uint8Array<ArrayBuffer>): void {
    this.#undo.leave(this.experiment, '', performance.now());
    this.drawing = false;
    this.cells = cells;
    this.#painted();
  }

  /** Takes an Experiment from a file, which nobody has checked; what ran goes on where the core refuses it. A saved model rests. */
  openFile(experiment: unknown, saved: Saved | null): void {
    this.#open('file', experiment, saved === null && (this.playing || this.finished), saved);
  }

  /** The model as it is now, to be saved; null: it can't be had, and the person was told why. */
  async model(): Promise<SavedModel | null> {
    try {
      return await this.#inFlight.save();
    } catch (error) {
      if (error instanceof Error) this.notice = { sentence: translate(error.message) };
      this.#tellFailure();
      return null;
    }
  }

  /** Makes the target of the gallery that is on the stage a drawing to go on with. */
  drawFromTarget(): void {
    const { target } = this.experiment;
    if (target.kind === 'drawn') return;
    const asked = this.#changes;
    targetFields(
      [target],
      [DRAWING_WINDOW],
      manifest.drawing_side,
      (_, field) => {
        // Something else was chosen or drawn meanwhile.
        if (this.#changes !== asked) return;
        this.#undo.leave(this.experiment, '', performance.now());
        this.cells = fromDensity(field.values);
        this.#painted();
      },
      (sentence) => (this.notice = { sentence: translate(sentence) }),
    );
  }

  /** The cells have changed: they are the target now, of the run that goes on or of a fresh one. */
  #painted(): void {
    this.#changes += 1;
    this.cellsVersion += 1;
    const target: TargetSpec = { kind: 'drawn', cells: base64Of(this.cells) };
    this.experiment = { ...this.experiment, target };
    this.#afterChange();
    this.#want(this.playing || this.finished ? 'retarget' : 'start', this.#goesOn());
    this.#host.changed(this);
  }

  /** Whether what is drawn next is to be learned at once. */
  #goesOn(): boolean {
    return this.playing || this.finished || this.#interrupted;
  }

  // Between the page and the worker.

  #want(what: 'start' | 'retarget', play: boolean): void {
    this.#playWhenStarted = play;
    this.#inFlight.want(what);
    this.#wanted();
  }

  /** Something was asked for: of a worker that is lost in vain, which is said again. */
  #wanted(): void {
    this.#follow();
    this.#tellFailure();
  }

  /** Lets the page know what is in flight now. */
  #follow(): void {
    this.#id = this.#inFlight.run;
    this.#settled = this.#inFlight.settled;
  }

  /** To a worker that is lost nothing is sent: what it has to know comes with the next start. */
  #send(request: TrainingRequest): void {
    if (this.#inFlight.failure !== null) return;
    if (request.kind === 'start') this.#sendSettings();
    this.#client.send(request);
    // A run at the end of its cycle goes on with the new target.
    if (request.kind === 'retarget' && this.finished && this.#playWhenStarted) this.#play();
  }

  #hear(event: TrainingEvent): void {
    const heard = this.#inFlight.hear(event);
    this.#follow();
    switch (heard.what) {
      case 'started':
        return this.#started(heard.event, heard.origin, heard.latest);
      case 'refused':
        return this.#refused(heard);
      case 'run':
        return this.#hearRun(heard.event);
      case 'failed':
        this.playing = false;
        this.outOfSight = false;
        return this.#tellFailure();
      case 'nothing':
        // The worker waits until its frame is drawn, whoever's it was: its run may be the one that goes on.
        if (event.kind === 'frame') this.#acknowledge(event.id);
        return;
    }
  }

  #acknowledge(id: number, drawnIn?: number): void {
    this.#send({
      kind: 'ack',
      id,
      evaluatedTo: this.evaluations.at(-1)?.step ?? -1,
      ...(drawnIn === undefined ? {} : { drawnIn }),
    });
  }

  #started(event: Started, origin: Origin, latest: boolean): void {
    this.pause = null;
    this.outOfSight = false;
    this.step = event.step;
    this.coverage = null;
    this.coverageHistory = [];
    this.stepsPerSecond = 0;
    this.playing = this.#playWhenStarted;
    this.#interrupted = false;
    this.parameterCount = event.parameterCount;
    this.evaluations = event.evaluations;
    if (!latest) return;
    // From a link or a file: now it is known what it holds.
    if (JSON.stringify(event.experiment) !== JSON.stringify(this.experiment)) {
      if (origin === 'file') this.#undo.leave(this.experiment, '', performance.now());
      this.#adopt(event.experiment);
    }
    if (!this.#last) this.notice = this.#untold;
    this.#untold = null;
    this.#host.opened();
  }

  #hearRun(event: RunEvent): void {
    switch (event.kind) {
      case 'target':
        this.targetPicture = event.picture;
        this.#host.drawThumbnails();
        return;
      case 'frame':
        return this.#drawFrame(event);
      case 'device': {
        const { device } = event;
        // A model that has to stay on the processor is told by the badge; what was asked for in vain, or lost, is news.
        if (device.sentence && (this.device.on === 'gpu' || this.devicePreference === 'gpu'))
          this.notice = { sentence: translate(device.sentence) };
        this.device = device;
        if (device.on !== 'gpu') this.#setPainted(false);
        return;
      }
      case 'paused':
        this.stepsPerSecond = 0;
        this.outOfSight = event.reason.why === 'hidden';
        if (this.outOfSight) return;
        this.playing = false;
        this.pause = event.reason;
        if (event.reason.why === 'trouble') this.notice = { sentence: translate(event.reason.sentence) };
        return;
      case 'resumed':
        this.outOfSight = false;
        return;
    }
  }

  #drawFrame(frame: Frame): void {
    const begun = performance.now();
    let drawnIn = 0;
    this.step = frame.step;
    this.stepsPerSecond = frame.stepsPerSecond;
    this.workers = frame.workers;
    this.samples = frame.samples;
    this.#setPainted(frame.painted);
    this.spread = frame.spread;
    if (frame.coverage) {
      this.coverage = frame.coverage;
      const before = this.coverageHistory.filter((entry) => entry.step < frame.step);
      // Beyond that, every second one will do.
      const kept = before.length < MAX_COVERAGE_HISTORY ? before : before.filter((_, i) => i % 2 === 0);
      this.coverageHistory = [...kept, { ...frame.coverage, step: frame.step }];
    }
    if (frame.picture) this.picture = frame.picture;
    const from = frame.evaluations[0]?.step;
    if (from !== undefined)
      this.evaluations = [...this.evaluations.filter((e) => e.step < from), ...frame.evaluations];
    // What shows it runs right behind this; the browser paints later, and so frames never queue.
    queueMicrotask(() => (drawnIn = performance.now() - begun));
    requestAnimationFrame(() => this.#acknowledge(frame.id, drawnIn));
  }

  #refused({ of, origin, sentence, latest, adopt, missed }: Extract<Heard, { what: 'refused' }>): void {
    if (!latest) {
      // A start that is on its way would wipe it away.
      if (origin === 'file') this.#untold = { sentence: translate(sentence) };
      return;
    }
    if (of === 'start' && this.evaluations.length === 0) {
      this.#host.refuseLink(translate(sentence));
      return;
    }
    if (adopt) this.#adopt(adopt);
    // The run that goes on has not been listened to.
    for (const event of missed) this.#hearRun(event);
    this.notice = { sentence: translate(sentence) };
    // What was only asked for changed nothing: the run goes on. What the page already shows is not what runs: it rests.
    if (this.playing && origin === 'page') {
      this.toggle();
      this.#interrupted = of === 'retarget';
    }
    if (of === 'start') {
      this.updateViewport();
      this.#host.renewViews();
    }
  }

  /** What was said is answered; not that the worker is lost. */
  #dismiss(): void {
    this.notice = null;
    this.#tellFailure();
  }

  /** Offers another worker where this one is lost. */
  #tellFailure(): void {
    const { failure } = this.#inFlight;
    if (failure === null) return;
    const act = () => {
      this.#client.close();
      this.#client = this.#newClient();
      this.painted = false;
      this.clients += 1;
      this.#host.chose();
      this.notice = null;
      this.#playWhenStarted = true;
      this.#inFlight.restart();
      this.#follow();
    };
    this.notice = { sentence: translate(failure), remedy: { label: words.page.trouble.again, act } };
  }
}
