/** The worker of a run: it has a wasm instance of its own, and connects the run loop to the page. */

import { fill } from '../i18n/translate';
import { StageCanvas } from './canvas';
import type { CoreRun, Floats } from './core';
import { DataParallel } from './data-parallel';
import type { Gpus } from './device';
import { GpuRun, hasRealGpu, hasWebGpu } from './gpu';
import { loadCore } from './load';
import { provideTable, Run, targetField } from './pkg/density_playground';
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

const loop = new RunLoop({
  core: {
    // What the core gives back has all its fields.
    open: (experiment) => new Run(experiment as never) as CoreRun,
    targetField: (target, window, side) => targetField(target, window, side) as Floats,
    provideTable,
  },
  scheduler,
  post,
  gpus,
  stage: new StageCanvas(),
  trainer: (run, processors) => new DataParallel(run, processors, scheduler.now),
  processors: navigator.hardwareConcurrency,
});

const ready = loadCore().then(
  () => true,
  (error: unknown) => {
    post({ kind: 'failed', sentence: fill(sentences.unloaded, sentenceOf(error)) });
    return false;
  },
);

onmessage = async ({ data }: MessageEvent<TrainingRequest>) => {
  if (await ready) loop.hear(data);
};
