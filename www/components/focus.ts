/** Where the focus goes when what a person does puts something on the page, or takes away what had it. */

import { tick } from 'svelte';

/** The first that can be seen of what the selectors name. */
function firstOf(selectors: readonly string[]): HTMLElement | undefined {
  for (const selector of selectors)
    for (const one of document.querySelectorAll<HTMLElement>(selector))
      if (one.getClientRects().length > 0 && !one.matches(':disabled')) return one;
  return undefined;
}

/** Gives the focus to the first of these, once the page shows what was done. */
export async function focusOn(...selectors: string[]): Promise<void> {
  await tick();
  firstOf(selectors)?.focus();
}

/** The same where nothing has the focus any more: without it a person at the keyboard has lost the place. */
export async function refocus(...selectors: string[]): Promise<void> {
  await tick();
  const { activeElement } = document;
  if (activeElement === null || activeElement === document.body || activeElement.matches(':disabled'))
    firstOf(selectors)?.focus();
}
