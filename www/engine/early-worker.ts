/**
 * The training worker of a page's first run. It takes longer to come than anything else, since it loads and compiles the core: `early.ts` begins
 * it from the head of the page, before there is a page that could use it.
 */

import type { TrainingEvent } from './protocol';
import workerUrl from './training-worker?worker&url';
import { ownScript } from './trusted-types';

const start = (): Worker => new Worker(ownScript(workerUrl), { type: 'module', name: 'training' });

interface Early {
  worker: Worker;
  /** What it said while nobody listened: that it could not be loaded. */
  missed: (MessageEvent | ErrorEvent)[];
}
let early: Early | null = null;

/** Milliseconds after which nothing waits for a run any more: the link may hold none. */
const PATIENCE = 10_000;

/** Done when the first run is seen and trains, or won't: what can wait is not loaded before. */
export let underWay: Promise<unknown> = Promise.resolve();

/** Begins it, once. */
export function startEarly(): void {
  const missed: Early['missed'] = [];
  const worker = start();
  worker.onmessage = worker.onerror = (event: MessageEvent | ErrorEvent) => void missed.push(event);
  early = { worker, missed };
  underWay = new Promise<void>((done) => {
    setTimeout(done, PATIENCE);
    worker.addEventListener('error', () => done());
    // The target's picture comes after the first frame.
    worker.addEventListener('message', ({ data }: MessageEvent<TrainingEvent>) => {
      if (['target', 'refused', 'failed'].includes(data.kind)) done();
    });
  });
}

/** A worker that nobody else has; what it has said is said again to whoever listens when this task ends. */
export function takeWorker(): Worker {
  if (!early) return start();
  const { worker, missed } = early;
  early = null;
  queueMicrotask(() => {
    for (const event of missed)
      if (event instanceof ErrorEvent) worker.onerror?.(event);
      else worker.onmessage?.(event);
  });
  return worker;
}
