/** The page's handle on the worker of an ensemble, for as long as its view is open. */

import { fill } from '../i18n/translate';
import { nextId } from './ids';
import type { EnsembleEvent, EnsembleProgress, EnsembleRequest } from './protocol';
import { sentences } from './sentences';
import { ownScript } from './trusted-types';
import workerUrl from './ensemble-worker?worker&url';

/** What of a worker is needed. */
export type EnsembleWorker = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>;

const newWorker = (): EnsembleWorker => new Worker(ownScript(workerUrl), { type: 'module' });

export class EnsembleClient {
  readonly #worker: EnsembleWorker;
  /** The ensemble that is listened to. */
  #id = 0;

  /** `onEnd`: why the ensemble can't begin or go on. */
  constructor(
    onProgress: (progress: EnsembleProgress) => void,
    onEnd: (sentence: string) => void,
    spawn = newWorker,
  ) {
    this.#worker = spawn();
    this.#worker.onmessage = ({ data }: MessageEvent<EnsembleEvent>) => {
      if (data.kind === 'failed') onEnd(data.sentence);
      // What comes of an earlier one comes too late.
      else if (data.id !== this.#id) return;
      else if (data.kind === 'refused') onEnd(data.sentence);
      else onProgress(data);
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      onEnd(fill(sentences.ensembleStopped, event.message || sentences.lost));
    };
  }

  #send(request: EnsembleRequest): void {
    this.#worker.postMessage(request);
  }

  /** Begins; an earlier ensemble ends. */
  start(request: Omit<Extract<EnsembleRequest, { kind: 'start' }>, 'kind' | 'id'>): void {
    this.#id = nextId();
    this.#send({ ...request, kind: 'start', id: this.#id });
  }

  stop(): void {
    this.#id = nextId();
    this.#send({ kind: 'stop' });
  }

  /** Whether a person can see the page. */
  see(visible: boolean): void {
    this.#send({ kind: 'visibility', visible });
  }

  close(): void {
    this.#worker.terminate();
  }
}
