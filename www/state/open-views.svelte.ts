/** Which views are open, which of them stay open when another one is opened, and which one is large. */

import { BrokenLink } from './link';
import { words, type ViewName } from '../i18n';

export class OpenViews {
  #open = $state.raw<readonly ViewName[]>([]);
  #pinned = $state.raw<readonly ViewName[]>([]);
  #large = $state<ViewName | null>(null);
  readonly #onchange: () => void;

  constructor(onchange: () => void) {
    this.#onchange = onchange;
  }

  get open(): readonly ViewName[] {
    return this.#open;
  }

  get large(): ViewName | null {
    return this.#large;
  }

  isOpen(view: ViewName): boolean {
    return this.#open.includes(view);
  }

  isPinned(view: ViewName): boolean {
    return this.#pinned.includes(view);
  }

  /** Opens a view, in the place of those that are not pinned, or closes it. */
  toggle(view: ViewName): void {
    if (this.isOpen(view)) this.close(view);
    else {
      this.#open = [...this.#open.filter((other) => this.isPinned(other)), view];
      if (this.#large) this.#large = view;
      this.#onchange();
    }
  }

  close(view: ViewName): void {
    this.#open = this.#open.filter((other) => other !== view);
    this.#pinned = this.#pinned.filter((other) => other !== view);
    if (this.#large === view) this.#large = null;
    this.#onchange();
  }

  /** A pinned view stays when another one is opened. */
  pin(view: ViewName): void {
    this.#pinned = this.isPinned(view)
      ? this.#pinned.filter((other) => other !== view)
      : [...this.#pinned, view];
    this.#onchange();
  }

  /** One view can have all the room beside the stage. */
  enlarge(view: ViewName): void {
    this.#large = this.#large === view ? null : view;
    this.#onchange();
  }

  /** For the link: `conditionals*,layers!`; a star is pinned, an exclamation mark large. */
  get written(): string {
    return this.#open
      .map((view) => `${view}${this.isPinned(view) ? '*' : ''}${this.#large === view ? '!' : ''}`)
      .join(',');
  }

  /** Takes over what a link says; throws {@link BrokenLink}. */
  read(written: string): void {
    const open: ViewName[] = [];
    const pinned: ViewName[] = [];
    let large: ViewName | null = null;
    for (const part of written.split(',').filter((text) => text !== '')) {
      const [, name = '', marks = ''] = /^([a-z]*)([*!]*)$/.exec(part) ?? [];
      const view = Object.hasOwn(words.viewNames, name) ? (name as ViewName) : null;
      if (!view) throw new BrokenLink(words.page.link.view(part.slice(0, 40)));
      if (open.includes(view)) continue;
      open.push(view);
      if (marks.includes('*')) pinned.push(view);
      if (marks.includes('!')) large = view;
    }
    // Without a pin only one can be open.
    this.#pinned = open.filter((view, i) => pinned.includes(view) || i < open.length - 1);
    this.#open = open;
    this.#large = large;
  }
}
