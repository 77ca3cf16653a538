import { afterEach, expect, test, vi } from 'vitest';
import { below, beside, keepPlaced } from './placing';

const room = { width: 1440, height: 900 };
const card = { width: 290, height: 180 };

test('a card stands to the right of what it is about, else to the left, else below, else above', () => {
  expect(beside({ left: 400, top: 100, width: 500, height: 500 }, card, room)).toEqual({
    left: 912,
    top: 420,
  });
  expect(beside({ left: 900, top: 100, width: 500, height: 500 }, card, room)).toEqual({
    left: 598,
    top: 420,
  });
  const phone = { width: 390, height: 844 };
  expect(beside({ left: 20, top: 100, width: 350, height: 350 }, card, phone)).toEqual({
    left: 32,
    top: 462,
  });
  expect(beside({ left: 20, top: 400, width: 350, height: 350 }, card, phone)).toEqual({
    left: 32,
    top: 208,
  });
});

test('nothing is cut off, wherever what it is about is', () => {
  for (const place of [beside, below])
    for (const left of [-500, 0, 700, 1439, 3000])
      for (const top of [-500, 0, 450, 899, 3000]) {
        const at = place({ left, top, width: 40, height: 20 }, card, room);
        expect(at.left).toBeGreaterThanOrEqual(0);
        expect(at.top).toBeGreaterThanOrEqual(0);
        expect(at.left + card.width).toBeLessThanOrEqual(room.width);
        expect(at.top + card.height).toBeLessThanOrEqual(room.height);
      }
});

afterEach(() => vi.unstubAllGlobals());

test('a card follows what it is about when that moves, and is left alone afterwards', () => {
  let next: (() => void) | undefined;
  vi.stubGlobal('innerWidth', 1440);
  vi.stubGlobal('innerHeight', 900);
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => ((next = frame), 1));
  vi.stubGlobal('cancelAnimationFrame', () => (next = undefined));
  const box = { left: 300, top: 0, width: 80, height: 80 };
  const element = { style: {}, getBoundingClientRect: () => card } as unknown as HTMLElement;
  const stage = { getBoundingClientRect: () => box } as unknown as Element;
  const stop = keepPlaced(element, () => stage, beside);
  expect(element.style).toMatchObject({ left: '392px', top: '8px' });
  // The stage gets its size once the page is laid out.
  Object.assign(box, { width: 500, height: 500 });
  next?.();
  expect(element.style).toMatchObject({ left: '812px', top: '320px' });
  stop();
  expect(next).toBeUndefined();
});
