/** Keys of the page, and whether those of one letter count: who speaks to the computer presses them without meaning to (WCAG 2.1.4). */

const KEPT = 'density-playground.letters';

function kept(): boolean {
  try {
    return localStorage.getItem(KEPT) !== 'off';
  } catch {
    return true;
  }
}

class Shortcuts {
  #letters = $state(kept());

  get letters(): boolean {
    return this.#letters;
  }

  /** Remembered for the next visit. */
  setLetters(on: boolean): void {
    this.#letters = on;
    try {
      if (on) localStorage.removeItem(KEPT);
      else localStorage.setItem(KEPT, 'off');
    } catch {
      // Without storage it holds as long as the page.
    }
  }

  /** The letter of a key for `aria-keyshortcuts`, where it counts. */
  spoken(letter: string): string | undefined {
    return this.#letters ? letter : undefined;
  }

  /** What a button is for, and its key, where it counts. */
  titled(title: string, letter: string): string {
    return this.#letters ? `${title} (${letter})` : title;
  }
}

export const shortcuts = new Shortcuts();
