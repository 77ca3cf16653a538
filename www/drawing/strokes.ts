/**
 * What pointers do on the drawing area: one of them draws, two fingers never do, and a hand that rests beside a pen does not either. Pure:
 * the clock is the events' own.
 */

export type Point = [number, number];

/** A pointer, as its event tells of it. */
export interface Pointer {
  pointerId: number;
  /** Finger, pen or mouse. */
  pointerType: string;
  /** On the page, in pixels. */
  clientX: number;
  clientY: number;
  /** When, in milliseconds. */
  timeStamp: number;
}

/** Who draws what the pointers do. */
export interface StrokeListener {
  begin(at: Point): void;
  end(): void;
  /** It was no stroke: what was drawn since its beginning is to be taken back. */
  cancel(): void;
}

/** Pixels that a finger moves before it draws: the second of two fingers lands before that, and nothing has to be taken back. */
const SLACK = 8;
/** Milliseconds after a pen was last near in which what touches is taken for the hand that holds it. */
const PALM = 1000;

export class Strokes {
  readonly #listener: StrokeListener;
  /** Fingers and mice that touch. */
  readonly #down = new Set<number>();
  #pen: number | null = null;
  #penSeen = -Infinity;
  /** The pointer that draws. */
  #drawing: number | null = null;
  /** A finger that has hardly moved yet, where it landed, and what it passed since. */
  #waiting: { from: Pointer; at: Point; points: Point[] } | null = null;
  #points: Point[] = [];

  constructor(listener: StrokeListener) {
    this.#listener = listener;
  }

  /** A pointer touches. A second finger takes back what the first one draws, and none draws until all are gone. */
  down(pointer: Pointer, at: Point): void {
    if (pointer.pointerType === 'pen') {
      // What touched before was the hand that holds it.
      this.#leave();
      this.#down.clear();
      this.#pen = pointer.pointerId;
      this.#penSeen = pointer.timeStamp;
      this.#begin(pointer.pointerId, at);
      return;
    }
    const finger = pointer.pointerType === 'touch';
    if (this.#pen !== null || (finger && pointer.timeStamp - this.#penSeen < PALM)) return;
    this.#down.add(pointer.pointerId);
    if (this.#down.size > 1) this.#leave();
    else if (finger) this.#waiting = { from: pointer, at, points: [] };
    else this.#begin(pointer.pointerId, at);
  }

  /** A pointer has passed some points; true where they belong to a stroke, and are kept until `take`. */
  move(pointer: Pointer, points: readonly Point[]): boolean {
    if (pointer.pointerType === 'pen') this.#penSeen = pointer.timeStamp;
    const waiting = this.#waiting;
    if (waiting?.from.pointerId === pointer.pointerId) {
      waiting.points.push(...points);
      const { clientX, clientY } = waiting.from;
      if (Math.hypot(pointer.clientX - clientX, pointer.clientY - clientY) < SLACK) return false;
      this.#begin(pointer.pointerId, waiting.at);
      this.#points.push(...waiting.points);
      return true;
    }
    if (pointer.pointerId !== this.#drawing) return false;
    this.#points.push(...points);
    return true;
  }

  /** The points that were passed since the last time. */
  take(): Point[] {
    return this.#points.splice(0);
  }

  /** A pointer is lifted: its stroke ends. A finger that hardly moved has made a dab. */
  up(pointer: Pointer): void {
    const waiting = this.#waiting;
    if (waiting?.from.pointerId === pointer.pointerId) this.#begin(pointer.pointerId, waiting.at);
    this.#gone(pointer);
    if (pointer.pointerId !== this.#drawing) return;
    this.#drawing = null;
    this.#listener.end();
  }

  /** The browser has taken a pointer for itself, to scroll or to zoom. */
  cancel(pointer: Pointer): void {
    this.#gone(pointer);
    if (pointer.pointerId === this.#drawing || pointer.pointerId === this.#waiting?.from.pointerId)
      this.#leave();
  }

  /** There is nothing to draw on any more: the stroke ends as it is. */
  stop(): void {
    this.#waiting = null;
    if (this.#drawing === null) return;
    this.#drawing = null;
    this.#listener.end();
  }

  #begin(pointer: number, at: Point): void {
    this.#waiting = null;
    this.#drawing = pointer;
    this.#listener.begin(at);
  }

  #gone({ pointerId, timeStamp }: Pointer): void {
    this.#down.delete(pointerId);
    if (pointerId !== this.#pen) return;
    this.#pen = null;
    this.#penSeen = timeStamp;
  }

  #leave(): void {
    this.#waiting = null;
    this.#points = [];
    if (this.#drawing === null) return;
    this.#drawing = null;
    this.#listener.cancel();
  }
}

/** The moves that the browser put into one event; the event itself where it does not tell them (older Safari, no secure context). */
export function coalesced<E extends object>(event: E & { getCoalescedEvents?: () => E[] }): readonly E[] {
  const between = event.getCoalescedEvents?.() ?? [];
  return between.length > 0 ? between : [event];
}
