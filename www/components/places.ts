/** Which of some cards, on one line or several, a pointer is over. */

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** How much more it counts that a card is on another line than that it is farther along its own. */
const LINE = 1000;

/** The place of the box that holds the point, or else of the nearest one of the nearest line; -1: there are none. */
export function placeAt(boxes: readonly Box[], x: number, y: number): number {
  const off = (at: number, from: number, length: number) => Math.max(from - at, 0, at - from - length);
  let best = -1;
  let least = Infinity;
  boxes.forEach(({ left, top, width, height }, place) => {
    const distance = off(x, left, width) + LINE * off(y, top, height);
    if (distance < least) [best, least] = [place, distance];
  });
  return best;
}

/** A copy with what stands at `from` at `to`. */
export function moved<T>(all: readonly T[], from: number, to: number): T[] {
  const next = [...all];
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
}
