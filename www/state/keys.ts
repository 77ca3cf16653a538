/** What a key that was pressed asks of the page. */

export interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  /** It is held down. */
  repeat: boolean;
  target: EventTarget | null;
}

/** Fields that take text, and lists that are chosen from by their first letters. */
const TYPING =
  'textarea, select, [contenteditable], input:not([type=range], [type=checkbox], [type=radio], [type=file])';
/** What the space bar presses. */
const PRESSED = 'button, summary, a, input';
/** What arrow keys, Page Up and Page Down move. */
const MOVED = 'input, select, textarea, [role=radio], [role=application], [role=slider]';

const within = (target: EventTarget | null, selector: string): boolean =>
  target !== null && 'closest' in target && (target as Element).closest(selector) !== null;

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
  const key = event.key.toLowerCase();
  if (within(target, TYPING) || event.altKey) return null;
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
