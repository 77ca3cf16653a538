/** What a key that was pressed asks of the page. */

export interface Pressed {
  key: string;
  /** Where the key is, whatever is written on it. */
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  /** It is held down. */
  repeat: boolean;
  /** An input method is putting a letter together. */
  isComposing: boolean;
  getModifierState(key: 'AltGraph'): boolean;
  target: EventTarget | null;
}

/** Fields that take text, and lists that are chosen from by their first letters. */
const TYPING =
  'textarea, select, [contenteditable], input:not([type=range], [type=checkbox], [type=radio], [type=file])';
/** What the space bar presses. */
const PRESSED = 'button, summary, a, input';
/** What arrow keys, Page Up and Page Down move. */
const MOVED = 'input, select, textarea, [role=radio], [role=application], [role=slider]';

/** No key is held that makes another one the browser's own: Alt and an arrow go back a page. */
export const bare = (event: Pick<KeyboardEvent, 'altKey' | 'ctrlKey' | 'metaKey'>): boolean =>
  !event.altKey && !event.ctrlKey && !event.metaKey;

const within = (target: EventTarget | null, selector: string): boolean =>
  target !== null && 'closest' in target && (target as Element).closest(selector) !== null;

/**
 * The letter of a key. What is written on the keys counts, so that Z is where the person finds it; where that is no Latin letter, as on a
 * Greek or a Russian keyboard, the Latin one that shares the key.
 */
function letterOf({ key, code }: Pressed): string {
  const foreign = /^\p{L}$/u.test(key) && !/^\p{Script=Latin}$/u.test(key);
  return (foreign ? (/^Key([A-Z])$/.exec(code)?.[1] ?? key) : key).toLowerCase();
}

/** Keys that write another letter than their own, or that are being put together to one. */
const writes = (event: Pressed): boolean =>
  event.altKey || event.getModifierState('AltGraph') || event.isComposing || event.key === 'Process';

/**
 * The name of what a key does, of `undo`, `redo`, `play`, `next`, `back`, `leave` and those of `letters`; null where it is none of the page's: it is
 * typed, or belongs to what has the focus. `letters`: by the letter; they count where they are not turned off.
 */
export function pressed<Name extends string>(
  event: Pressed,
  letters: Readonly<Record<string, Name>>,
  counted = true,
): Name | 'undo' | 'redo' | 'play' | 'next' | 'back' | 'leave' | null {
  const { target } = event;
  if (within(target, TYPING) || writes(event)) return null;
  const key = letterOf(event);
  if (event.ctrlKey || event.metaKey) {
    if (key === 'z') return event.shiftKey ? 'redo' : 'undo';
    // With the command key it is the browser's own.
    return key === 'y' && event.ctrlKey && !event.shiftKey ? 'redo' : null;
  }
  if (event.repeat) return null;
  if (key === ' ') return within(target, PRESSED) ? null : 'play';
  if (key === 'escape') return 'leave';
  if (Object.hasOwn(letters, key)) return counted ? (letters[key] ?? null) : null;
  if (within(target, MOVED)) return null;
  if (key === 'arrowright' || key === 'pagedown') return 'next';
  if (key === 'arrowleft' || key === 'pageup') return 'back';
  return null;
}
