/**
 * The worker of an ensemble: many small runs at once, on the GPU where there is a real one, else on the processor. It trains in
 * slices, and after some of them says what each run has learned.
 */

import { take } from './given-tables';
import { OUT_OF_SIGHT } from './out-of-sight';
import { hasRealGpu, hasWebGpu, loadGpuCore } from './gpu';
import type { Device, Runs } from './pkg/density_playground_gpu';
import type { Adapter, EnsembleEvent, EnsembleProgress, EnsembleRequest, Experiment } from './protocol';
import { fill } from '../i18n/translate';
import { sentenceOf, sentences } from './sentences';

/** Cells on each side of a run's small picture. */
const SIDE = 36;
/** Milliseconds of training between two looks at the messages. */
const SLICE = 100;
/** Milliseconds between two accounts of progress. */
const PROGRESS_INTERVAL = 900;

const post = (event: EnsembleEvent, transfer: Transferable[] = []) => postMessage(event, { transfer });
/** Lets messages in. */
const breathe = () => new Promise((resolve) => setTimeout(resolve));

type Start = Extract<EnsembleRequest, { kind: 'start' }>;

/** The ensemble that trains. */
let current = 0;

/** Kept while nobody can see the page. */
let seen: Promise<void> = Promise.resolve();
let goOn: () => void = () => undefined;
let hiding: ReturnType<typeof setTimeout> | undefined;

function see(visible: boolean) {
  clearTimeout(hiding);
  if (visible) goOn();
  else hiding = setTimeout(() => (seen = new Promise((resolve) => (goOn = resolve))), OUT_OF_SIGHT);
}

interface RunGroup {
  runs: Runs;
  /** Of all runs, the first one of this group. */
  first: number;
  count: number;
  /** Milliseconds of a step. */
  cost: number;
}

/** All runs in one group where they can train together, else a group for each condition. */
async function start(
  groups: Experiment[][],
  open: (all: Experiment[]) => Promise<Runs>,
): Promise<RunGroup[]> {
  const runGroup = async (all: Experiment[], first: number): Promise<RunGroup> => ({
    runs: await open(all),
    first,
    count: all.length,
    cost: 20,
  });
  if (groups.length > 1) {
    try {
      return [await runGroup(groups.flat(), 0)];
    } catch {
      // They differ in size: each condition by itself.
    }
  }
  const runGroups: RunGroup[] = [];
  let first = 0;
  for (const group of groups) {
    runGroups.push(await runGroup(group, first));
    first += group.length;
  }
  return runGroups;
}

async function open(
  request: Start,
): Promise<{ runGroups: RunGroup[]; adapter: Adapter | null; why: string | null }> {
  const { Device, Runs, provideTable } = await loadGpuCore();
  take(request.table, provideTable);
  const wish =
    request.preference === 'gpu'
      ? hasWebGpu()
      : request.preference === 'auto' && hasWebGpu() && (await hasRealGpu());
  let why: string | null = null;
  if (wish) {
    try {
      const device: Device = await Device.request(request.force);
      const runGroups = await start(request.groups, (all) => Runs.onGpu(device, all as never));
      return { runGroups, adapter: device.adapter(), why };
    } catch (error) {
      why = sentenceOf(error);
    }
  }
  // On the processor nothing has to agree: one group.
  const runs = Runs.onCpu(request.groups.flat() as never);
  return {
    runGroups: [{ runs, first: 0, count: request.groups.flat().length, cost: 20 }],
    adapter: null,
    why,
  };
}

async function train(runGroup: RunGroup, steps: number): Promise<void> {
  const begin = performance.now();
  runGroup.runs.train(steps);
  await runGroup.runs.wait();
  runGroup.cost = 0.5 * runGroup.cost + (0.5 * (performance.now() - begin)) / steps;
}

async function sendProgress(request: Start, runGroups: RunGroup[], progress: EnsembleProgress) {
  const total = request.groups.flat().length;
  const onPlane = request.groups[0]?.[0]?.model.ordering.length === 2;
  const fields = onPlane ? new Float32Array(total * SIDE * SIDE) : null;
  const members: EnsembleProgress['members'] = [];
  for (const { runs, first } of runGroups) {
    members.push(...((await runs.evaluateAll()) as EnsembleProgress['members']));
    if (fields) fields.set(await runs.densityField(request.window, SIDE, 1), first * SIDE * SIDE);
    await breathe();
  }
  const step = Math.min(...runGroups.map((runGroup) => runGroup.runs.step));
  post({ ...progress, step, members, fields }, fields ? [fields.buffer] : []);
}

async function run(request: Start) {
  const { id } = request;
  const progress: EnsembleProgress = {
    kind: 'progress',
    id,
    step: 0,
    members: [],
    fields: null,
    side: SIDE,
    adapter: null,
    sentence: null,
    done: false,
  };
  try {
    const opened = await open(request);
    let { runGroups } = opened;
    Object.assign(progress, { adapter: opened.adapter, sentence: opened.why });
    let last = -Infinity;
    for (;;) {
      if (id !== current) break;
      const left = runGroups.map((runGroup) => request.steps - runGroup.runs.step);
      const done = left.every((steps) => steps <= 0);
      if (done || performance.now() - last > PROGRESS_INTERVAL) {
        await sendProgress(request, runGroups, { ...progress, done });
        last = performance.now();
      }
      if (done) break;
      try {
        for (const [index, runGroup] of runGroups.entries()) {
          const able = Math.max(1, Math.floor(SLICE / runGroup.cost));
          await train(runGroup, Math.min(able, left[index] ?? 0) || 1);
        }
      } catch (error) {
        // The GPU is gone: the runs begin anew on the processor, which has no other way to what they knew.
        if (progress.adapter === null) throw error;
        const { Runs } = await loadGpuCore();
        const all = request.groups.flat();
        runGroups = [{ runs: Runs.onCpu(all as never), first: 0, count: all.length, cost: 20 }];
        Object.assign(progress, { adapter: null, sentence: fill(sentences.ensembleAnew, sentenceOf(error)) });
      }
      await breathe();
      await seen;
    }
    for (const runGroup of runGroups) runGroup.runs.free();
  } catch (error) {
    post({ kind: 'refused', id, sentence: sentenceOf(error) });
  }
}

onmessage = ({ data }: MessageEvent<EnsembleRequest>) => {
  if (data.kind === 'visibility') return see(data.visible);
  current = data.kind === 'stop' ? -1 : data.id;
  if (data.kind === 'start') void run(data);
};
