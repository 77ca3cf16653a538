/** The drawing of a run: its cells, the tool, and the stroke that is being made. */

import { targetFields } from '../engine/training-client';
import type { TargetSpec, Window } from '../engine/protocol';
import { dab, fromDensity, stroke, type Brush } from '../drawing/brush';
import { square } from '../render/plane';
import { base64Of, cellsOf } from './packing';
import { manifest } from './manifest';

const SIDE = manifest.drawing_side;

/** What a drawing covers of the plane. */
export const DRAWING_WINDOW: Window = square(manifest.drawing_window);

/** What a drawing has from its run, and tells it. */
export interface DrawingHost {
  readonly target: TargetSpec;
  /** The cells are about to change: what is the target now is to be come back to. */
  leave(): void;
  /** The cells have changed: they are this target now. */
  painted(target: TargetSpec): void;
  /** Back to what was left last, as if it had never been. */
  takeBack(): void;
  /** The stroke is done, or given up: what was said before it has been answered. */
  strokeBegun(): void;
  strokeEnded(): void;
  /** Another part of the plane is on the stage. */
  moved(): void;
  tell(sentence: string): void;
}

export class Drawing {
  /** Painting on the stage, with the chosen tool. */
  active = $state(false);
  brush = $state<Brush>({ tool: 'brush', size: 7, softness: 0.6 });
  /** The cells that are being painted, and a count of their changes. */
  cells: Uint8Array<ArrayBuffer> = new Uint8Array(SIDE ** 2);
  version = $state(0);
  readonly #host: DrawingHost;
  #last: [number, number] | null = null;

  constructor(host: DrawingHost) {
    this.#host = host;
  }

  set(on: boolean): void {
    this.active = on;
    this.#host.moved();
  }

  /** A stroke is being made. */
  get midStroke(): boolean {
    return this.#last !== null;
  }

  /** Shows a target's cells; one that is no drawing has none. */
  show(target: TargetSpec): void {
    this.cells = target.kind === 'drawn' ? cellsOf(target.cells) : new Uint8Array(SIDE ** 2);
    this.version += 1;
  }

  strokeStart(x: number, y: number): void {
    this.#host.strokeBegun();
    this.#host.leave();
    this.#last = [x, y];
    dab(this.cells, SIDE, this.brush, x, y);
    this.#painted();
  }

  /** Draws on through points: all that were passed since the last frame, so that the drawing is encoded once for them. */
  strokeMove(points: readonly [number, number][]): void {
    if (!this.#last || points.length === 0) return;
    for (const point of points) {
      stroke(this.cells, SIDE, this.brush, this.#last, point);
      this.#last = point;
    }
    this.#painted();
  }

  /** Takes the stroke back that is being drawn: it was no stroke but two fingers. What trains goes on with what was the target before. */
  strokeCancel(): void {
    if (!this.#last) return;
    this.strokeEnd();
    this.#host.takeBack();
  }

  strokeEnd(): void {
    this.#last = null;
    this.#host.strokeEnded();
  }

  /** One dab without a stroke, as the keyboard makes it. */
  dabAt(x: number, y: number): void {
    this.strokeStart(x, y);
    this.strokeEnd();
  }

  clear(): void {
    this.#replace(new Uint8Array(SIDE ** 2));
  }

  /** Makes intensities from a file the drawing. */
  setCells(cells: Uint8Array<ArrayBuffer>): void {
    this.active = false;
    this.#replace(cells);
  }

  /** Makes the target of the gallery that is on the stage a drawing to go on with. */
  fromTarget(): void {
    const { target } = this.#host;
    if (target.kind === 'drawn') return;
    const asked = this.version;
    targetFields(
      [target],
      [DRAWING_WINDOW],
      SIDE,
      (_, field) => {
        // Something else was chosen or drawn meanwhile.
        if (this.version === asked) this.#replace(fromDensity(field.values));
      },
      (sentence) => this.#host.tell(sentence),
    );
  }

  #replace(cells: Uint8Array<ArrayBuffer>): void {
    this.#host.leave();
    this.cells = cells;
    this.#painted();
  }

  #painted(): void {
    this.version += 1;
    this.#host.painted({ kind: 'drawn', cells: base64Of(this.cells) });
  }
}
