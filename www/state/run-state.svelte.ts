/** One run on the page: its Experiment, what it reports, and what the person does with it. */

import { densityLevels } from '../engine/contours';
import { dab, fromDensity, stroke, type Brush } from '../drawing/brush';
import { scaleTop } from '../render/heat';
import { square } from '../render/plane';
import { TrainingClient, targetFields } from '../engine/training-client';
import type {
  TrainingRequest,
  Evaluation,
  Experiment,
  Field,
  ModeCoverage,
  Viewport,
  Paint,
  Pause,
  Picture,
  DeviceStatus,
  TrainingEvent,
  Saved,
  TargetSpec,
  DevicePreference,
  Window,
} from '../engine/protocol';
import type { Workspace } from './workspace.svelte';
import { manifest, windowOf } from './manifest';
import { base64Of, cellsOf } from './link';
import { Undo } from './undo';
import { translate, words } from '../i18n';

/** A sentence for the person, with a way out where there is one. */
export interface Notice {
  sentence: string;
  remedy?: { label: string; act: () => void };
}

/** Training speeds to choose from, in steps a second; null is as fast as it goes. */
export const PACES: readonly (number | null)[] = [null, 100, 20, 4];

/** Samples at most where no GPU paints them. */
const PROCESSOR_SAMPLES = 10_000;

const DRAWING_WINDOW: Window = square(manifest.drawing_window);

/** What was found of the modes, at a step. */
export interface ModeCoverageAt extends ModeCoverage {
  step: number;
}

/** How many of them a run keeps. */
const FOUND_KEPT = 400;

export class RunState {
  experiment = $state.raw<Experiment>(manifest.default_experiment);

  step = $state(0);
  stepsPerSecond = $state(0);
  /** Workers that share each step. */
  workers = $state(1);
  /** Where the run trains. */
  place = $state.raw<DeviceStatus>({ on: 'cpu', adapter: null, sentence: null });
  playing = $state(false);
  pause = $state.raw<Pause | null>(null);
  parameterCount = $state(0);
  evaluations = $state.raw<Evaluation[]>([]);
  picture = $state.raw<Picture | null>(null);
  targetPicture = $state.raw<Picture | null>(null);
  samples = $state.raw<Float32Array>(new Float32Array());
  /** A GPU has painted density and samples on the canvas that it was given. */
  painted = $state(false);
  /** Counts the engines: each wants a canvas of its own. */
  engines = $state(0);
  /** Root mean square distance of the samples from their mean. */
  spread = $state(0);
  found = $state.raw<ModeCoverage | null>(null);
  /** All that was found since step 0, oldest first. */
  foundAt = $state.raw<ModeCoverageAt[]>([]);
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
  readonly #workspace: Workspace;
  #engine: TrainingClient;
  #run = $state(0);
  /** The run that the worker has: a start that is refused leaves it. */
  #live = $state(0);
  /** The start on its way is of an Experiment that the page does not show yet: from a link or a file. */
  #foreign = false;
  /** What a file that is on its way would replace: a way back to it is kept once the core has taken the file. */
  #replaced: Experiment | null = null;
  #undo = new Undo<Experiment>();
  /** A start or a new target is sent only when the last one was taken: a drag would pile them up. */
  #inFlight = false;
  #wanted: 'start' | 'retarget' | null = null;
  #playWhenStarted = false;
  #last: [number, number] | null = null;
  /** What was said before the stroke and is answered by it. It goes when the stroke ends: the stage must not move under the hand. */
  #answered: Notice | null = null;
  /** The run was stopped by a target that the core refused, an empty canvas: it goes on with the next one. */
  #interrupted = false;
  #onSaved: ((model: { experiment: Experiment; saved: Saved }) => void)[] = [];

  constructor(workspace: Workspace, key: number) {
    this.#workspace = workspace;
    this.key = key;
    this.#engine = new TrainingClient((report) => this.#hear(report));
  }

  get engine(): TrainingClient {
    return this.#engine;
  }

  // What all runs of the page share.

  get temperature(): number {
    return this.#workspace.temperature;
  }

  get pace(): number {
    return this.#workspace.pace;
  }

  get wanted(): DevicePreference {
    return this.#workspace.wanted;
  }

  setWanted(wanted: DevicePreference): void {
    this.#workspace.setWanted(wanted);
  }

  get thumbnails(): Workspace['thumbnails'] {
    return this.#workspace.thumbnails;
  }

  get shown(): Workspace['shown'] {
    return this.#workspace.shown;
  }

  /** Starts with an Experiment that nobody has checked: the core will say what it is, or what is wrong with it. */
  open(experiment: unknown, play: boolean, saved: Saved | null = null): void {
    this.#foreign = true;
    this.#replaced = null;
    this.#begin(experiment, play, saved);
  }

  /** Ends the run for good. */
  close(): void {
    this.#engine.close();
  }

  /** Starts anew with another Experiment, without a way back. */
  take(experiment: Experiment, play: boolean): void {
    this.#adopt(experiment);
    this.#want('start', play);
  }

  #begin(experiment: unknown, play: boolean, saved: Saved | null = null): void {
    this.#inFlight = true;
    this.#playWhenStarted = play;
    this.#run += 1;
    const target = (experiment as Experiment).target;
    this.#engine.send({ kind: 'processors', count: this.#workspace.processorsForEach });
    this.#engine.send({ kind: 'compute', wanted: this.wanted, force: this.#workspace.force });
    this.#engine.send({ kind: 'pace', stepsPerSecond: PACES[this.pace] ?? null });
    this.#engine.send({ kind: 'start', run: this.#run, experiment, look: this.#look(target), play, saved });
  }

  #look(target: TargetSpec = this.experiment.target): Viewport {
    return {
      window: this.windowFor(target),
      temperature: this.temperature,
      sampleCount: Math.min(this.#workspace.sampleCount, this.painted ? Infinity : PROCESSOR_SAMPLES),
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
    if (few.some((e) => Math.abs(e.kl - kl) > 0.25 * Math.abs(kl) + last.standard_error)) return last;
    return { ...last, nll: mean((e) => e.nll), kl };
  });

  /** True where the numbers are of the Experiment that was asked for last. */
  get settled(): boolean {
    return this.#run === this.#live;
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
      this.#engine.send({ kind: 'pause' });
    } else this.#play();
  }

  #play(): void {
    this.playing = true;
    this.#playWhenStarted = true;
    this.pause = null;
    this.#engine.send({ kind: 'play' });
  }

  stepOnce(): void {
    if (this.playing) this.toggle();
    this.#engine.send({ kind: 'step', count: 1 });
  }

  reset(): void {
    this.#want('start', false);
  }

  /** Tells the worker what the page's runs share, after it changed. */
  share(): void {
    this.#send({ kind: 'processors', count: this.#workspace.processorsForEach });
    this.#send({ kind: 'compute', wanted: this.wanted, force: this.#workspace.force });
    this.#send({ kind: 'pace', stepsPerSecond: PACES[this.pace] ?? null });
    this.look();
  }

  /** Gives the engine the stage's canvas, to be painted where the run is on a GPU. */
  giveCanvas(canvas: OffscreenCanvas): void {
    this.#engine.give(canvas);
  }

  /** How it is to be painted. */
  paint(paint: Paint): void {
    this.#send({ kind: 'paint', paint });
  }

  /** How many samples there can be depends on who paints them. */
  #setPainted(painted: boolean): void {
    if (painted === this.painted) return;
    this.painted = painted;
    if (this.#workspace.sampleCount > PROCESSOR_SAMPLES) this.look();
  }

  /** Asks for a picture with the window and the temperature as they are now. */
  look(): void {
    this.#send({ kind: 'look', look: this.#look() });
  }

  /** Changes the Experiment and starts it anew; changes of the same thing in quick succession are undone as one. */
  change(what: string, edit: (draft: Experiment) => void): void {
    const next = structuredClone(this.experiment);
    edit(next);
    this.#undo.leave(this.experiment, what, performance.now());
    this.#adopt(next);
    this.#want('start', this.playing || this.finished);
    this.#workspace.changed(this);
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
    const drawn = state.target.kind === 'drawn' && this.experiment.target.kind === 'drawn';
    const same = (a: Experiment, b: Experiment) =>
      JSON.stringify({ ...a, target: null }) === JSON.stringify({ ...b, target: null });
    const live = drawn && this.playing && same(state, this.experiment);
    this.#adopt(state);
    this.#want(live ? 'retarget' : 'start', this.playing || this.finished);
    this.#workspace.changed(this);
  }

  /** Takes over an Experiment, and everything that follows from it. */
  #adopt(experiment: Experiment): void {
    this.experiment = experiment;
    const { target } = experiment;
    this.cells = target.kind === 'drawn' ? cellsOf(target.cells) : new Uint8Array(manifest.drawing_side ** 2);
    this.cellsVersion += 1;
    this.notice = null;
    this.#afterChange();
  }

  #afterChange(): void {
    this.canUndo = this.#undo.canUndo;
    this.canRedo = this.#undo.canRedo;
  }

  // Drawing.

  setDrawing(on: boolean): void {
    this.drawing = on;
    this.look();
  }

  strokeStart(x: number, y: number): void {
    this.#answered = this.notice;
    this.#undo.leave(this.experiment, '', performance.now());
    this.#last = [x, y];
    dab(this.cells, manifest.drawing_side, this.brush, x, y);
    this.#painted();
  }

  strokeMove(x: number, y: number): void {
    if (!this.#last) return;
    stroke(this.cells, manifest.drawing_side, this.brush, this.#last, [x, y]);
    this.#last = [x, y];
    this.#painted();
  }

  strokeEnd(): void {
    this.#last = null;
    if (this.notice === this.#answered) this.notice = null;
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
    this.#foreign = true;
    this.#replaced = this.experiment;
    this.#begin(experiment, saved === null && (this.playing || this.finished), saved);
  }

  /** The model as it is now, to be saved. */
  model(): Promise<{ experiment: Experiment; saved: Saved }> {
    return new Promise((resolve) => {
      this.#onSaved.push(resolve);
      this.#send({ kind: 'save' });
    });
  }

  /** Makes the target of the gallery that is on the stage a drawing to go on with. */
  drawFromTarget(): void {
    const { target } = this.experiment;
    if (target.kind === 'drawn') return;
    targetFields([target], [DRAWING_WINDOW], manifest.drawing_side, (_, field) => {
      this.#undo.leave(this.experiment, '', performance.now());
      this.cells = fromDensity(field.values);
      this.#painted();
    });
  }

  /** The cells have changed: they are the target now, of the run that goes on or of a fresh one. */
  #painted(): void {
    this.cellsVersion += 1;
    const target: TargetSpec = { kind: 'drawn', cells: base64Of(this.cells) };
    this.experiment = { ...this.experiment, target };
    this.#afterChange();
    this.#want(this.playing || this.finished ? 'retarget' : 'start', this.#goesOn());
    this.#workspace.changed(this);
  }

  /** Whether what is drawn next is to be learned at once. */
  #goesOn(): boolean {
    return this.playing || this.finished || this.#interrupted;
  }

  // Between the page and the worker.

  #want(what: 'start' | 'retarget', play: boolean): void {
    this.#playWhenStarted = play;
    if (this.#wanted !== 'start') this.#wanted = what;
    if (!this.#inFlight) this.#sendWanted();
  }

  #sendWanted(): void {
    const wanted = this.#wanted;
    this.#wanted = null;
    this.#foreign = false;
    this.#replaced = null;
    if (wanted === 'start') this.#begin(this.experiment, this.#playWhenStarted);
    else if (wanted === 'retarget') {
      this.#inFlight = true;
      // The window first: the picture of the new target is taken through it.
      this.#send({ kind: 'look', look: this.#look() });
      this.#send({ kind: 'retarget', target: this.experiment.target });
      if (this.finished && this.#playWhenStarted) this.#play();
    }
  }

  #send(command: TrainingRequest): void {
    this.#engine.send(command);
  }

  #landed(): void {
    this.#inFlight = false;
    if (this.#wanted) this.#sendWanted();
  }

  #hear(report: TrainingEvent): void {
    if ('run' in report && report.run !== this.#run) {
      // The worker waits until its frame is drawn, whoever's it was: its run may be the one that goes on.
      if (report.kind === 'frame') this.#send({ kind: 'drawn' });
      return;
    }
    switch (report.kind) {
      case 'started':
        this.#live = report.run;
        this.pause = null;
        this.step = report.step;
        this.found = null;
        this.foundAt = [];
        this.stepsPerSecond = 0;
        this.playing = this.#playWhenStarted;
        this.#interrupted = false;
        this.parameterCount = report.parameterCount;
        this.evaluations = report.evaluations;
        if (this.#wanted === null) {
          // From a link: now it is known what it holds.
          if (JSON.stringify(report.experiment) !== JSON.stringify(this.experiment)) {
            if (this.#replaced) this.#undo.leave(this.#replaced, '', performance.now());
            this.#adopt(report.experiment);
          }
          this.#replaced = null;
          if (!this.#last) this.notice = null;
          this.#workspace.opened();
        }
        this.#landed();
        return;
      case 'saved':
        for (const resolve of this.#onSaved.splice(0)) resolve(report);
        return;
      case 'target':
        this.targetPicture = report.picture;
        this.#workspace.drawThumbnails();
        this.#landed();
        return;
      case 'frame':
        this.step = report.step;
        this.stepsPerSecond = report.stepsPerSecond;
        this.workers = report.workers;
        this.samples = report.samples;
        this.#setPainted(report.painted);
        this.spread = report.spread;
        if (report.found) {
          this.found = report.found;
          const before = this.foundAt.filter((entry) => entry.step < report.step);
          // Beyond that, every second one will do.
          const kept = before.length < FOUND_KEPT ? before : before.filter((_, i) => i % 2 === 0);
          this.foundAt = [...kept, { ...report.found, step: report.step }];
        }
        if (report.picture) this.picture = report.picture;
        if (report.evaluations.length > 0 || report.evaluationsFrom < this.evaluations.length) {
          this.evaluations = [...this.evaluations.slice(0, report.evaluationsFrom), ...report.evaluations];
        }
        // After the browser has painted, so that frames never queue.
        requestAnimationFrame(() => this.#send({ kind: 'drawn' }));
        return;
      case 'place':
        // A model that has to stay on the processor is told by the badge; what was asked for in vain, or lost, is news.
        if (report.place.sentence && (this.place.on === 'gpu' || this.wanted === 'gpu'))
          this.notice = { sentence: translate(report.place.sentence) };
        this.place = report.place;
        if (report.place.on !== 'gpu') this.#setPainted(false);
        return;
      case 'paused':
        this.playing = false;
        this.stepsPerSecond = 0;
        this.pause = report.pause;
        if (report.pause.why === 'trouble') this.notice = { sentence: translate(report.pause.sentence) };
        return;
      case 'refused':
        if (report.what === 'experiment' && this.evaluations.length === 0) {
          this.#landed();
          this.#workspace.refuseLink(translate(report.sentence));
          return;
        }
        this.notice = { sentence: translate(report.sentence) };
        if (report.what === 'experiment') this.#run = this.#live;
        // What was only asked for changed nothing: the run goes on. What the page already shows is not what runs: it rests.
        if (this.playing && !this.#wanted && !(this.#foreign && report.what === 'experiment')) {
          this.toggle();
          this.#interrupted = report.what === 'target';
        }
        this.#landed();
        return;
      case 'field':
        return;
      case 'failed':
        this.#restartEngine(translate(report.sentence));
        return;
    }
  }

  #restartEngine(sentence: string): void {
    this.playing = false;
    this.#inFlight = false;
    this.#wanted = null;
    const act = () => {
      this.#engine.close();
      this.#engine = new TrainingClient((report) => this.#hear(report));
      this.painted = false;
      this.engines += 1;
      this.#workspace.chose();
      this.notice = null;
      this.#want('start', true);
    };
    this.notice = { sentence, remedy: { label: words.page.trouble.again, act } };
  }
}
