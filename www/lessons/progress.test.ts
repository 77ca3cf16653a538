import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Part } from './lesson';
import { readProgress, writeProgress } from './progress';

const part = (options: number): Part => ({
  title: '',
  exercise: false,
  say: [],
  body: [],
  guess: options > 0 ? Array.from({ length: options }, () => ({ text: [], right: false })) : null,
  figure: null,
  answer: null,
});
const lesson = { parts: [part(3), part(0), part(2)] };
const kept = new Map<string, string>();

beforeEach(() => {
  kept.clear();
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
});
afterEach(() => vi.unstubAllGlobals());

test('what was guessed and seen comes back, for its own lesson', () => {
  writeProgress('ordering', { guesses: { 0: 2, 2: 0 }, seen: { 0: true } });
  expect(readProgress('ordering', lesson)).toEqual({ guesses: { 0: 2, 2: 0 }, seen: { 0: true } });
  expect(readProgress('masks', lesson)).toEqual({ guesses: {}, seen: {} });
});

test.each([
  'not JSON',
  'null',
  '[]',
  '{"guesses":7,"seen":"x"}',
  '{"guesses":{"0":3,"1":0,"9":0,"2":"a","x":1},"seen":{"9":true,"0":1}}',
])('what does not fit the lesson is left out: %s', (text) => {
  writeProgress('ordering', { guesses: {}, seen: {} });
  for (const name of kept.keys()) kept.set(name, text);
  expect(readProgress('ordering', lesson)).toEqual({ guesses: {}, seen: {} });
});

test('without storage a lesson begins anew', () => {
  const refused = () => {
    throw new Error('refused');
  };
  vi.stubGlobal('sessionStorage', { getItem: refused, setItem: refused });
  writeProgress('ordering', { guesses: { 0: 1 }, seen: {} });
  expect(readProgress('ordering', lesson)).toEqual({ guesses: {}, seen: {} });
});
