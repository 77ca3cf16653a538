/** The colours that a person chose, kept between visits; they can be read before the page's own script is there. */

/** What is kept between visits are four words (colours, language, where to train, the tour): localStorage, not a database. */
const KEY = 'density-playground.theme';
export type Choice = 'light' | 'dark';

export function stored(): Choice | null {
  try {
    const value = localStorage.getItem(KEY);
    return value === 'light' || value === 'dark' ? value : null;
  } catch {
    return null;
  }
}

export function store(choice: Choice): void {
  try {
    localStorage.setItem(KEY, choice);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}
