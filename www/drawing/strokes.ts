/** What pointers do on the drawing area: one of them draws, two of them never do. Pure. */

export type Point = [number, number];

export class Strokes {
  readonly #down = new Set<number>();
  /** The pointer that draws. */
  #drawing: number | null = null;
  #points: Point[] = [];

  /** A pointer touches. A second one takes back what the first one draws, and none draws until all are gone. */
  down(pointer: number): 'begin' | 'cancel' | null {
    this.#down.add(pointer);
    if (this.#down.size === 1) {
      this.#drawing = pointer;
      return 'begin';
    }
    return this.#leave(this.#drawing) ? 'cancel' : null;
  }

  /** A pointer has passed some points; true where they belong to a stroke, and are kept until `take`. */
  move(pointer: number, points: readonly Point[]): boolean {
    if (pointer !== this.#drawing) return false;
    this.#points.push(...points);
    return true;
  }

  /** The points that were passed since the last time. */
  take(): Point[] {
    return this.#points.splice(0);
  }

  /** A pointer is lifted; true where its stroke ends. What it passed last is still to be taken. */
  up(pointer: number): boolean {
    this.#down.delete(pointer);
    if (pointer !== this.#drawing) return false;
    this.#drawing = null;
    return true;
  }

  /** The browser has taken a pointer for itself, to scroll or to zoom; true where its stroke is to be taken back. */
  cancel(pointer: number): boolean {
    this.#down.delete(pointer);
    return this.#leave(pointer);
  }

  #leave(pointer: number | null): boolean {
    if (pointer === null || pointer !== this.#drawing) return false;
    this.#drawing = null;
    this.#points = [];
    return true;
  }
}

/** The moves that the browser put into one event; the event itself where it does not tell them (older Safari, no secure context). */
export function coalesced<E extends object>(event: E & { getCoalescedEvents?: () => E[] }): readonly E[] {
  const between = event.getCoalescedEvents?.() ?? [];
  return between.length > 0 ? between : [event];
}
