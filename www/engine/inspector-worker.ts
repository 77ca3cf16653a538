/**
 * The worker that answers the views' questions: it has a copy of the run, takes over the parameters again and again, and so
 * looks at a training run without holding it up.
 */

import { loadViews } from './load-views';
import { Probe, Run } from './pkg/density_playground_views';
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
import { sentences } from './sentences';

/** A standing question. */
interface Query {
  question: Question;
  /** The answer may have changed. */
  stale: boolean;
  /** An answer is on its way to the page. */
  inFlight: boolean;
}

const queries = new Map<string, Query>();
let port: MessagePort | null = null;
let run: Run | null = null;
let id = 0;
let step = 0;
let asked = false;

/** These depend on the Experiment alone, not on what was learned. */
const TIMELESS: readonly string[] = ['masks', 'memory'];
/** Between two looks at a training run, for each millisecond that a look takes: with few processors it competes with the training. */
const REST = navigator.hardwareConcurrency > 2 ? 1 : 2;
/** Milliseconds between two looks at least. */
const PAUSE = 40;

const post = (finding: InspectorEvent, transfer: Transferable[] = []) => postMessage(finding, { transfer });
const sentenceOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

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

/** Answers what is stale and asks for the next parameters. */
function work() {
  if (!run) return next();
  const begin = performance.now();
  for (const [view, query] of queries) {
    if (!query.stale || query.inFlight) continue;
    query.stale = false;
    try {
      post({ kind: 'answer', view, run: id, step, answer: answer(run, query.question) });
      query.inFlight = true;
    } catch (error) {
      // A panic leaves an instance that can't be trusted; a refusal says what is wrong with the question.
      if (error instanceof WebAssembly.RuntimeError) throw error;
      post({ kind: 'refused', view, sentence: sentenceOf(error) });
    }
  }
  setTimeout(next, Math.max(PAUSE, REST * (performance.now() - begin)));
}

function next() {
  if (!port || asked || queries.size === 0) return;
  asked = true;
  port.postMessage(null);
}

function take({ run: of, experiment, step: at, values }: Parameters) {
  asked = false;
  if (experiment) {
    run?.free();
    run = null;
    run = new Run(experiment as never);
  }
  if (!run) return;
  const fresh = experiment !== null;
  id = of;
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
function describe(experiment: Experiment): Description {
  const own = new Run(experiment as never);
  const flow = own.description();
  own.free();
  return flow;
}

function obey(inquiry: InspectorRequest) {
  switch (inquiry.kind) {
    case 'attach':
      port?.close();
      port = inquiry.port;
      asked = false;
      port.onmessage = ({ data }: MessageEvent<Parameters>) => guarded(() => take(data));
      return next();
    case 'watch': {
      const old = queries.get(inquiry.view);
      queries.set(inquiry.view, {
        question: inquiry.question,
        stale: true,
        inFlight: old?.inFlight ?? false,
      });
      return work();
    }
    case 'unwatch':
      queries.delete(inquiry.view);
      return;
    case 'seen': {
      const query = queries.get(inquiry.view);
      if (!query) return;
      query.inFlight = false;
      return query.stale ? work() : undefined;
    }
    case 'cost':
      return post({ kind: 'cost', ticket: inquiry.ticket, cost: cost(inquiry.model) });
    case 'describe':
      return post({ kind: 'description', ticket: inquiry.ticket, flow: describe(inquiry.experiment) });
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

onmessage = async ({ data }: MessageEvent<InspectorRequest>) => {
  try {
    await ready;
  } catch (error) {
    post({ kind: 'failed', sentence: fill(sentences.viewsUnloaded, sentenceOf(error)) });
    return;
  }
  guarded(() => obey(data));
};
