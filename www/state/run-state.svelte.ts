/** One run on the page: its Experiment, what it reports, and what the person does with it. */

import { densityLevels } from '../engine/contours';
import { dimOf } from '../engine/dim';
import { scaleTop } from '../render/heat';
import { square } from '../render/plane';
import { type Heard, InFlight, type Origin, type RunEvent, type SavedModel } from '../engine/in-flight';
import { TrainingClient } from '../engine/training-client';
import type {
  DevicePreference,
  DeviceStatus,
  Evaluation,
  Experiment,
  Field,
  Frame,
  Kept,
  ModeCoverage,
  Paint,
  PauseReason,
  Picture,
  Saved,
  Started,
  TableUnits,
  TargetSpec,
  TrainingEvent,
  TrainingRequest,
  Viewport,
  Window,
} from '../engine/protocol';
import { manifest, windowOf } from './manifest';
import { DRAWING_WINDOW, Drawing } from './drawing.svelte';
import type { Notice, RunHost, Shown } from './run-host';
import type { RunSnapshot } from './snapshot';
import { Points, told } from './points.svelte';
import { TrainedRuns, type Trained } from './trained-runs';
import { sampleSize, trainingSetOf } from './training-set';
import { setTarget, STANDARD_WINDOW } from './target';
import { Undo } from './undo';
import { translate, words } from '../i18n';

/** Training speeds to choose from, in steps a second; null is as fast as it goes. */
export const PACES: readonly (number | null)[] = [null, 100, 20, 4];

/** Samples at most where no GPU paints them. */
const PROCESSOR_SAMPLES = 10_000;

/** How the modes were covered, at a step. */
export interface ModeCoverageAt extends ModeCoverage {
  step: number;
}

/** How many of them a run keeps. */
const MAX_COVERAGE_HISTORY = 400;

export class RunState {
  experiment = $state.raw<Experiment>(manifest.recommended_experiment);

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
  /** The points of a fixed sample that it learns from, as many as a stage can show. */
  samplePoints = $state.raw<Float32Array>(new Float32Array());
  /** The table that it learns; null: its target is none. */
  table = $state.raw<TableUnits | null>(null);
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
  /** What can be looked back at. */
  kept = $state.raw<Kept | null>(null);
  /** Of the kept step that all of the page shows now; null: the run as it is. */
  past = $state.raw<Evaluation | null>(null);
  notice = $state.raw<Notice | null>(null);

  readonly drawing: Drawing;
  readonly points: Points;

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
  readonly #trained = new TrainedRuns();
  /** What the start that is on its way goes on with; null: it begins, or comes from a file. */
  #goesOnWith: Trained | null = null;
  /** What was last kept in this browser of a run: where its worker is lost it goes on from there. */
  #kept: { experiment: Experiment; trained: Trained } | null = null;
  /** Experiments that all runs of the page left together, to begin anew. */
  readonly #restarted = new WeakSet<Experiment>();
  #playWhenStarted = false;
  /** What was said before the stroke and is answered by it. It goes when the stroke ends: the stage must not move under the hand. */
  #answered: Notice | null = null;
  /** What a file was refused for while something else was on its way. */
  #untold: Notice | null = null;
  /** The run was stopped by a target that the core refused, an empty canvas: it goes on with the next one. */
  #interrupted = false;

  constructor(host: RunHost, key: number) {
    this.#host = host;
    this.key = key;
    this.drawing = this.#newDrawing();
    this.points = this.#newPoints();
    this.#client = this.#newClient();
    this.#inFlight = new InFlight((request) => this.#send(request), {
      start: () => {
        this.#goesOnWith = null;
        return {
          experiment: this.experiment,
          viewport: this.#viewport(),
          play: this.#playWhenStarted,
          saved: null,
        };
      },
      retarget: () => ({ target: this.experiment.target, viewport: this.#viewport() }),
    });
  }

  #newDrawing(): Drawing {
    const target = () => this.experiment.target;
    return new Drawing({
      get target() {
        return target();
      },
      leave: () => this.#leave('', !this.#retargets),
      painted: (target) => this.#painted(target),
      takeBack: () => this.#takeBack(),
      strokeBegun: () => (this.#answered = this.notice),
      strokeEnded: () => {
        if (this.notice === this.#answered) this.#dismiss();
      },
      moved: () => this.updateViewport(),
      tell: (sentence) => (this.notice = { sentence: translate(sentence) }),
    });
  }

  #newPoints(): Points {
    const [points, size] = [() => this.samplePoints, () => sampleSize(this.experiment)];
    return new Points({
      get points() {
        return points();
      },
      get size() {
        return size();
      },
      put: (all) => {
        this.samplePoints = all;
        this.change('point', (draft) => (draft.training_set = { kind: 'points', points: told(all) }));
      },
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

  /**
   * Starts with an Experiment that nobody has checked: the core will say what it is, or what is wrong with it. What was here before can be come
   * back to, unless `forget`.
   */
  open(experiment: unknown, play: boolean, saved: Saved | null = null, forget = false): void {
    const follows = this.parameterCount > 0 && !forget;
    if (follows) {
      this.#restarted.add(this.experiment);
      this.#keepTrained(true);
    }
    this.#open(follows ? 'file' : 'link', experiment, play, saved);
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

  /** Starts anew. What was trained is kept: one undo brings it back, and that of the page's other runs which began anew with it. */
  restart(play: boolean): void {
    if (this.step > 0) {
      this.#restarted.add(this.experiment);
      this.#leave('', true);
      this.#adopt({ ...this.experiment });
    }
    this.#want('start', play);
  }

  #open(origin: 'link' | 'file', experiment: unknown, play: boolean, saved: Saved | null): void {
    this.#inFlight.open(origin, () => {
      this.#playWhenStarted = play;
      this.#goesOnWith = null;
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

  /** Number of variables. */
  get dim(): number {
    return dimOf(this.experiment.target);
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
    if (this.drawing.active || target.kind === 'drawn') return DRAWING_WINDOW;
    return target.kind === 'table' ? STANDARD_WINDOW : square(windowOf(target));
  }

  /** The top of the colour scale: the target's, so that it stays while the model moves. */
  readonly scaleMost = $derived(
    this.targetPicture ? scaleTop(this.targetPicture.field.values, densityLevels) : 1,
  );

  /** The evaluation to show: while training, once it only wavers, the mean of the last few, so that its digits can be read. */
  readonly evaluation = $derived.by(() => {
    if (this.past) return this.past;
    const last = this.evaluations.at(-1);
    if (!last || !this.playing) return last ?? null;
    const few = this.evaluations.slice(-3);
    const mean = (of: (e: Evaluation) => number) => few.reduce((sum, e) => sum + of(e), 0) / few.length;
    if (last.kl === null) return last;
    const klOf = (e: Evaluation) => e.kl ?? NaN;
    const kl = mean(klOf);
    const noise = 0.25 * Math.abs(kl) + (last.standard_error ?? 0);
    if (!Number.isFinite(kl) || few.some((e) => Math.abs(klOf(e) - kl) > noise)) return last;
    return { ...last, nll: mean((e) => e.nll), kl };
  });

  /** The step that the page shows. */
  get shownStep(): number {
    return this.past?.step ?? this.step;
  }

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

  /** Back to step 0, at rest. */
  reset(): void {
    if (this.step > 0 && this.playing) this.toggle();
    this.restart(false);
  }

  /** The next undo takes back that all runs began anew. */
  get undoesRestart(): boolean {
    const { before } = this.#undo;
    return before !== undefined && this.#restarted.has(before);
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
    this.#leave(what, true);
    this.#adopt(next);
    this.#want('start', this.playing || this.finished);
    this.#host.changed(this, false);
  }

  /** The Experiment is about to be left: undo comes back to it, and to what was trained of it where a start is to follow. */
  #leave(what: string, restarts: boolean): void {
    if (this.#undo.leave(this.experiment, what, performance.now())) this.#keepTrained(restarts);
  }

  /** Keeps what the worker has trained of the Experiment; or forgets what was kept, where the run goes on. */
  #keepTrained(restarts: boolean): void {
    const { experiment, evaluations } = this;
    if (!restarts || this.step === 0 || !this.settled || this.#inFlight.failure !== null) {
      this.#trained.forget(experiment);
      return;
    }
    const trained = this.#inFlight.save().then((model) => ({ saved: model.saved, evaluations }));
    void this.#trained.keep(experiment, trained);
  }

  /** Takes over the target of another run beside this one. `back`: that run came back to it. */
  follow(target: TargetSpec, back: boolean): void {
    if (JSON.stringify(target) === JSON.stringify(this.experiment.target)) return;
    const next = structuredClone(this.experiment);
    setTarget(next, target);
    const retargets = target.kind === 'drawn' && this.experiment.target.kind === 'drawn' && this.playing;
    this.drawing.active = false;
    this.#keepTrained(!retargets);
    const before = back && !retargets ? this.#trained.like(next) : null;
    this.#adopt(before ?? next);
    if (before) this.#reopen(before);
    else this.#want(retargets ? 'retarget' : 'start', this.#goesOn());
  }

  /** Another target; `edit` makes what goes with it, in the same step of undo. */
  chooseTarget(target: TargetSpec, edit?: (draft: Experiment) => void): void {
    this.drawing.active = false;
    this.points.set(false);
    this.change('', (draft) => {
      // Points that were put by hand were put for the target before.
      draft.training_set = trainingSetOf(sampleSize(draft));
      setTarget(draft, target);
      edit?.(draft);
    });
  }

  undo(): void {
    this.#return(this.#undo.undo(this.experiment));
  }

  redo(): void {
    this.#return(this.#undo.redo(this.experiment));
  }

  #return(state: Experiment | null): void {
    if (!state) return;
    const trained = this.#trained.has(state);
    const drawn = state.target.kind === 'drawn' && this.experiment.target.kind === 'drawn';
    const same = (a: Experiment, b: Experiment) =>
      JSON.stringify({ ...a, target: null }) === JSON.stringify({ ...b, target: null });
    const live = !trained && drawn && this.playing && same(state, this.experiment);
    this.#keepTrained(!live);
    this.#adopt(state);
    if (trained) this.#reopen(state);
    else this.#want(live ? 'retarget' : 'start', this.playing || this.finished);
    this.#host.changed(this, true);
  }

  /** Goes on with what was trained of an Experiment before it was left. The worker has answered with it by the time that it is sent. */
  #reopen(experiment: Experiment): void {
    this.#goOn(
      experiment,
      () => this.#trained.of(experiment),
      () => this.playing,
    );
  }

  /** What `trained` and `play` say counts when it is sent. */
  #goOn(experiment: Experiment, trained: () => Trained | null, play: () => boolean): void {
    this.#inFlight.open('link', () => {
      this.#playWhenStarted = play();
      this.#goesOnWith = trained();
      return {
        experiment,
        viewport: this.#viewport(experiment.target),
        play: this.#playWhenStarted,
        saved: this.#goesOnWith?.saved ?? null,
      };
    });
    this.#wanted();
  }

  // What is kept of it.

  /** Another run is on its way in its place, and not shown yet. */
  get opening(): boolean {
    return this.#inFlight.opening;
  }

  /** The run as it is, with what the worker has trained of it. */
  async snapshot(): Promise<RunSnapshot> {
    const { experiment, evaluations } = this;
    if (this.step > 0 && this.settled && this.#inFlight.failure === null) {
      const model = await this.#inFlight.save().catch(() => null);
      if (model && JSON.stringify(model.experiment) === JSON.stringify(experiment))
        this.#kept = { experiment, trained: { saved: model.saved, evaluations } };
    }
    return this.lastSnapshot();
  }

  /** The same at once: with what was trained when it was last asked for. */
  lastSnapshot(): RunSnapshot {
    const { experiment } = this;
    const { past, future } = this.#undo.states;
    const trained = this.step > 0 && this.#kept?.experiment === experiment ? this.#kept.trained : null;
    // Their objects are told apart, and are no proxies.
    return { experiment, trained, past: [...past], future: [...future], kept: this.#trained.all };
  }

  /** Goes on with what was kept of a run; its Experiments are not checked yet. */
  restore({ experiment, trained, past, future, kept }: RunSnapshot, play: boolean): void {
    this.#undo.restore(past, future);
    for (const [left, run] of kept) this.#trained.put(left, run);
    this.#goOn(
      experiment,
      () => trained,
      () => play,
    );
  }

  /** Back to what was left last, as if it had never been. */
  #takeBack(): void {
    const before = this.#undo.takeBack();
    if (!before) return;
    const trained = this.#trained.has(before);
    this.#adopt(before);
    if (trained) this.#reopen(before);
    else this.#want(this.#retargets ? 'retarget' : 'start', this.#goesOn());
    this.#host.changed(this, true);
  }

  /** Takes over an Experiment, and everything that follows from it. */
  #adopt(experiment: Experiment): void {
    this.experiment = experiment;
    this.drawing.show(experiment.target);
    this.#dismiss();
    this.#afterChange();
  }

  #afterChange(): void {
    this.canUndo = this.#undo.canUndo;
    this.canRedo = this.#undo.canRedo;
  }

  /** Takes an Experiment from a file, which nobody has checked; what ran goes on where the core refuses it. A saved model rests. */
  openFile(experiment: unknown, saved: Saved | null): void {
    this.#keepTrained(true);
    this.#open('file', experiment, saved === null && (this.playing || this.finished), saved);
  }

  /** The model as it is now, or with `past` as it is shown, to be saved; null: it can't be had, and the person was told why. */
  async model(past = false): Promise<SavedModel | null> {
    try {
      return await this.#inFlight.save(past);
    } catch (error) {
      if (error instanceof Error) this.notice = { sentence: translate(error.message) };
      this.#tellFailure();
      return null;
    }
  }

  /** The cells are the target now, of the run that goes on or of a fresh one. */
  #painted(target: TargetSpec): void {
    const next = structuredClone(this.experiment);
    setTarget(next, target);
    this.experiment = next;
    this.#afterChange();
    this.#want(this.#retargets ? 'retarget' : 'start', this.#goesOn());
    this.#host.changed(this, false);
  }

  /** Whether the run goes on with what is drawn next; else another begins. */
  get #retargets(): boolean {
    return this.playing || this.finished;
  }

  /** Whether what is drawn next is to be learned at once. */
  #goesOn(): boolean {
    return this.#retargets || this.#interrupted;
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
    if (request.kind === 'start') {
      this.#sendSettings();
      this.#client.provide(this.#host.tableOf(request.experiment));
    }
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
    this.past = null;
    this.coverage = null;
    this.coverageHistory = [];
    this.stepsPerSecond = 0;
    this.playing = this.#playWhenStarted;
    this.#interrupted = false;
    this.parameterCount = event.parameterCount;
    this.evaluations = this.#continued(event);
    if (!latest) return;
    // From a link or a file: now it is known what it holds.
    if (JSON.stringify(event.experiment) !== JSON.stringify(this.experiment)) {
      if (origin === 'file') this.#undo.leave(this.experiment, '', performance.now());
      this.#adopt(event.experiment);
    }
    // What it goes on with is kept already: a page that is left at once loses nothing of it.
    if (this.#goesOnWith) this.#kept = { experiment: this.experiment, trained: this.#goesOnWith };
    if (!this.drawing.midStroke) this.notice = this.#untold;
    this.#untold = null;
    this.#host.opened();
  }

  /** The curve: a run that goes on where it was left goes on with its own. */
  #continued({ step, evaluations }: Started): Evaluation[] {
    if (!this.#goesOnWith) return evaluations;
    const before = this.#goesOnWith.evaluations.filter((evaluation) => evaluation.step < step);
    return [...before, ...evaluations.filter((evaluation) => evaluation.step >= step)];
  }

  #hearRun(event: RunEvent): void {
    switch (event.kind) {
      case 'target':
        this.targetPicture = event.picture;
        this.samplePoints = event.sample;
        this.table = event.table;
        this.#host.drawThumbnails();
        return;
      case 'frame':
        return this.#drawFrame(event);
      case 'kept':
        this.kept = event;
        return;
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
    this.past = frame.past;
    this.stepsPerSecond = frame.stepsPerSecond;
    this.workers = frame.workers;
    this.samples = frame.samples;
    this.#setPainted(frame.painted);
    this.spread = frame.spread;
    if (frame.coverage) this.coverage = frame.coverage;
    if (frame.coverage && !frame.past) {
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
      this.#playWhenStarted = true;
      const kept = this.#kept;
      if (kept?.experiment === this.experiment && !this.#inFlight.startWaits)
        this.#goOn(
          kept.experiment,
          () => kept.trained,
          () => true,
        );
      this.notice = null;
      this.#inFlight.restart();
      this.#follow();
    };
    this.notice = { sentence: translate(failure), remedy: { label: words.page.trouble.again, act } };
  }
}
