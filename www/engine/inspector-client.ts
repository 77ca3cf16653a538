/** The page's handle on the inspector. */

import { fill } from '../i18n/translate';
import { nextId } from './ids';
import type {
  Answer,
  Cost,
  Costed,
  Description,
  Experiment,
  InspectorEvent,
  InspectorRequest,
  Question,
  QuestionName,
} from './protocol';
import type { DataTable } from '../tables/data-table';
import { sentences } from './sentences';
import type { TrainingClient } from './training-client';
import { ownScript } from './trusted-types';
import workerUrl from './inspector-worker?worker&url';

/** A run that can be looked at. */
export interface Inspected {
  readonly engine: Pick<TrainingClient, 'inspect'>;
  /** The id of the run that the page shows: an answer of another one comes too late. */
  readonly id: number;
}

/** A standing question, and who wants to know. */
interface Subscription {
  id: number;
  question: Question;
  hear: (answer: never, step: number) => void;
  refuse: (sentence: string) => void;
}

/**
 * Whether an answer to one question may stand for an answer to another: where they differ in fractions alone. A line that is dragged is
 * then followed by answers that lag a little; what has another label, another variable say, never gets an old answer.
 */
export function isNear(a: unknown, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number')
    return a === b || !(Number.isInteger(a) && Number.isInteger(b));
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return a === b;
  const [of, to] = [Object.entries(a), Object.entries(b)];
  const other = b as Record<string, unknown>;
  return of.length === to.length && of.every(([key, value]) => key in b && isNear(value, other[key]));
}

/** What of a worker is needed. */
export type InspectorWorker = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>;

const newWorker = (): InspectorWorker => new Worker(ownScript(workerUrl), { type: 'module' });

/** One worker that looks at one run at a time. It is started by the first question. */
export class InspectorClient {
  #worker: InspectorWorker | null = null;
  #subscriptions = new Map<string, Subscription>();
  /** What was asked, by id, as far as an answer may still come. */
  #asked = new Map<number, { view: string; question: Question }>();
  /** Who waits for a single answer; null where there is none, or the inspector is lost meanwhile. */
  #waiting = new Map<number, (answer: Cost | Description | null) => void>();
  #inspected: Inspected | null = null;
  #engine: Inspected['engine'] | null = null;
  readonly #onFailure: (sentence: string) => void;
  readonly #spawn: () => InspectorWorker;
  readonly #afterPaint: (act: () => void) => void;

  constructor(
    onFailure: (sentence: string) => void,
    spawn = newWorker,
    afterPaint: (act: () => void) => void = (act) => requestAnimationFrame(act),
  ) {
    this.#onFailure = onFailure;
    this.#spawn = spawn;
    this.#afterPaint = afterPaint;
  }

  /** From now on the questions are about this run. */
  attach(inspected: Inspected): void {
    this.#inspected = inspected;
    if (this.#engine === inspected.engine) return;
    this.#engine = inspected.engine;
    if (this.#worker) this.#connect();
  }

  /** Asks a standing question in a view's name; an earlier one of the view is forgotten. */
  subscribe<Name extends QuestionName>(
    view: string,
    question: Question<Name>,
    hear: (answer: Answer<Name>, step: number) => void,
    refuse: (sentence: string) => void,
  ): void {
    const subscription: Subscription = {
      id: nextId(),
      question: question as Question,
      hear: hear as Subscription['hear'],
      refuse,
    };
    this.#subscriptions.set(view, subscription);
    this.#ask(view, subscription);
  }

  unsubscribe(view: string): void {
    this.#subscriptions.delete(view);
    for (const [id, asked] of this.#asked) if (asked.view === view) this.#asked.delete(id);
    if (this.#worker) this.#send({ kind: 'unsubscribe', view });
  }

  /** Asks all standing questions anew: answers may have been dropped. */
  renew(): void {
    if (!this.#worker) return;
    for (const [view, subscription] of this.#subscriptions) {
      subscription.id = nextId();
      this.#ask(view, subscription);
    }
  }

  #ask(view: string, { id, question }: Subscription): void {
    this.#asked.set(id, { view, question });
    this.#send({ kind: 'subscribe', id, view, question });
  }

  /** Counts and times the passes of an untrained model; null where there is no such model, or the inspector is lost meanwhile. */
  cost(model: Costed): Promise<Cost | null> {
    return this.#once((id) => ({ kind: 'cost', id, model }));
  }

  /** What the parameters of a model mean; null where nothing can be said, or the inspector is lost meanwhile. */
  describe(experiment: Experiment, table: DataTable | null): Promise<Description | null> {
    return this.#once((id) => ({ kind: 'describe', id, experiment, table }));
  }

  #once<A extends Cost | Description>(request: (id: number) => InspectorRequest): Promise<A | null> {
    const id = nextId();
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve as (answer: Cost | Description | null) => void);
      this.#send(request(id));
    });
  }

  /** Starts anew after a failure, with the questions that stand. */
  restart(): void {
    this.#end();
    for (const [view, subscription] of this.#subscriptions) this.#ask(view, subscription);
  }

  /** Ends it for good. */
  close(): void {
    this.#subscriptions.clear();
    this.#end();
  }

  #end(): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#asked.clear();
    for (const resolve of this.#waiting.values()) resolve(null);
    this.#waiting.clear();
  }

  #send(request: InspectorRequest, transfer: Transferable[] = []): void {
    if (!this.#worker) {
      this.#worker = this.#spawn();
      this.#worker.onmessage = ({ data }: MessageEvent<InspectorEvent>) => this.#hear(data);
      this.#worker.onerror = (event) => {
        event.preventDefault();
        this.#fail(fill(sentences.viewsStopped, event.message || sentences.lost));
      };
      this.#connect();
    }
    this.#worker.postMessage(request, transfer);
  }

  #connect(): void {
    if (!this.#engine) return;
    const { port1, port2 } = new MessageChannel();
    this.#engine.inspect(port1);
    this.#send({ kind: 'attach', port: port2 }, [port2]);
  }

  #fail(sentence: string): void {
    this.#end();
    this.#onFailure(sentence);
  }

  /** The standing question with that id, unless another one has taken its place. */
  #subscription(id: number): Subscription | null {
    for (const subscription of this.#subscriptions.values()) if (subscription.id === id) return subscription;
    return null;
  }

  /** Who wants to know the answer to a question that was asked. */
  #listener(id: number): Subscription | null {
    const asked = this.#asked.get(id);
    if (!asked) return null;
    // Those before it are not answered any more.
    for (const [other, { view }] of this.#asked)
      if (other < id && view === asked.view) this.#asked.delete(other);
    const subscription = this.#subscriptions.get(asked.view);
    return subscription && (subscription.id === id || isNear(subscription.question, asked.question))
      ? subscription
      : null;
  }

  #settle(id: number, answer: Cost | Description | null): void {
    this.#waiting.get(id)?.(answer);
    this.#waiting.delete(id);
  }

  #hear(event: InspectorEvent): void {
    switch (event.kind) {
      case 'answer': {
        const { id } = event;
        if (event.run === this.#inspected?.id) this.#listener(id)?.hear(event.answer as never, event.step);
        // After the browser has painted, so that answers never queue.
        this.#afterPaint(() => {
          if (this.#worker) this.#send({ kind: 'ack', id });
        });
        return;
      }
      case 'refused':
        this.#subscription(event.id)?.refuse(event.sentence);
        this.#settle(event.id, null);
        return;
      case 'cost':
        return this.#settle(event.id, event.cost);
      case 'description':
        return this.#settle(event.id, event.flow);
      case 'failed':
        return this.#fail(event.sentence);
    }
  }
}
