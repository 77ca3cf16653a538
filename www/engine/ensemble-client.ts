/** The page's handle on the worker of an ensemble, for as long as its view is open. */

import type { EnsembleEvent, EnsembleRequest } from './protocol';
import { fill } from '../i18n/translate';
import { sentences } from './sentences';

export class EnsembleClient {
  #worker: Worker;
  #ticket = 0;

  constructor(onNews: (news: EnsembleEvent) => void) {
    this.#worker = new Worker(new URL('./ensemble-worker.ts', import.meta.url), { type: 'module' });
    this.#worker.onmessage = ({ data }: MessageEvent<EnsembleEvent>) => {
      if (data.ticket === this.#ticket) onNews(data);
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      onNews({
        kind: 'news',
        ticket: this.#ticket,
        step: 0,
        members: [],
        fields: null,
        side: 0,
        adapter: null,
        sentence: fill(sentences.ensembleStopped, event.message || sentences.lost),
        done: true,
      });
    };
  }

  /** Begins; an earlier ensemble ends. */
  begin(order: Omit<EnsembleRequest, 'kind' | 'ticket'>): void {
    this.#ticket += 1;
    this.#worker.postMessage({ ...order, kind: 'begin', ticket: this.#ticket } satisfies EnsembleRequest);
  }

  stop(): void {
    this.#ticket += 1;
    this.#worker.postMessage({ kind: 'stop' });
  }

  close(): void {
    this.#worker.terminate();
  }
}
