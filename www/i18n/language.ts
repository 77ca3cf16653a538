/** Which language the page speaks: what the address says, else what was chosen before, else what the browser prefers. */

/** The languages that there are, each by its own name. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof LANGUAGES;

/** What is said where nothing else can be loaded. */
export const BLANK: Record<Language, string> = {
  en: 'The page could not be loaded. Reload it; without a network, wait until there is one again.',
  de: 'Die Seite konnte nicht geladen werden. Lade sie neu; ohne Netz warte, bis es wieder da ist.',
};

const KEY = 'density-playground.language';

const known = (name: string | null | undefined): Language | null =>
  name != null && Object.hasOwn(LANGUAGES, name) ? (name as Language) : null;

/** A browser may refuse its storage, and has none at all in a test. */
function kept(storage: () => Storage, value?: Language): Language | null {
  try {
    if (value) storage().setItem(KEY, value);
    return known(storage().getItem(KEY));
  } catch {
    return null;
  }
}
const forVisit = () => sessionStorage;
const forGood = () => localStorage;

/** A browser's languages, best first; old ones and sparse ones have no list, or one with names that are none ("C"). */
export const preferred = (browser: { language?: unknown; languages?: unknown }): readonly unknown[] => [
  ...(Array.isArray(browser.languages) ? (browser.languages as unknown[]) : []),
  browser.language,
];

/**
 * The language to begin in. `address`: what stands behind `?`, whose `lang` holds for this visit, wherever its links lead; `preferred`: the
 * browser's languages, best first, whatever they are.
 */
export function chosen(address: string, preferred: readonly unknown[]): Language {
  const asked = known(new URLSearchParams(address).get('lang'));
  if (asked) kept(forVisit, asked);
  const first = preferred
    .map((tag) => (typeof tag === 'string' ? known(tag.split('-')[0]?.toLowerCase()) : null))
    .find((one) => one !== null);
  return asked ?? kept(forVisit) ?? kept(forGood) ?? first ?? 'en';
}

/** Keeps a person's choice, which counts for more than what their address said. */
export function remember(language: Language): void {
  kept(forVisit, language);
  kept(forGood, language);
  const query = location.search.replace(/([?&])lang=[^&]*&?/, '$1').replace(/[?&]$/, '');
  history.replaceState(history.state, '', `${location.pathname}${query}${location.hash}`);
}
