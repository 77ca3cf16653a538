/** The page's handle on a worker. */

import { fill } from '../i18n/translate';
import { takeWorker } from './early-worker';
import type { DataTable } from '../tables/data-table';
import { Given } from './given-tables';
import { nextId } from './ids';
import type { Field, TargetSpec, TrainingEvent, TrainingRequest, Window } from './protocol';
import { sentences } from './sentences';

/** One worker with one wasm instance. */
export class TrainingClient {
  #worker: Worker;
  readonly #given = new Given();

  constructor(onEvent: (event: TrainingEvent) => void) {
    this.#worker = takeWorker();
    this.#worker.onmessage = ({ data }: MessageEvent<TrainingEvent>) => onEvent(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      onEvent({
        kind: 'failed',
        sentence: fill(sentences.stopped, event.message || sentences.lost),
      });
    };
  }

  /** Gives the worker the rows of a table, once. */
  provide(table: DataTable | null): void {
    const first = this.#given.first(table);
    if (first) this.send({ kind: 'table', table: first });
  }

  send(request: TrainingRequest): void {
    this.#worker.postMessage(request);
  }

  /** Gives the run's parameters to whoever asks at the other end of the port. */
  inspect(port: MessagePort): void {
    this.#worker.postMessage({ kind: 'inspect', port } satisfies TrainingRequest, [port]);
  }

  /** Gives the worker a canvas to paint on. */
  give(canvas: OffscreenCanvas): void {
    this.#worker.postMessage({ kind: 'canvas', canvas } satisfies TrainingRequest, [canvas]);
  }

  close(): void {
    this.#worker.terminate();
  }
}

/** Fields of targets from a worker of their own, which lives as long as the question. */
export function targetFields(
  targets: TargetSpec[],
  windows: Window[],
  side: number,
  onField: (index: number, field: Field) => void,
  onFailure: (sentence: string) => void,
): void {
  let left = targets.length;
  const client = new TrainingClient((event) => {
    if (event.kind === 'field') {
      onField(event.index, event.field);
      if (--left === 0) client.close();
    } else if (event.kind === 'failed') {
      client.close();
      onFailure(event.sentence);
    }
  });
  client.send({ kind: 'fields', id: nextId(), targets, windows, side });
}
