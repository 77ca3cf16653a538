/** The page's handle on the inspector. */

import type { TrainingClient } from './training-client';
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
import { fill } from '../i18n/translate';
import { sentences } from './sentences';

/** Who wants to know. */
interface Listener {
  hear: (answer: never, step: number) => void;
  refuse: (sentence: string) => void;
}

/** One worker that looks at one run at a time. It is started by the first question. */
export class InspectorClient {
  #worker: Worker | null = null;
  #listeners = new Map<string, Listener>();
  #questions = new Map<string, Question>();
  /** Who waits for a single answer; null where the inspector is lost meanwhile. */
  #waiting = new Map<number, (answer: Cost | Description | null) => void>();
  #ticket = 0;
  #subject: TrainingClient | null = null;
  readonly #onFailure: (sentence: string) => void;

  constructor(onFailure: (sentence: string) => void) {
    this.#onFailure = onFailure;
  }

  /** From now on the questions are about this engine's run. */
  attach(engine: TrainingClient): void {
    if (this.#subject === engine) return;
    this.#subject = engine;
    if (this.#worker) this.#connect();
  }

  /** Asks a standing question in a view's name; an earlier one of the view is forgotten. */
  watch<Name extends QuestionName>(
    view: string,
    question: Question<Name>,
    hear: (answer: Answer<Name>, step: number) => void,
    refuse: (sentence: string) => void,
  ): void {
    this.#listeners.set(view, { hear: hear as Listener['hear'], refuse });
    this.#questions.set(view, question as Question);
    this.#send({ kind: 'watch', view, question: question as Question });
  }

  unwatch(view: string): void {
    this.#listeners.delete(view);
    this.#questions.delete(view);
    if (this.#worker) this.#send({ kind: 'unwatch', view });
  }

  /** Counts and times the passes of an untrained model; null where the inspector is lost meanwhile. */
  cost(model: Costed): Promise<Cost | null> {
    return this.#once((ticket) => ({ kind: 'cost', ticket, model }));
  }

  /** What the parameters of a model mean; null where the inspector is lost meanwhile. */
  describe(experiment: Experiment): Promise<Description | null> {
    return this.#once((ticket) => ({ kind: 'describe', ticket, experiment }));
  }

  #once<A extends Cost | Description>(inquiry: (ticket: number) => InspectorRequest): Promise<A | null> {
    const ticket = ++this.#ticket;
    return new Promise((resolve) => {
      this.#waiting.set(ticket, resolve as (answer: Cost | Description | null) => void);
      this.#send(inquiry(ticket));
    });
  }

  /** Starts anew after a failure, with the questions that stand. */
  restart(): void {
    this.#end();
    for (const [view, question] of this.#questions) this.#send({ kind: 'watch', view, question });
  }

  #end(): void {
    this.#worker?.terminate();
    this.#worker = null;
    for (const resolve of this.#waiting.values()) resolve(null);
    this.#waiting.clear();
  }

  #send(inquiry: InspectorRequest, transfer: Transferable[] = []): void {
    if (!this.#worker) {
      this.#worker = new Worker(new URL('./inspector-worker.ts', import.meta.url), { type: 'module' });
      this.#worker.onmessage = ({ data }: MessageEvent<InspectorEvent>) => this.#hear(data);
      this.#worker.onerror = (event) => {
        event.preventDefault();
        this.#fail(fill(sentences.viewsStopped, event.message || sentences.lost));
      };
      this.#connect();
    }
    this.#worker.postMessage(inquiry, transfer);
  }

  #connect(): void {
    if (!this.#subject) return;
    const { port1, port2 } = new MessageChannel();
    this.#subject.inspect(port1);
    this.#send({ kind: 'attach', port: port2 }, [port2]);
  }

  #fail(sentence: string): void {
    this.#end();
    this.#onFailure(sentence);
  }

  #hear(finding: InspectorEvent): void {
    switch (finding.kind) {
      case 'answer': {
        const { view } = finding;
        this.#listeners.get(view)?.hear(finding.answer as never, finding.step);
        // After the browser has painted, so that answers never queue.
        requestAnimationFrame(() => {
          if (this.#worker) this.#send({ kind: 'seen', view });
        });
        return;
      }
      case 'refused':
        this.#listeners.get(finding.view)?.refuse(finding.sentence);
        return;
      case 'cost':
      case 'description':
        this.#waiting.get(finding.ticket)?.(finding.kind === 'cost' ? finding.cost : finding.flow);
        this.#waiting.delete(finding.ticket);
        return;
      case 'failed':
        this.#fail(finding.sentence);
        return;
    }
  }
}
