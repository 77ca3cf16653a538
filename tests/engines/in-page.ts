/**
 * What runs in the page: how an element is found, and what is asked of it. Each function is handed over as its own text, so it uses nothing of
 * this file but `lookUp`, and Testing Library, which finds by role and name in the same way in every engine.
 */

import type * as TestingLibrary from '@testing-library/dom';

declare const TestingLibraryDom: typeof TestingLibrary;

/** A text, or a regular expression: its source and its flags. */
export type Pattern = string | readonly [source: string, flags: string];

/** One step of the way to an element, within those that were found before. */
export type Step =
  | { readonly role: string; readonly name?: Pattern | undefined; readonly hidden?: boolean | undefined }
  | { readonly label: Pattern }
  | { readonly text: Pattern }
  | { readonly nth: number }
  | { readonly selector: string };

export function lookUp(steps: readonly Step[]): HTMLElement[] {
  const { queryAllByLabelText, queryAllByRole, queryAllByText } = TestingLibraryDom;
  const matcher = (pattern: Pattern) =>
    typeof pattern === 'string' ? pattern : new RegExp(pattern[0], pattern[1]);
  let found: HTMLElement[] = [document.body];
  for (const step of steps) {
    if ('nth' in step) {
      found = found.slice(step.nth, step.nth === -1 ? undefined : step.nth + 1);
      continue;
    }
    const next = found.flatMap((within) => {
      if ('selector' in step) return [...within.querySelectorAll<HTMLElement>(step.selector)];
      if ('label' in step) return queryAllByLabelText(within, matcher(step.label));
      if ('text' in step) return queryAllByText(within, matcher(step.text));
      return queryAllByRole(within, step.role, {
        ...(step.name === undefined ? {} : { name: matcher(step.name) }),
        hidden: step.hidden ?? false,
      });
    });
    found = [...new Set(next)];
  }
  return found;
}

/** Where a click on the one element goes, once it rests; or what is in its way. */
export async function ready(steps: readonly Step[]): Promise<{ x: number; y: number } | { why: string }> {
  const found = lookUp(steps);
  const [element] = found;
  if (!element || found.length > 1) return { why: `there are ${found.length}` };
  if (element.matches(':disabled')) return { why: 'it is disabled' };
  const seen = ({ left, top, right, bottom }: DOMRect) =>
    left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
  if (!seen(element.getBoundingClientRect()))
    element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
  const before = element.getBoundingClientRect();
  // What a frame places is placed after two of them.
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const box = element.getBoundingClientRect();
  if (box.left !== before.left || box.top !== before.top) return { why: 'it moves' };
  if (box.width === 0 || box.height === 0) return { why: 'it has no size' };
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  const hit = document.elementFromPoint(x, y);
  const own = [element, ...((element as HTMLInputElement).labels ?? [])];
  if (!own.some((one) => one.contains(hit)))
    return { why: hit ? `${hit.outerHTML.slice(0, 120)} lies over it` : 'it is out of sight' };
  return { x, y };
}

export const count = (steps: readonly Step[]): number => lookUp(steps).length;

/** What is written in all that were found. */
export const texts = (steps: readonly Step[]): string[] =>
  lookUp(steps).map((element) => (element.textContent ?? '').replace(/\s+/g, ' ').trim());

/** The property of each. */
export const properties = (steps: readonly Step[], name: string): (string | number | boolean | null)[] =>
  lookUp(steps).map((element) => {
    const value: unknown = name in element ? Reflect.get(element, name) : element.getAttribute(name);
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? value
      : null;
  });

export const boxes = (
  steps: readonly Step[],
): { left: number; top: number; width: number; height: number }[] =>
  lookUp(steps).map((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return { left, top, width, height };
  });

export const focus = (steps: readonly Step[]): void => lookUp(steps)[0]?.focus();

/** Gives a field a value as a hand would that typed or dragged it. */
export function fill(steps: readonly Step[], value: string): void {
  const [element] = lookUp(steps) as HTMLInputElement[];
  if (!element) throw new Error('there is none');
  element.focus();
  element.value = value;
  for (const type of ['input', 'change']) element.dispatchEvent(new Event(type, { bubbles: true }));
}

/** Chooses by what is written, or by value. */
export function choose(steps: readonly Step[], wanted: string): boolean {
  const [element] = lookUp(steps) as HTMLSelectElement[];
  const option = element && [...element.options].find((one) => [one.label, one.value].includes(wanted));
  if (!element || !option) return false;
  element.focus();
  element.value = option.value;
  for (const type of ['input', 'change']) element.dispatchEvent(new Event(type, { bubbles: true }));
  return true;
}

export const first = (steps: readonly Step[]): Element | undefined => lookUp(steps)[0];

/** Something of the clipboard, as text. */
export function paste(text: string): void {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', text);
  // Firefox 140 makes such an event of the text itself.
  const own = { data: text, dataType: 'text/plain' };
  const how = { clipboardData, bubbles: true, cancelable: true, ...own };
  document.body.dispatchEvent(new ClipboardEvent('paste', how));
}

export const isFocused = (steps: readonly Step[]): boolean => lookUp(steps)[0] === document.activeElement;
