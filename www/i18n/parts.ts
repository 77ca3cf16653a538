/**
 * The parts of a language, each a file that is loaded when it is wanted: `first` by every page before anything is written, the others where
 * something is opened that says them. Nothing of another language is loaded with them.
 */

import type { Words } from './en';
import type { First } from './en/first';
import type { Language } from './language';

/** What only some pages say. */
export type LaterPart = Exclude<keyof Words, keyof First>;

type Parts = { first: () => Promise<First> } & { [P in LaterPart]: () => Promise<Words[P]> };

const parts: Record<Language, Parts> = {
  en: {
    first: async () => (await import('./en/first')).first,
    files: async () => (await import('./en/files')).files,
    glossary: async () => (await import('./en/glossary')).glossary,
    lessons: async () => (await import('./en/lessons')).lessons,
    sheets: async () => (await import('./en/sheets')).sheets,
    views: async () => (await import('./en/views')).views,
  },
  de: {
    first: async () => (await import('./de/first')).first,
    files: async () => (await import('./de/files')).files,
    glossary: async () => (await import('./de/glossary')).glossary,
    lessons: async () => (await import('./de/lessons')).lessons,
    sheets: async () => (await import('./de/sheets')).sheets,
    views: async () => (await import('./de/views')).views,
  },
};

/** What the page says in a language at first, and those parts of what it says later. A module that is there already is not loaded again. */
export async function load(language: Language, later: Iterable<LaterPart>): Promise<Words> {
  const of = parts[language];
  const [first, ...rest] = await Promise.all([
    of.first(),
    ...Array.from(later, async (part) => [part, await of[part]()] as const),
  ]);
  // What has not been loaded is not asked for: whoever shows it opens it before.
  return { ...first, ...Object.fromEntries(rest) } as Words;
}
