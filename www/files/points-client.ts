/** The page's side of the worker that reads points. */

import type { DataTable, Picked } from '../tables/data-table';
import type { Survey } from './data-rows';
import { message } from './message';
import type { Choice, Drawn, PointsEvent, PointsRequest, PointsSource, Summary } from './points';
import { FileProblem } from './problem';
import { ownScript } from '../engine/trusted-types';
import workerUrl from './points-worker?worker&url';

type Hear = (event: PointsEvent | null) => void;

/** One file with points. What is still being done when it is closed is answered with null. */
export class PointsClient {
  readonly #worker = new Worker(ownScript(workerUrl), { type: 'module' });
  #waiting: Hear[] = [];
  #closed = false;

  constructor() {
    this.#worker.onmessage = ({ data }: MessageEvent<PointsEvent>) => this.#waiting.shift()?.(data);
    // A worker that can't be loaded, or for which there is no memory.
    this.#worker.onerror = (event) => {
      event.preventDefault();
      for (const hear of this.#waiting.splice(0)) hear({ kind: 'refused', why: message('noReader') });
    };
  }

  /** Reads the file; throws {@link FileProblem}. */
  async read(source: PointsSource): Promise<Summary | null> {
    const event = await this.#ask({ kind: 'read', source });
    return event?.kind === 'table' ? event.summary : null;
  }

  /** Makes a drawing of two columns; throws {@link FileProblem}. */
  async draw(choice: Choice): Promise<Drawn | null> {
    const event = await this.#ask({ kind: 'draw', choice });
    return event?.kind === 'drawn' ? event.drawn : null;
  }

  /** Says what would be learned of some columns. */
  async survey(picked: Picked): Promise<Survey | null> {
    const event = await this.#ask({ kind: 'survey', picked });
    return event?.kind === 'survey' ? event.survey : null;
  }

  /** Takes the complete rows of some columns. */
  async rows(name: string, picked: Picked): Promise<DataTable | null> {
    const event = await this.#ask({ kind: 'rows', name, picked });
    return event?.kind === 'rows' ? event.table : null;
  }

  close(): void {
    this.#closed = true;
    this.#worker.terminate();
    for (const hear of this.#waiting.splice(0)) hear(null);
  }

  async #ask(request: PointsRequest): Promise<PointsEvent | null> {
    if (this.#closed) return null;
    const event = await new Promise<PointsEvent | null>((hear) => {
      this.#waiting.push(hear);
      const bytes =
        request.kind === 'read' && request.source.format !== 'text' ? [request.source.bytes.buffer] : [];
      this.#worker.postMessage(request, bytes);
    });
    if (event?.kind === 'refused') throw new FileProblem(event.why);
    return event;
  }
}
