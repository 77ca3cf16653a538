/** The page's words, in the language that is spoken now. */

import { createSubscriber } from 'svelte/reactivity';
import { en, type Words } from './en';
import { remember, type Language } from './language';
import { translator } from './translate';

interface Locale {
  language: Language;
  words: Words;
  translate: (sentence: string) => string;
}

/** Loaded when they are wanted; English is always there. */
const others: Record<Exclude<Language, 'en'>, () => Promise<Words>> = {
  de: async () => (await import('./de')).de,
};

let current: Locale = { language: 'en', words: en, translate: (sentence) => sentence };

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
export const words: Words = new Proxy(en, {
  get: (_, group) => now().words[group as keyof Words],
});

/** The language that is spoken. */
export const language = (): Language => now().language;

/** A sentence of the core or of a worker, which know English alone, in the language that is spoken. */
export const translate = (sentence: string): string => now().translate(sentence);

let wanted: Language = 'en';

/** Speaks another language from now on; where it can't be loaded the page goes on in the one that it has. */
export async function speak(next: Language): Promise<void> {
  wanted = next;
  const own = next === 'en' ? en : await others[next]();
  // Chosen twice in a hurry: the last choice counts.
  if (wanted !== next) return;
  current = { language: next, words: own, translate: translator(own.sentences) };
  changed();
  document.documentElement.lang = own.locale;
  document.querySelector('meta[name=description]')?.setAttribute('content', own.page.description);
}

/** The same, by a person: it is kept for the next visit. */
export async function choose(next: Language): Promise<void> {
  await speak(next);
  remember(next);
}
