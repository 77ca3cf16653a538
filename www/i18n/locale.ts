/** The page's words, in the language that is spoken now. */

import { createSubscriber } from 'svelte/reactivity';
import type { Words } from './en';
import { remember, type Language } from './language';
import { type LaterPart, load } from './parts';
import { translator } from './translate';

interface Locale {
  language: Language;
  words: Words;
  translate: (sentence: string) => string;
}

/** Nothing is said before a language is spoken: `main.ts` waits for it. */
let current: Locale = { language: 'en', words: {} as Words, translate: (sentence) => sentence };

/** Tells whoever reads the words in an effect that they are others now. Not a rune, so that the tests of the page read them in Node too. */
let changed = (): void => undefined;
const heard = createSubscriber((update) => {
  changed = update;
  return () => (changed = () => undefined);
});
function now(): Locale {
  heard();
  return current;
}

/**
 * What the page says. Whatever reads it in a component or a `$derived` is written anew when the language changes; a constant of a module
 * would keep the language that it was made in.
 */
export const words: Words = new Proxy({} as Words, {
  get: (_, group) => now().words[group as keyof Words],
});

/** The language that is spoken. */
export const language = (): Language => now().language;

/** A sentence of the core or of a worker, which know English alone, in the language that is spoken. */
export const translate = (sentence: string): string => now().translate(sentence);

let wanted: Language = 'en';
/** What has been opened: another language has to have it too before it is spoken. */
const opened = new Set<LaterPart>();
let turns = 0;
let last: Promise<void> = Promise.resolve();

async function adopt(next: Language, turn: number): Promise<void> {
  const own = await load(next, opened);
  // Chosen twice in a hurry: the last choice counts.
  if (turn !== turns) return last;
  const { language } = current;
  current = { language: next, words: own, translate: translator(own.sentences) };
  // Of the same language nothing is read before it is there: nobody has to read anything again.
  if (next !== language) changed();
  // The page's modules are read in tests, too, where there is no page.
  if (typeof document === 'undefined') return;
  document.documentElement.lang = own.locale;
  document.querySelector('meta[name=description]')?.setAttribute('content', own.page.description);
}

/** Speaks another language from now on; where it can't be loaded the page goes on in the one that it has. */
export async function speak(next: Language): Promise<void> {
  wanted = next;
  const turn = ++turns;
  last = adopt(next, turn);
  try {
    await last;
  } catch (error) {
    if (turn === turns) wanted = current.language;
    throw error;
  }
}

/** Loads parts of what the page says, in its language now and in each that is chosen later; they can be read when this is done. */
export async function open(...parts: LaterPart[]): Promise<void> {
  if (parts.every((part) => part in current.words)) return;
  const fresh = parts.filter((part) => !opened.has(part));
  for (const part of fresh) opened.add(part);
  try {
    await speak(wanted);
  } catch (error) {
    // Asked again it is tried again, and no language is refused for the want of it.
    for (const part of fresh) opened.delete(part);
    throw error;
  }
}

/** The same, by a person: it is kept for the next visit. */
export async function choose(next: Language): Promise<void> {
  await speak(next);
  remember(next);
}
