import { expect, test } from 'vitest';
import { pressed, type Pressed } from './keys';

const LETTERS = { s: 'step', r: 'reset' } as const;
/** An element that is one of some selectors. */
const element = (...own: string[]) =>
  ({
    closest: (selector: string) =>
      selector.split(/,\s*(?![^(]*\))/).some((one) => own.includes(one)) ? {} : null,
  }) as unknown as EventTarget;
const key = (name: string, more: Partial<Pressed> = {}): Pressed => ({
  key: name,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  repeat: false,
  isComposing: false,
  getModifierState: () => false,
  target: element(),
  ...more,
});

test.each([
  [key('z', { ctrlKey: true }), 'undo'],
  [key('z', { metaKey: true }), 'undo'],
  [key('Z', { ctrlKey: true, shiftKey: true }), 'redo'],
  [key('y', { ctrlKey: true }), 'redo'],
  [key('y', { metaKey: true }), null],
  [key(' '), 'play'],
  [key(' ', { target: element('button') }), null],
  [key('s'), 'step'],
  [key('S'), 'step'],
  [key('s', { repeat: true }), null],
  [key('s', { altKey: true }), null],
  [key('s', { ctrlKey: true }), null],
  [key('x'), null],
  [key('ArrowRight'), 'next'],
  [key('PageUp'), 'back'],
  [key('ArrowRight', { target: element('[role=radio]') }), null],
  [key('Escape'), 'leave'],
])('a key is what it asks for: %#', (event, name) => {
  expect(pressed(event, LETTERS)).toBe(name);
});

test('letters that are turned off ask for nothing; all other keys do', () => {
  for (const letter of ['s', 'r']) expect(pressed(key(letter), LETTERS, false)).toBeNull();
  expect(pressed(key(' '), LETTERS, false)).toBe('play');
  expect(pressed(key('z', { ctrlKey: true }), LETTERS, false)).toBe('undo');
});

test.each([
  ['a German keyboard has Z where others have Y', key('z', { code: 'KeyY', ctrlKey: true }), 'undo'],
  ['a French one has Z where others have W', key('z', { code: 'KeyW', ctrlKey: true }), 'undo'],
  ['Dvorak has S where others have a semicolon', key('s', { code: 'Semicolon' }), 'step'],
  ['Dvorak writes O where others write S', key('o', { code: 'KeyS' }), null],
  ['a Russian one writes Я where Z is', key('я', { code: 'KeyZ', ctrlKey: true }), 'undo'],
  ['a Russian one writes Ы where S is', key('ы', { code: 'KeyS' }), 'step'],
  ['a Greek one writes Σ where S is', key('Σ', { code: 'KeyS', shiftKey: true }), 'step'],
  ['a Turkish one writes another Latin letter there', key('ı', { code: 'KeyR' }), null],
])('%s', (_, event, name) => {
  expect(pressed(event, LETTERS)).toBe(name);
});

test('what writes another letter, or puts one together, asks for nothing', () => {
  const altGraph = { getModifierState: (name: string) => name === 'AltGraph' };
  for (const event of [
    key('s', altGraph),
    key('σ', { ...altGraph, code: 'KeyS' }),
    key('s', { ctrlKey: true, altKey: true }),
    key('s', { isComposing: true }),
    key('Process', { code: 'KeyS' }),
    key('Dead', { code: 'KeyS' }),
    key('z', { isComposing: true, ctrlKey: true }),
  ])
    expect(pressed(event, LETTERS)).toBeNull();
});

test('who types is left alone', () => {
  const typing = { target: element('textarea') };
  for (const event of [key('s', typing), key(' ', typing), key('z', { ...typing, ctrlKey: true })])
    expect(pressed(event, LETTERS)).toBeNull();
});
