/** Where what opens over the page is put: measured and set by script, since not every browser can anchor it by style. */

interface Size {
  width: number;
  height: number;
}
interface Box extends Size {
  left: number;
  top: number;
}
export interface Place {
  left: number;
  top: number;
}

/** Kept free at the edges of the page, in pixels. */
const RIM = 8;
const GAP = 12;

const within = (at: number, size: number, room: number) => Math.max(RIM, Math.min(at, room - size - RIM));

const inside = (place: Place, own: Size, room: Size): Place => ({
  left: within(place.left, own.width, room.width),
  top: within(place.top, own.height, room.height),
});

/** To the right of a box, else to its left, else below, else above: what a card is about stays in sight where it can. */
export function beside(box: Box, own: Size, room: Size): Place {
  const [right, bottom] = [box.left + box.width, box.top + box.height];
  let [left, top] = [right + GAP, bottom - own.height];
  if (left + own.width > room.width) left = box.left - own.width - GAP;
  if (left < RIM) {
    left = box.left + GAP;
    top = bottom + GAP + own.height < room.height ? bottom + GAP : box.top - own.height - GAP;
  }
  return inside({ left, top }, own, room);
}

/** Below a box, else above it. */
export function below(box: Box, own: Size, room: Size): Place {
  const under = box.top + box.height + GAP / 2;
  const top = under + own.height > room.height - RIM ? box.top - own.height - GAP / 2 : under;
  return inside({ left: box.left, top }, own, room);
}

/**
 * Keeps an element with a fixed position where `place` says, frame by frame: what it stands beside moves when the page is laid out, resized or
 * scrolled, and nothing tells of all three. `about`: what it stands beside, as the page is now; where there is none it stays. What this
 * returns ends it.
 */
export function keepPlaced(
  element: HTMLElement,
  about: () => Element | undefined,
  place: typeof beside,
): () => void {
  let frame = 0;
  let last = '';
  const set = () => {
    frame = requestAnimationFrame(set);
    const box = about()?.getBoundingClientRect();
    if (!box) return;
    const room = { width: innerWidth, height: innerHeight };
    const { left, top } = place(box, element.getBoundingClientRect(), room);
    const next = `${Math.round(left)}px ${Math.round(top)}px`;
    if (next === last) return;
    last = next;
    Object.assign(element.style, { left: `${Math.round(left)}px`, top: `${Math.round(top)}px` });
  };
  set();
  return () => cancelAnimationFrame(frame);
}
