/**
 * The worker of one run: it owns a wasm instance, trains in slices of a few milliseconds, and between slices
 * answers what the page asked and sends a picture when the page has drawn the last one.
 */

import { massContours } from '../draw/contours';
import { marginals } from '../draw/marginals';
import { Crew } from './crew';
import { loadCore } from './load';
import { Run, targetField } from './pkg/density_playground';
import type {
  Command,
  Evaluation,
  Experiment,
  Field,
  Found,
  Look,
  Parameters,
  Picture,
  Report,
  TargetSpec,
  Window,
} from './protocol';

/** Milliseconds of training between two looks at the messages. */
const SLICE = 8;
/** Least milliseconds between two pictures while training; a slow model has them further apart. */
const FRAME = 60;
/** Cells on each side of the picture, while training and at rest. */
const SIDE_PLAYING = 112;
const SIDE_RESTING = 224;
/** Least milliseconds between two measurements of the modes. */
const FOUND = 1500;
/** Milliseconds over which the speed is measured. */
const SPEED_SPAN = 1000;

let run: Run | null = null;
let crew: Crew | null = null;
/** Processors that the run may use at most. */
let processors = navigator.hardwareConcurrency;
let id = 0;
let target: TargetSpec | null = null;
let look: Look | null = null;
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

const post = (report: Report, transfer: Transferable[] = []) => postMessage(report, { transfer });
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
  post({ kind: 'failed', sentence: `The core stopped with a fault (${sentenceOf(error)}).` });
}

function fieldBuffers(picture: Picture | null): Transferable[] {
  if (!picture) return [];
  return [
    picture.field.values.buffer,
    ...picture.contours.flatMap((c) => [c.points.buffer, c.starts.buffer]),
  ];
}

/** Root mean square distance of points (x1, x2) from their mean. */
function spreadOf(points: Float32Array): number {
  const n = points.length / 2;
  const sums = [0, 0];
  let squares = 0;
  points.forEach((v, i) => {
    sums[i % 2] = (sums[i % 2] ?? 0) + v;
    squares += v * v;
  });
  const [a = 0, b = 0] = sums;
  return Math.sqrt(Math.max(0, squares / n - (a / n) ** 2 - (b / n) ** 2));
}

function pictureOf(values: Float32Array, side: number, window: Window): Picture {
  const field: Field = { window, side, values: values as Float32Array<ArrayBuffer> };
  return { field, contours: massContours(field), marginals: marginals(field) };
}

function pause(reason: Extract<Report, { kind: 'paused' }>['pause']) {
  playing = false;
  stale.sharp = true;
  stale.samples = true;
  post({ kind: 'paused', run: id, pause: reason });
}

/** Trains for about SLICE milliseconds; stops at the end of the schedule's cycle. */
function train(session: Run) {
  const begin = performance.now();
  const allowance =
    pace === null ? Infinity : paceFrom[1] + ((begin - paceFrom[0]) * pace) / 1000 - session.step;
  let left = Math.min(session.stepsLeft ?? Infinity, Math.floor(allowance));
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

function speed(session: Run): number {
  const now = performance.now();
  marks.push([now, session.step]);
  while (marks.length > 2 && now - (marks[1]?.[0] ?? now) > SPEED_SPAN) marks.shift();
  const [time, step] = marks[0] ?? [now, session.step];
  return now > time ? ((session.step - step) / (now - time)) * 1000 : 0;
}

function frame(session: Run, view: Look) {
  const begin = performance.now();
  const temperature = view.temperature;
  const samples = session.samples(view.sampleCount, temperature) as Float32Array<ArrayBuffer>;
  const due = playing
    ? begin - lastPicture >= Math.max(FRAME, 3 * pictureCost)
    : stale.picture || stale.sharp;
  let picture: Picture | null = null;
  // At temperature 0 all mass is on one point: there is no density to draw.
  if (due && temperature >= 0.05) {
    const side = playing || !stale.sharp ? SIDE_PLAYING : SIDE_RESTING;
    picture = pictureOf(session.densityField(view.window, side, temperature), side, view.window);
    if (side === SIDE_PLAYING) pictureCost = performance.now() - begin;
  }
  if (due) {
    lastPicture = begin;
    // At rest a quick picture is followed by a sharp one.
    stale.sharp = !playing && stale.picture && !stale.sharp;
    stale.picture = false;
  }
  stale.samples = false;
  // Measured on thousands of samples: now and then is enough, and once at rest.
  let found: Found | null = null;
  if (stale.found && (!playing || begin - lastFound > FOUND)) {
    found = { coverage: session.coverage(), threadMass: session.threadMass() };
    lastFound = performance.now();
    stale.found = false;
  }
  const history = session.history() as Evaluation[];
  const from = Math.min(evaluationsSent, history.length);
  evaluationsSent = history.length;
  pageBusy = true;
  const report: Report = {
    kind: 'frame',
    run: id,
    step: session.step,
    stepsPerSecond: playing ? speed(session) : 0,
    workers: crew?.members ?? 1,
    playing,
    temperature,
    samples,
    spread: spreadOf(samples),
    picture,
    found,
    evaluationsFrom: from,
    evaluations: history.slice(from),
  };
  post(report, [samples.buffer, ...fieldBuffers(picture)]);
}

function sendTarget(view: Look) {
  stale.target = false;
  if (!target) return;
  const values = targetField(target, view.window, SIDE_RESTING);
  const picture = pictureOf(values, SIDE_RESTING, view.window);
  post({ kind: 'target', run: id, picture }, fieldBuffers(picture));
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

function slice() {
  if (!run || !look) return;
  if (playing) train(run);
  show();
  if (!pageBusy) {
    const pictureDue = !playing || performance.now() - lastPicture >= Math.max(FRAME, 3 * pictureCost);
    if ((stale.samples || stale.picture || stale.sharp || (stale.found && !playing)) && pictureDue)
      frame(run, look);
    else if (stale.target) sendTarget(look);
  }
  if (playing) {
    // At a slow pace nothing is due for a while: sleep rather than spin.
    if (pace !== null && pace < 100) setTimeout(wake, 1000 / Math.max(pace, 60));
    else wake();
  } else if (!pageBusy && (stale.samples || stale.picture || stale.sharp || stale.target || stale.found))
    wake();
}

function begin(command: Extract<Command, { kind: 'start' }>) {
  let fresh: Run;
  try {
    fresh = new Run(command.experiment as never);
    if (command.saved) fresh.load(command.saved.step, command.saved.values);
  } catch (error) {
    post({ kind: 'refused', run: command.run, what: 'experiment', sentence: sentenceOf(error) });
    return;
  }
  crew?.end();
  run?.free();
  run = fresh;
  crew = new Crew(fresh, processors);
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
}

function setPlaying(on: boolean) {
  if (!run) return;
  if (on) {
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
  changes += 1;
  target = next;
  cycleLength = run.stepsLeft;
  // The session replaced the evaluation of this very step.
  evaluationsSent = Math.max(0, Math.min(evaluationsSent, run.history().length - 1));
  stale = { samples: true, picture: true, sharp: false, target: true, found: true };
  wake();
}

function fields(command: Extract<Command, { kind: 'fields' }>) {
  command.targets.forEach((spec, index) => {
    const window = command.windows[index];
    if (!window) return;
    const values = targetField(spec, window, command.side) as Float32Array<ArrayBuffer>;
    post({ kind: 'field', index, field: { window, side: command.side, values } }, [values.buffer]);
  });
}

function obey(command: Command) {
  switch (command.kind) {
    case 'start':
      return begin(command);
    case 'play':
      return setPlaying(true);
    case 'pause':
      return setPlaying(false);
    case 'step':
      if (run && !playing) {
        try {
          if (crew) crew.train(command.count, 0);
          else run.train(command.count);
        } catch (error) {
          post({ kind: 'paused', run: id, pause: { why: 'trouble', sentence: sentenceOf(error) } });
        }
        stale.samples = stale.picture = stale.found = true;
        wake();
      }
      return;
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
        crew = new Crew(run, processors);
      }
      return;
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
    sentence: `The core could not be loaded (${sentenceOf(error)}). It needs a browser with WebAssembly SIMD, any from 2023 on.`,
  });
  throw error;
});

onmessage = async ({ data }: MessageEvent<Command>) => {
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
