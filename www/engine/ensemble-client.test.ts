import { beforeEach, expect, it } from 'vitest';
import { EnsembleClient, type EnsembleWorker } from './ensemble-client';
import type { EnsembleEvent, EnsembleProgress, EnsembleRequest } from './protocol';

let sent: EnsembleRequest[];
let worker: EnsembleWorker;
let steps: number[];
let ends: string[];
let client: EnsembleClient;

beforeEach(() => {
  sent = [];
  steps = [];
  ends = [];
  worker = {
    onmessage: null,
    onerror: null,
    postMessage: (request: EnsembleRequest) => void sent.push(request),
    terminate: () => undefined,
  } as EnsembleWorker;
  client = new EnsembleClient(
    ({ step }) => steps.push(step),
    (sentence) => ends.push(sentence),
    () => worker,
  );
});

const say = (data: EnsembleEvent) => worker.onmessage?.call(worker as never, { data } as MessageEvent);
const progress = (id: number, step: number) => ({ kind: 'progress', id, step }) as EnsembleProgress;
const start = (): number => {
  client.start({
    groups: [],
    table: null,
    steps: 1,
    window: {} as never,
    preference: 'cpu',
    force: 'nothing',
  });
  const last = sent.at(-1);
  return last?.kind === 'start' ? last.id : 0;
};

it('what comes of an earlier ensemble, or of one that was stopped, comes too late', () => {
  const first = start();
  const second = start();
  expect(second).toBeGreaterThan(first);
  say(progress(first, 1));
  say({ kind: 'refused', id: first, sentence: 'late' });
  say(progress(second, 2));
  client.stop();
  say(progress(second, 3));
  expect([steps, ends]).toEqual([[2], []]);
});

it('says why one can not begin, and that its worker is lost', () => {
  say({ kind: 'refused', id: start(), sentence: 'there is nothing to train' });
  worker.onerror?.call(worker as never, { preventDefault: () => undefined, message: '' } as ErrorEvent);
  expect(ends).toEqual(['there is nothing to train', 'The ensemble stopped (it could not be loaded).']);
});
