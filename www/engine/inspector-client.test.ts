import { beforeEach, describe, expect, it } from 'vitest';
import { InspectorClient, type InspectorWorker, isNear } from './inspector-client';
import type { InspectorEvent, InspectorRequest, Question } from './protocol';

const slice = (variable: number, given: number): Question<'slice'> =>
  ({ ask: 'slice', about: [variable, given] }) as never;

let sent: InspectorRequest[];
let worker: InspectorWorker;
let inspected: { id: number; engine: { inspect: () => void } };
let client: InspectorClient;
let heard: number[];
let failures: string[];

beforeEach(() => {
  sent = [];
  heard = [];
  failures = [];
  inspected = { id: 1, engine: { inspect: () => undefined } };
  client = new InspectorClient(
    (sentence) => failures.push(sentence),
    () =>
      (worker = {
        onmessage: null,
        onerror: null,
        postMessage: (request: InspectorRequest) => void sent.push(request),
        terminate: () => undefined,
      } as InspectorWorker),
    (act) => act(),
  );
  client.attach(inspected);
});

const say = (data: InspectorEvent) => worker.onmessage?.call(worker as never, { data } as MessageEvent);
const watch = (question: Question<'slice'>) =>
  client.subscribe(
    'conditionals',
    question,
    (_, step) => heard.push(step),
    () => undefined,
  );
const ids = () => sent.flatMap((request) => (request.kind === 'subscribe' ? [request.id] : []));
const answer = (id: number, step: number, run = 1): InspectorEvent => ({
  kind: 'answer',
  id,
  run,
  step,
  answer: null,
});

describe('answers of views', () => {
  it('come under their own question, and are acknowledged', () => {
    watch(slice(0, 0.5));
    const [id = 0] = ids();
    say(answer(id, 7));
    expect(heard).toEqual([7]);
    expect(sent.at(-1)).toEqual({ kind: 'ack', id });
  });

  it('that come late are dropped where the label is another one, and lag a little where a line is dragged', () => {
    watch(slice(0, 0.5));
    watch(slice(1, 0.5));
    const [first = 0, second = 0] = ids();
    say(answer(first, 1));
    expect(heard).toEqual([]);
    // The worker waits for it all the same.
    expect(sent.at(-1)).toEqual({ kind: 'ack', id: first });
    watch(slice(1, 0.75));
    say(answer(second, 2));
    expect(heard).toEqual([2]);
  });

  it('of another run are dropped, and can be asked for anew', () => {
    watch(slice(0, 0.5));
    inspected.id = 2;
    say(answer(ids()[0] ?? 0, 1, 1));
    expect(heard).toEqual([]);
    inspected.id = 1;
    client.renew();
    const [first = 0, second = 0] = ids();
    expect(second).toBeGreaterThan(first);
    say(answer(second, 2, 1));
    expect(heard).toEqual([2]);
  });

  it('of a view that is closed are dropped', () => {
    watch(slice(0, 0.5));
    client.unsubscribe('conditionals');
    say(answer(ids()[0] ?? 0, 1));
    expect(heard).toEqual([]);
  });
});

describe('single answers', () => {
  it('come back to who asked, or as null where there is none', async () => {
    const model = { family: 'maf', dim: 2, units: 8, layers: 1, points: 1 };
    const [first, second] = [client.cost(model), client.cost(model)];
    const [a = 0, b = 0] = sent.flatMap((request) => (request.kind === 'cost' ? [request.id] : []));
    const cost = { density: 1, sampling: 2, densityTime: 0, samplingTime: 0 };
    say({ kind: 'refused', id: a, sentence: 'layers is 0' });
    say({ kind: 'cost', id: b, cost });
    expect(await first).toBeNull();
    expect(await second).toEqual(cost);
    const lost = client.cost(model);
    say({ kind: 'failed', sentence: 'gone' });
    expect(await lost).toBeNull();
    expect(failures).toEqual(['gone']);
  });
});

it('questions are near where they differ in fractions alone', () => {
  expect(isNear(slice(0, 0.5), slice(0, 0.6))).toBe(true);
  expect(isNear(slice(0, 0.5), slice(1, 0.5))).toBe(false);
  expect(isNear({ ask: 'slice', about: [] }, { ask: 'layers', about: [] })).toBe(false);
  expect(isNear([0.5], [0.5, 1])).toBe(false);
  expect(isNear(null, 0.5)).toBe(false);
});
