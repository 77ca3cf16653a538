/** The page's handle on a worker. */

import type { TrainingRequest, Field, TrainingEvent, TargetSpec, Window } from './protocol';
import { fill } from '../i18n/translate';
import { sentences } from './sentences';

/** One worker with one wasm instance. */
export class TrainingClient {
  #worker: Worker;

  constructor(onReport: (report: TrainingEvent) => void) {
    this.#worker = new Worker(new URL('./training-worker.ts', import.meta.url), { type: 'module' });
    this.#worker.onmessage = ({ data }: MessageEvent<TrainingEvent>) => onReport(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      onReport({
        kind: 'failed',
        sentence: fill(sentences.stopped, event.message || sentences.lost),
      });
    };
  }

  send(command: TrainingRequest): void {
    this.#worker.postMessage(command);
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
): void {
  let left = targets.length;
  const engine = new TrainingClient((report) => {
    if (report.kind === 'field') {
      onField(report.index, report.field);
      if (--left === 0) engine.close();
    } else if (report.kind === 'failed') {
      engine.close();
    }
  });
  engine.send({ kind: 'fields', targets, windows, side });
}
