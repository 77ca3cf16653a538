/** The worker of a run: it has a wasm instance of its own, and connects the run loop to the page. */

import { fill } from '../i18n/translate';
import { StageCanvas } from './canvas';
import { Cores } from './cores';
import { DataParallel } from './data-parallel';
import type { Gpus } from './device';
import { GpuRun, hasRealGpu, hasWebGpu } from './gpu';
import type { TrainingEvent, TrainingRequest } from './protocol';
import { RunLoop } from './run-loop';
import { browserScheduler } from './scheduler';
import { sentenceOf, sentences } from './sentences';

const post = (event: TrainingEvent, transfer: Transferable[] = []) => postMessage(event, { transfer });

const gpus: Gpus = {
  exists: hasWebGpu,
  isReal: hasRealGpu,
  start: (run, force) => GpuRun.start(run, force),
};

const scheduler = browserScheduler();
const cores = new Cores();

const loop = new RunLoop({
  core: cores,
  scheduler,
  post,
  gpus,
  stage: new StageCanvas(),
  trainer: (run, processors) => new DataParallel(run, processors, scheduler.now),
  processors: navigator.hardwareConcurrency,
});

const tell = (error: unknown) => {
  post({ kind: 'failed', sentence: fill(sentences.unloaded, sentenceOf(error)) });
  return false;
};
const ready = cores.load().then(() => true, tell);

/** What is asked is heard in the order in which it was asked, however long a build takes to load. */
let last: Promise<unknown> = ready;

async function hear(request: TrainingRequest) {
  if (!(await ready)) return;
  if (request.kind === 'start') await cores.prepare(request.experiment).catch(tell);
  loop.hear(request);
}

onmessage = ({ data }: MessageEvent<TrainingRequest>) => {
  const turn = last.then(() => hear(data));
  // A fault is told to the page as that of any handler, and stops none of what follows.
  last = turn.catch((error: unknown) => {
    reportError(error);
  });
};
