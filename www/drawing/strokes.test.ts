import { expect, test } from 'vitest';
import { coalesced, Strokes } from './strokes';

test('one pointer draws: its points are taken once, whatever the number of moves', () => {
  const strokes = new Strokes();
  expect(strokes.down(1)).toBe('begin');
  expect(strokes.move(1, [[0, 0]])).toBe(true);
  strokes.move(1, [
    [1, 0],
    [2, 0],
  ]);
  expect(strokes.take()).toEqual([
    [0, 0],
    [1, 0],
    [2, 0],
  ]);
  expect(strokes.take()).toEqual([]);
  strokes.move(1, [[3, 0]]);
  expect(strokes.up(1)).toBe(true);
  expect(strokes.take()).toEqual([[3, 0]]);
  expect(strokes.move(1, [[4, 0]])).toBe(false);
});

test('a second finger takes the stroke back, and none draws until both are gone', () => {
  const strokes = new Strokes();
  strokes.down(1);
  strokes.move(1, [[0, 0]]);
  expect(strokes.down(2)).toBe('cancel');
  expect(strokes.take()).toEqual([]);
  expect(strokes.move(1, [[1, 1]])).toBe(false);
  expect(strokes.move(2, [[9, 9]])).toBe(false);
  expect(strokes.up(1)).toBe(false);
  expect(strokes.down(3)).toBeNull();
  expect(strokes.move(3, [[5, 5]])).toBe(false);
  strokes.up(2);
  strokes.cancel(3);
  expect(strokes.down(4)).toBe('begin');
});

test('a pointer that the browser takes for itself takes its stroke back', () => {
  const strokes = new Strokes();
  strokes.down(1);
  strokes.move(1, [[0, 0]]);
  expect(strokes.cancel(1)).toBe(true);
  expect(strokes.take()).toEqual([]);
  expect(strokes.up(1)).toBe(false);
});

test('moves that are told one by one where the browser can, as one where it can’t', () => {
  const [a, b] = [{ at: 1 }, { at: 2 }];
  expect(coalesced({ at: 2, getCoalescedEvents: () => [a, b] })).toEqual([a, b]);
  expect(coalesced({ at: 2 })).toEqual([b]);
  const none = { at: 3, getCoalescedEvents: () => [] as { at: number }[] };
  expect(coalesced(none)).toEqual([none]);
});
