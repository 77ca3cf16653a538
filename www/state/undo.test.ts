import { expect, test } from 'vitest';
import { Undo } from './undo';

test('goes back and forth', () => {
  const undo = new Undo<string>();
  undo.leave('a', '', 0);
  undo.leave('b', '', 1);
  expect(undo.undo('c')).toBe('b');
  expect(undo.undo('b')).toBe('a');
  expect(undo.undo('a')).toBeNull();
  expect(undo.redo('a')).toBe('b');
  expect(undo.redo('b')).toBe('c');
  expect(undo.canRedo).toBe(false);
});

test('a new change forgets what was undone', () => {
  const undo = new Undo<string>();
  undo.leave('a', '', 0);
  expect(undo.undo('b')).toBe('a');
  undo.leave('a', '', 1);
  expect(undo.canRedo).toBe(false);
});

test('a drag is one change, two drags are two', () => {
  const undo = new Undo<number>();
  for (let i = 0; i < 10; i++) undo.leave(i, 'layers', 100 * i);
  expect(undo.undo(10)).toBe(0);
  undo.leave(0, 'layers', 5000);
  undo.leave(1, 'layers', 9000);
  undo.leave(2, 'hidden', 9100);
  expect([undo.undo(3), undo.undo(2), undo.undo(1)]).toEqual([2, 1, 0]);
});

test('what is taken back was never left: nothing leads on to it', () => {
  const undo = new Undo<string>();
  undo.leave('a', '', 0);
  undo.leave('b', 'stroke', 1);
  expect(undo.takeBack()).toBe('b');
  expect(undo.canRedo).toBe(false);
  undo.leave('b', 'stroke', 2);
  expect([undo.undo('c'), undo.undo('b'), undo.takeBack()]).toEqual(['b', 'a', null]);
});

test('keeps no more than asked', () => {
  const undo = new Undo<number>(3);
  for (let i = 0; i < 10; i++) undo.leave(i, '', i);
  expect([undo.undo(10), undo.undo(9), undo.undo(8), undo.undo(7)]).toEqual([9, 8, 7, null]);
});
