/** Light or dark: the system's choice until the person makes one, and again where it forces colours upon all pages. */

import { type Choice, store, stored } from './stored';

const system = matchMedia('(prefers-color-scheme: dark)');

const forced = matchMedia('(forced-colors: active)');

class Theme {
  #chosen = $state(stored());
  #system = $state<Choice>(system.matches ? 'dark' : 'light');
  #forced = $state(forced.matches);

  constructor() {
    system.addEventListener('change', ({ matches }) => {
      this.#system = matches ? 'dark' : 'light';
      this.#apply();
    });
    forced.addEventListener('change', ({ matches }) => {
      this.#forced = matches;
      this.#apply();
    });
    this.#apply();
  }

  get current(): Choice {
    return this.#forced ? this.#system : (this.#chosen ?? this.#system);
  }

  toggle(): void {
    this.#chosen = this.current === 'dark' ? 'light' : 'dark';
    store(this.#chosen);
    this.#apply();
  }

  #apply(): void {
    document.documentElement.dataset['theme'] = this.current;
  }
}

export const theme = new Theme();

/** The value of one of theme.css's tokens, as it stands. */
export const token = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();
