import { beforeEach, expect, test } from 'vitest';
import { coalesced, Strokes, type Point, type Pointer } from './strokes';

let said: string[];
let strokes: Strokes;
beforeEach(() => {
  said = [];
  strokes = new Strokes({
    begin: ([x, y]) => said.push(`begin ${x} ${y}`),
    end: () => said.push(`end ${JSON.stringify(strokes.take())}`),
    cancel: () => said.push('cancel'),
  });
});

const pointer =
  (pointerType: string) =>
  (pointerId: number, x = 0, timeStamp = 0): Pointer => ({
    pointerId,
    pointerType,
    clientX: x,
    clientY: 0,
    timeStamp,
  });
const [mouse, finger, pen] = [pointer('mouse'), pointer('touch'), pointer('pen')];
const at = (x: number): Point => [x, 0];

test('a mouse and a pen draw at once: their points are taken once, whatever the number of moves', () => {
  for (const hand of [mouse, pen]) {
    said = [];
    strokes.down(hand(1), at(0));
    expect(said).toEqual(['begin 0 0']);
    strokes.move(hand(1, 1), [at(1)]);
    strokes.move(hand(1, 3), [at(2), at(3)]);
    expect(strokes.take()).toEqual([at(1), at(2), at(3)]);
    expect(strokes.take()).toEqual([]);
    strokes.move(hand(1, 4), [at(4)]);
    strokes.up(hand(1, 4));
    expect(said).toEqual(['begin 0 0', 'end [[4,0]]']);
    expect(strokes.move(hand(1, 5), [at(5)])).toBe(false);
  }
});

test('a finger draws once it has moved, from where it landed; lifted before that it dabs', () => {
  strokes.down(finger(1), at(0));
  expect(strokes.move(finger(1, 3), [at(3)])).toBe(false);
  expect(said).toEqual([]);
  expect(strokes.move(finger(1, 20), [at(20)])).toBe(true);
  expect(said).toEqual(['begin 0 0']);
  expect(strokes.take()).toEqual([at(3), at(20)]);
  strokes.up(finger(1, 20));
  strokes.down(finger(2, 50), at(50));
  strokes.up(finger(2, 50));
  expect(said).toEqual(['begin 0 0', 'end []', 'begin 50 0', 'end []']);
});

test('two fingers that land together draw nothing, so nothing has to be taken back', () => {
  strokes.down(finger(1), at(0));
  strokes.move(finger(1, 2), [at(2)]);
  strokes.down(finger(2, 90), at(90));
  for (const id of [1, 2]) expect(strokes.move(finger(id, 50), [at(50)])).toBe(false);
  strokes.up(finger(1, 50));
  strokes.up(finger(2, 50));
  expect(said).toEqual([]);
});

test('a second finger takes the stroke back, and none draws until all are gone', () => {
  strokes.down(finger(1), at(0));
  strokes.move(finger(1, 30), [at(30)]);
  strokes.down(finger(2), at(9));
  expect(said).toEqual(['begin 0 0', 'cancel']);
  expect(strokes.take()).toEqual([]);
  for (const id of [1, 2]) expect(strokes.move(finger(id, 60), [at(60)])).toBe(false);
  strokes.up(finger(1));
  strokes.down(finger(3), at(5));
  expect(strokes.move(finger(3, 40), [at(40)])).toBe(false);
  strokes.up(finger(2));
  strokes.cancel(finger(3));
  expect(said).toEqual(['begin 0 0', 'cancel']);
  strokes.down(mouse(4), at(7));
  expect(said.at(-1)).toBe('begin 7 0');
});

test('a pointer that the browser takes for itself takes its stroke back', () => {
  strokes.down(finger(1), at(0));
  strokes.cancel(finger(1));
  expect(said).toEqual([]);
  strokes.down(finger(2), at(0));
  strokes.move(finger(2, 30), [at(30)]);
  strokes.cancel(finger(2));
  expect(said).toEqual(['begin 0 0', 'cancel']);
  expect(strokes.take()).toEqual([]);
  strokes.up(finger(2));
  expect(said).toHaveLength(2);
});

test('the hand beside a pen draws nothing: it lands before the pen, with it, or after it', () => {
  strokes.down(finger(1), at(80));
  strokes.move(finger(1, 20), [at(99)]);
  expect(said).toEqual(['begin 80 0']);
  strokes.down(pen(2, 0, 10), at(1));
  expect(said).toEqual(['begin 80 0', 'cancel', 'begin 1 0']);
  strokes.down(finger(3, 90, 20), at(90));
  expect(strokes.move(finger(3, 60, 25), [at(60)])).toBe(false);
  expect(strokes.move(finger(1, 60, 25), [at(60)])).toBe(false);
  expect(strokes.move(pen(2, 2, 30), [at(2)])).toBe(true);
  strokes.up(pen(2, 2, 40));
  expect(said.at(-1)).toBe('end [[2,0]]');
  // Lifted for the next stroke; the hand comes down again meanwhile.
  strokes.down(finger(4, 0, 500), at(70));
  strokes.move(finger(4, 60, 510), [at(60)]);
  strokes.up(finger(4, 60, 520));
  expect(said).toHaveLength(4);
  // The pen has been put away: fingers draw again.
  strokes.down(finger(5, 0, 2000), at(70));
  strokes.up(finger(5, 0, 2010));
  expect(said.slice(4)).toEqual(['begin 70 0', 'end []']);
});

test('a tip that hovers draws nothing, and keeps the hand from drawing', () => {
  expect(strokes.move(pen(1, 5, 100), [at(5)])).toBe(false);
  strokes.down(finger(2, 0, 200), at(3));
  strokes.up(finger(2, 0, 300));
  expect(said).toEqual([]);
});

test('a stroke that is stopped has ended, and nothing is left of it', () => {
  strokes.stop();
  expect(said).toEqual([]);
  strokes.down(mouse(1), at(0));
  strokes.move(mouse(1, 2), [at(2)]);
  strokes.stop();
  expect(said).toEqual(['begin 0 0', 'end [[2,0]]']);
  strokes.up(mouse(1));
  expect(said).toHaveLength(2);
});

test('moves that are told one by one where the browser can, as one where it can’t', () => {
  const [a, b] = [{ at: 1 }, { at: 2 }];
  expect(coalesced({ at: 2, getCoalescedEvents: () => [a, b] })).toEqual([a, b]);
  expect(coalesced({ at: 2 })).toEqual([b]);
  const none = { at: 3, getCoalescedEvents: () => [] as { at: number }[] };
  expect(coalesced(none)).toEqual([none]);
});
