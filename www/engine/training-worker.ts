/**
 * The worker of one run: it owns a wasm instance, trains in slices of a few milliseconds, and between slices
 * answers what the page asked and sends a picture when the page has drawn the last one.
 */

import { fill } from '../i18n/translate';
import { StageCanvas } from './canvas';
import { DataParallel } from './data-parallel';
import { Diverged, GpuRun, hasRealGpu, hasWebGpu, Unsuited, type Drawn } from './gpu';
import { loadCore } from './load';
import { buffersOf, pictureOf, spreadOf } from './pictures';
import { Run, targetField } from './pkg/density_playground';
import type {
  TrainingRequest,
  Evaluation,
  Experiment,
  Force,
  ModeCoverage,
  Viewport,
  Parameters,
  Picture,
  DeviceStatus,
  TrainingEvent,
  TargetSpec,
  DevicePreference,
} from './protocol';
import { sentences } from './sentences';

/** Milliseconds of training between two looks at the messages. */
const SLICE = 8;
/** Least milliseconds between two pictures while training; a slow model has them further apart. */
const FRAME = 60;
/** Cells on each side of the picture, while training and at rest. */
const SIDE_PLAYING = 112;
const SIDE_RESTING = 224;
/** The same at rest where a GPU computes it and can't paint it. */
const SIDE_SHARP = 448;
/** Samples that the page gets while a run trains: enough for their spread. */
const SAMPLES_PLAYING = 2000;
/** Least milliseconds between two measurements of the modes. */
const FOUND = 1500;
/** A run that is this old, in milliseconds, is taken to the GPU. */
const SETTLED = 120;
/** Milliseconds over which the speed is measured. */
const SPEED_SPAN = 1000;

let run: Run | null = null;
let crew: DataParallel | null = null;
/** Processors that the run may use at most. */
let processors = navigator.hardwareConcurrency;
/** The run on the GPU; null: it trains here. */
let graphics: GpuRun | null = null;
/** It is being taken there: it does not train meanwhile, so that one run has one backend from its first step on. */
let coming = false;
/** The GPU has something to do for us and must not be asked anything else. */
let asked = false;
/** Single steps that were asked for and are not on their way yet. */
let singles = 0;
let compute: { wanted: DevicePreference; force: Force } = { wanted: 'auto', force: 'nothing' };
/** It was lost or refused: a new run does not try again until the person asks. */
let refused = false;
let id = 0;
let target: TargetSpec | null = null;
let look: Viewport | null = null;
/** The stage's canvas, for a GPU to paint. */
const stage = new StageCanvas();
let playing = false;
let pace: number | null = null;
let pageBusy = false;
/** What the page lacks. */
let stale = { samples: false, picture: false, sharp: false, target: false, found: false };
let lastFound = 0;
let evaluationsSent = 0;
let lastPicture = 0;
let pictureCost = 0;
let stepCost = 1;
/** (time, step) of the last second, for the speed; and since when the pace counts. */
let marks: [number, number][] = [];
let paceFrom: [number, number] = [0, 0];

const post = (report: TrainingEvent, transfer: Transferable[] = []) => postMessage(report, { transfer });
const sentenceOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Hands control to the message queue and comes back: a timer would wait, a promise would not let go. */
const turn = new MessageChannel();
let looping = false;
turn.port1.onmessage = () => {
  looping = false;
  try {
    slice();
  } catch (error) {
    fail(error);
  }
};
function wake() {
  if (looping) return;
  looping = true;
  turn.port2.postMessage(null);
}

/** A panic in the core is a fault of ours: the instance can't be trusted any more. */
function fail(error: unknown) {
  playing = false;
  run = null;
  post({ kind: 'failed', sentence: fill(sentences.fault, sentenceOf(error)) });
}

function pause(reason: Extract<TrainingEvent, { kind: 'paused' }>['pause']) {
  playing = false;
  stale.sharp = true;
  stale.samples = true;
  post({ kind: 'paused', run: id, pause: reason });
}

/** Steps that the schedule's cycle and the pace leave to take now. */
function stepsAllowed(session: Run): number {
  const passed = performance.now() - paceFrom[0];
  const allowance = pace === null ? Infinity : paceFrom[1] + (passed * pace) / 1000 - session.step;
  return Math.min(session.stepsLeft ?? Infinity, Math.floor(allowance));
}

/** Trains on the GPU for a moment, without waiting for it. */
function trainThere(session: Run, there: GpuRun) {
  if (asked) return;
  const onTheWay = there.step - session.step;
  const left = playing ? stepsAllowed(session) - onTheWay : singles;
  // At rest, and where no more steps are due, the run catches up.
  if (left <= 0 && onTheWay <= 0) return;
  const count = left <= 0 ? 0 : playing ? there.stepsFor(there.step, left) : left;
  singles = 0;
  whileAsking(session, there, async () => {
    try {
      await there.train(session, count);
    } catch (error) {
      if (!(error instanceof Diverged)) throw error;
      if (run === session) pause({ why: 'trouble', sentence: error.message });
    }
    stale.samples = stale.picture = stale.found = true;
    if (
      playing &&
      session.step > 0 &&
      there.step === session.step &&
      session.stepsLeft !== undefined &&
      session.stepsLeft === cycleLength
    )
      pause({ why: 'end' });
  });
}

/** Has the GPU do something; a GPU that fails hands the run back. */
function whileAsking(session: Run, there: GpuRun, work: () => Promise<void>) {
  asked = true;
  let failed = false;
  work()
    .catch((error: unknown) => {
      failed = true;
      if (graphics === there && run === session) stayHere(sentenceOf(error), true);
    })
    .finally(() => {
      asked = false;
      // Another run has begun, or the GPU was given up, in the meantime.
      if (graphics !== there) there.free(failed);
      if (run !== session) session.free();
      wake();
    });
}

/** The run trains on the processor from here on; a sentence says why, where it was to be otherwise. */
function stayHere(sentence: string | null, gone = false, forGood = sentence !== null) {
  const session = run;
  graphics = null;
  coming = false;
  refused ||= forGood;
  const told = sentence && gone && session ? fill(sentences.goesOn, sentence, session.step) : sentence;
  tellPlace({ on: 'cpu', adapter: null, sentence: told });
  stale.picture = stale.samples = true;
}

const tellPlace = (place: DeviceStatus) => post({ kind: 'place', run: id, place });

/** Takes the run to the GPU if that is wanted and there is one. */
async function takeThere(session: Run): Promise<void> {
  const order = compute;
  const { wanted, force } = order;
  const wish = wanted === 'gpu' || (wanted === 'auto' && !refused && hasWebGpu());
  if (!wish) return stayHere(null);
  coming = true;
  tellPlace({ on: 'coming', adapter: null, sentence: null });
  try {
    if (!hasWebGpu()) throw new Error(sentences.noWebGpu);
    if (wanted === 'auto' && !(await hasRealGpu())) {
      if (run === session) stayHere(null);
      return;
    }
    // While a slider is dragged runs follow each other faster than kernels compile.
    await new Promise((resolve) => setTimeout(resolve, SETTLED));
    if (run !== session || !coming) return;
    const there = await GpuRun.start(session, force);
    if (run !== session || !coming) return there.free();
    graphics = there;
    coming = false;
    stage.refused = there.adapter.software && force !== 'canvas';
    // It paints the stage from now on.
    stale.picture = stale.samples = true;
    crew?.end();
    tellPlace({ on: 'gpu', adapter: there.adapter, sentence: null });
    marks = [];
  } catch (error) {
    // What a model can't do there is no fault of the GPU: the next model may.
    if (run === session) stayHere(sentenceOf(error), false, !(error instanceof Unsuited));
  } finally {
    // It was only lent while it was being taken there.
    if (run !== session) session.free();
    // Something else was chosen meanwhile.
    else if (compute !== order && !graphics && !coming && compute.wanted !== 'cpu') void takeThere(session);
    wake();
  }
}

/** Trains for about SLICE milliseconds; stops at the end of the schedule's cycle. */
function train(session: Run) {
  const begin = performance.now();
  let left = stepsAllowed(session);
  while (left > 0 && performance.now() - begin < SLICE) {
    const count = Math.min(left, Math.max(1, Math.floor(SLICE / 2 / stepCost)));
    const before = performance.now();
    try {
      if (crew) crew.train(count, stepCost);
      else session.train(count);
    } catch (error) {
      pause({ why: 'trouble', sentence: sentenceOf(error) });
      return;
    }
    stepCost = 0.9 * stepCost + 0.1 * ((performance.now() - before) / count);
    left -= count;
    stale.samples = stale.picture = stale.found = true;
    if (session.step > 0 && session.stepsLeft !== undefined && session.stepsLeft === cycleLength) {
      pause({ why: 'end' });
      return;
    }
  }
}
let cycleLength: number | undefined;

/** Single steps on the processor. */
function stepHere(session: Run) {
  const count = singles;
  singles = 0;
  try {
    if (crew) crew.train(count, 0);
    else session.train(count);
  } catch (error) {
    post({ kind: 'paused', run: id, pause: { why: 'trouble', sentence: sentenceOf(error) } });
  }
  stale.samples = stale.picture = stale.found = true;
}

function speed(session: Run): number {
  const now = performance.now();
  marks.push([now, session.step]);
  while (marks.length > 2 && now - (marks[1]?.[0] ?? now) > SPEED_SPAN) marks.shift();
  const [time, step] = marks[0] ?? [now, session.step];
  return now > time ? ((session.step - step) / (now - time)) * 1000 : 0;
}

function frame(session: Run, view: Viewport) {
  const begin = performance.now();
  const temperature = view.temperature;
  const due = playing
    ? begin - lastPicture >= Math.max(FRAME, 3 * pictureCost)
    : stale.picture || stale.sharp;
  // At temperature 0 all mass is on one point: there is no density to draw.
  const quick = playing || !stale.sharp;
  const there = graphics;
  const onCanvas = there !== null && stage.paintable;
  const resting = there && !onCanvas ? SIDE_SHARP : SIDE_RESTING;
  const side = due && temperature >= 0.05 ? (quick ? SIDE_PLAYING : resting) : null;
  if (due) {
    lastPicture = begin;
    // At rest a quick picture is followed by a sharp one.
    stale.sharp = !playing && stale.picture && !stale.sharp;
    stale.picture = false;
  }
  stale.samples = false;
  pageBusy = true;
  const finish = ({ samples, values }: Drawn, painted = false) => {
    const picture = side !== null && values ? pictureOf(values, side, view.window) : null;
    if (quick && picture) pictureCost = performance.now() - begin;
    send(session, view, { samples, picture, painted });
  };
  if (there) {
    whileAsking(session, there, async () => {
      const sampleCount = playing ? Math.min(view.sampleCount, SAMPLES_PLAYING) : view.sampleCount;
      const drawn = await there.draw({ ...view, sampleCount }, view.window, side);
      if (due) stage.quick = quick;
      const painted = onCanvas && (await paintStage(there, view));
      if (run === session) finish(drawn, painted);
    });
    return;
  }
  const samples = session.samples(view.sampleCount, temperature) as Drawn['samples'];
  const values =
    side === null ? null : (session.densityField(view.window, side, temperature) as Drawn['samples']);
  finish({ samples, values });
}

/** Has the GPU paint the stage; false where the page has to. */
async function paintStage(there: GpuRun, view: Viewport): Promise<boolean> {
  const painted = await stage.by(there, view);
  stale.picture ||= !painted;
  return painted;
}

/** Sends the page what it draws next. */
function send(
  session: Run,
  view: Viewport,
  { samples, picture, painted }: { samples: Drawn['samples']; picture: Picture | null; painted: boolean },
) {
  const begin = performance.now();
  // Measured on thousands of samples: now and then is enough, and once at rest.
  let found: ModeCoverage | null = null;
  if (stale.found && (!playing || begin - lastFound > FOUND)) {
    found = { coverage: session.coverage(), threadMass: session.offSupportMass() };
    lastFound = performance.now();
    stale.found = false;
  }
  const history = session.history() as Evaluation[];
  const from = Math.min(evaluationsSent, history.length);
  evaluationsSent = history.length;
  const report: TrainingEvent = {
    kind: 'frame',
    run: id,
    step: session.step,
    stepsPerSecond: playing ? speed(session) : 0,
    workers: crew?.members ?? 1,
    playing,
    temperature: view.temperature,
    samples,
    painted,
    spread: spreadOf(samples),
    picture,
    found,
    evaluationsFrom: from,
    evaluations: history.slice(from),
  };
  post(report, [samples.buffer, ...buffersOf(picture)]);
}

function sendTarget(view: Viewport) {
  stale.target = false;
  if (!target) return;
  const values = targetField(target, view.window, SIDE_RESTING);
  const picture = pictureOf(values, SIDE_RESTING, view.window);
  post({ kind: 'target', run: id, picture }, buffersOf(picture));
}

let inspector: MessagePort | null = null;
let inspectorWaits = false;
/** Changes of the target so far. */
let changes = 0;
/** What the inspector knows. */
let shown = { run: -1, changes: -1, step: -1 };

/** Gives the inspector what it waits for, if there is something new. */
function show() {
  if (!run || !inspector || !inspectorWaits) return;
  const fresh = shown.run !== id || shown.changes !== changes;
  if (!fresh && shown.step === run.step) return;
  inspectorWaits = false;
  shown = { run: id, changes, step: run.step };
  const values = run.parameters() as Float32Array<ArrayBuffer>;
  const experiment = fresh ? (run.experiment() as Experiment) : null;
  const message: Parameters = { run: id, experiment, step: run.step, values };
  inspector.postMessage(message, [values.buffer]);
}

/** Other colours, or another size, of what is on the stage already. */
function repaint(session: Run, there: GpuRun, view: Viewport) {
  whileAsking(session, there, async () => {
    await paintStage(there, view);
  });
}

function slice() {
  if (!run || !look) return;
  if (!graphics && !coming) {
    if (playing) train(run);
    else if (singles > 0) stepHere(run);
  }
  show();
  if (!pageBusy && !asked) {
    const pictureDue = !playing || performance.now() - lastPicture >= Math.max(FRAME, 3 * pictureCost);
    if ((stale.samples || stale.picture || stale.sharp || (stale.found && !playing)) && pictureDue)
      frame(run, look);
    else if (stale.target) sendTarget(look);
    else if (stage.stale && graphics && !playing && stage.paintable) repaint(run, graphics, look);
  }
  // After the picture: the GPU does one thing after the other, and would always be training.
  if (graphics) trainThere(run, graphics);
  if (asked || (coming && playing && !stale.picture)) {
    // Whoever is waited for wakes us.
  } else if (playing) {
    // At a slow pace nothing is due for a while: sleep rather than spin.
    if (pace !== null && pace < 100) setTimeout(wake, 1000 / Math.max(pace, 60));
    else wake();
  } else if (!pageBusy && (stale.samples || stale.picture || stale.sharp || stale.target || stale.found))
    wake();
}

function begin(command: Extract<TrainingRequest, { kind: 'start' }>) {
  let fresh: Run;
  try {
    fresh = new Run(command.experiment as never);
    if (command.saved) fresh.load(command.saved.step, command.saved.values);
  } catch (error) {
    post({ kind: 'refused', run: command.run, what: 'experiment', sentence: sentenceOf(error) });
    return;
  }
  crew?.end();
  // What the GPU is asked for ends with its own run.
  if (!asked && !coming) {
    graphics?.free();
    run?.free();
  }
  graphics = null;
  coming = false;
  singles = 0;
  run = fresh;
  crew = new DataParallel(fresh, processors);
  id = command.run;
  look = command.look;
  pageBusy = false;
  // What comes back has all its fields.
  const experiment = fresh.experiment() as Experiment;
  target = experiment.target;
  cycleLength = fresh.stepsLeft;
  const evaluations = fresh.history() as Evaluation[];
  evaluationsSent = evaluations.length;
  stale = { samples: true, picture: true, sharp: false, target: true, found: true };
  post({
    kind: 'started',
    run: id,
    experiment,
    step: fresh.step,
    parameterCount: fresh.parameterCount,
    evaluations,
  });
  setPlaying(command.play);
  void takeThere(fresh);
}

function setPlaying(on: boolean) {
  if (!run) return;
  if (on) {
    singles = 0;
    marks = [];
    paceFrom = [performance.now(), run.step];
    playing = true;
  } else if (playing) {
    pause({ why: 'asked' });
  }
  wake();
}

function retarget(next: TargetSpec) {
  if (!run) return;
  try {
    run.retarget(next);
  } catch (error) {
    post({ kind: 'refused', run: id, what: 'target', sentence: sentenceOf(error) });
    return;
  }
  crew?.end();
  graphics?.retarget(next);
  changes += 1;
  target = next;
  cycleLength = run.stepsLeft;
  // The session replaced the evaluation of this very step.
  evaluationsSent = Math.max(0, Math.min(evaluationsSent, run.history().length - 1));
  stale = { samples: true, picture: true, sharp: false, target: true, found: true };
  wake();
}

function fields(command: Extract<TrainingRequest, { kind: 'fields' }>) {
  command.targets.forEach((spec, index) => {
    const window = command.windows[index];
    if (!window) return;
    const values = targetField(spec, window, command.side) as Float32Array<ArrayBuffer>;
    post({ kind: 'field', index, field: { window, side: command.side, values } }, [values.buffer]);
  });
}

function obey(command: TrainingRequest) {
  switch (command.kind) {
    case 'start':
      return begin(command);
    case 'play':
      return setPlaying(true);
    case 'pause':
      return setPlaying(false);
    case 'step':
      if (run && !playing) singles += command.count;
      return wake();
    case 'pace':
      pace = command.stepsPerSecond;
      if (run) paceFrom = [performance.now(), run.step];
      return wake();
    case 'retarget':
      return retarget(command.target);
    case 'look': {
      const moved =
        look?.window !== command.look.window &&
        JSON.stringify(look?.window) !== JSON.stringify(command.look.window);
      look = command.look;
      stale.samples = stale.picture = stale.found = true;
      stale.target ||= moved;
      return wake();
    }
    case 'canvas':
      stage.canvas = command.canvas;
      stale.picture = true;
      return wake();
    case 'paint':
      stage.paint = command.paint;
      stage.stale = graphics !== null;
      return wake();
    case 'drawn':
      pageBusy = false;
      return wake();
    case 'save': {
      if (!run) return;
      const values = run.parameters() as Float32Array<ArrayBuffer>;
      const experiment = run.experiment() as Experiment;
      return post({ kind: 'saved', run: id, experiment, saved: { step: run.step, values } }, [values.buffer]);
    }
    case 'processors':
      if (command.count === processors) return;
      processors = command.count;
      if (run) {
        crew?.end();
        crew = new DataParallel(run, processors);
      }
      return;
    case 'compute': {
      const same = command.wanted === compute.wanted && command.force === compute.force;
      if (same) return;
      compute = command;
      if (!run) return;
      refused = false;
      // From where it stands: the parameters and all that training needs go along.
      if (command.wanted === 'cpu') {
        if (!asked) graphics?.free();
        stayHere(null);
        return wake();
      }
      if (!graphics && !coming) void takeThere(run);
      return;
    }
    case 'inspect':
      inspector?.close();
      inspector = command.port;
      shown = { run: -1, changes: -1, step: -1 };
      inspector.onmessage = () => {
        inspectorWaits = true;
        show();
      };
      return;
    case 'fields':
      return fields(command);
  }
}

const ready = loadCore().catch((error: unknown) => {
  post({
    kind: 'failed',
    sentence: fill(sentences.unloaded, sentenceOf(error)),
  });
  throw error;
});

onmessage = async ({ data }: MessageEvent<TrainingRequest>) => {
  try {
    await ready;
  } catch {
    return;
  }
  try {
    obey(data);
  } catch (error) {
    fail(error);
  }
};
