/**
 * The worker that answers the views' questions: it has a copy of the run, takes over the parameters again and again, and so
 * looks at a training run without holding it up.
 */

import { take } from './given-tables';
import { loadViews } from './load-views';
import { Probe, provideTable, Run } from './pkg/density_playground_views';
import type {
  Cost,
  Costed,
  Description,
  Experiment,
  InspectorEvent,
  InspectorRequest,
  Parameters,
  Question,
} from './protocol';
import { fill } from '../i18n/translate';
import { sentenceOf, sentences } from './sentences';

/** A standing question. */
interface Query {
  id: number;
  question: Question;
  /** The answer may have changed. */
  stale: boolean;
  /** The id of the answer that is on its way to the page: it may be one to an earlier question. */
  inFlight: number | null;
}

const queries = new Map<string, Query>();
let port: MessagePort | null = null;
let run: Run | null = null;
let runId = 0;
let step = 0;
let asked = false;

/** These depend on the Experiment alone, or on nothing of it, and not on what was learned. */
const TIMELESS: readonly string[] = ['masks', 'memory', 'oneVariable', 'race'];
/** Between two looks at a training run, for each millisecond that a look takes: with few processors it competes with the training. */
const REST = navigator.hardwareConcurrency > 2 ? 1 : 2;
/** Milliseconds between two looks at least. */
const PAUSE = 40;

const post = (event: InspectorEvent) => postMessage(event);

/** The core writes many numbers as their bytes. */
function revive(value: unknown): unknown {
  if (value instanceof Uint8Array) return new Float32Array(value.buffer, value.byteOffset, value.length / 4);
  if (Array.isArray(value)) return typeof value[0] === 'object' ? value.map(revive) : value;
  if (value && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, revive(inner)]));
  return value;
}

function answer(from: Run, { ask, about }: Question): unknown {
  const method = from[ask] as (...args: unknown[]) => unknown;
  return revive(method.apply(from, about));
}

/** A panic leaves an instance that can't be trusted; a refusal says what is wrong with the question. */
function refusable(id: number, act: () => void) {
  try {
    act();
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) throw error;
    post({ kind: 'refused', id, sentence: sentenceOf(error) });
  }
}

/** Answers what is stale and asks for the next parameters. */
function work() {
  if (!run) return next();
  const begin = performance.now();
  const from = run;
  for (const query of queries.values()) {
    if (!query.stale || query.inFlight !== null) continue;
    query.stale = false;
    refusable(query.id, () => {
      post({ kind: 'answer', id: query.id, run: runId, step, answer: answer(from, query.question) });
      query.inFlight = query.id;
    });
  }
  setTimeout(next, Math.max(PAUSE, REST * (performance.now() - begin)));
}

function next() {
  if (!port || asked || queries.size === 0) return;
  asked = true;
  port.postMessage(null);
}

function takeParameters({ run: of, experiment, table, step: at, values }: Parameters) {
  asked = false;
  take(table, provideTable);
  if (experiment) {
    run?.free();
    run = null;
    run = new Run(experiment as never);
  }
  if (!run) return;
  const fresh = experiment !== null;
  runId = of;
  step = at;
  run.setParameters(at, values);
  for (const query of queries.values()) query.stale ||= fresh || !TIMELESS.includes(query.question.ask);
  work();
}

/** Counts passes, and times them: repeated until it lasts long enough to be told from the clock's grain. */
function cost({ family, dim, units, layers, points }: Costed): Cost {
  const probe = new Probe(family, dim, units, layers);
  const timed = (sampling: boolean): [number, number] => {
    const passes = probe.take(sampling, points);
    const begin = performance.now();
    let count = 0;
    do {
      probe.take(sampling, points);
      count += 1;
    } while (performance.now() - begin < 20);
    return [passes, (performance.now() - begin) / count];
  };
  const [density, densityTime] = timed(false);
  const [sampling, samplingTime] = timed(true);
  probe.free();
  return { density, sampling, densityTime, samplingTime };
}

/** What a model's parameters mean: it depends on the Experiment alone, so an untrained run will do. */
function describe(experiment: Experiment): Description | null {
  const own = new Run(experiment as never);
  const flow = own.description();
  own.free();
  return flow;
}

function obey(request: InspectorRequest) {
  switch (request.kind) {
    case 'attach':
      port?.close();
      port = request.port;
      // Whoever is asked from now on gives all of itself first.
      run?.free();
      run = null;
      asked = false;
      port.onmessage = ({ data }: MessageEvent<Parameters>) => guarded(() => takeParameters(data));
      return next();
    case 'subscribe': {
      const { id, view, question } = request;
      const inFlight = queries.get(view)?.inFlight ?? null;
      queries.set(view, { id, question, stale: true, inFlight });
      return work();
    }
    case 'unsubscribe':
      queries.delete(request.view);
      return;
    case 'ack': {
      const query = [...queries.values()].find(({ inFlight }) => inFlight === request.id);
      if (!query) return;
      query.inFlight = null;
      return query.stale ? work() : undefined;
    }
    case 'cost':
      return refusable(request.id, () => post({ kind: 'cost', id: request.id, cost: cost(request.model) }));
    case 'describe':
      return refusable(request.id, () => {
        take(request.table, provideTable);
        post({ kind: 'description', id: request.id, flow: describe(request.experiment) });
      });
  }
}

function guarded(act: () => void) {
  try {
    act();
  } catch (error) {
    post({ kind: 'failed', sentence: fill(sentences.viewsStopped, sentenceOf(error)) });
  }
}

const ready = loadViews();
// Whoever asks is told, however late.
ready.catch(() => undefined);

onmessage = async ({ data }: MessageEvent<InspectorRequest>) => {
  try {
    await ready;
  } catch (error) {
    post({ kind: 'failed', sentence: fill(sentences.viewsUnloaded, sentenceOf(error)) });
    return;
  }
  guarded(() => obey(data));
};
