import { bare } from '../state/keys';

/**
 * The keys of a radio group (WAI-ARIA Authoring Practices, "Radio group pattern"): it is one stop of the Tab key, at the chosen button, and
 * the arrow keys choose the next and the one before. For use as `{@attach radios}` on the element with `role="radiogroup"`.
 */
export function radios(group: HTMLElement): () => void {
  const all = () => [...group.querySelectorAll<HTMLElement>('[role=radio]:not(:disabled)')];
  const settle = () => {
    const buttons = all();
    const stop = buttons.find((button) => button.ariaChecked === 'true') ?? buttons[0];
    for (const button of buttons) button.tabIndex = button === stop ? 0 : -1;
  };
  const onkeydown = (event: KeyboardEvent) => {
    const move = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const buttons = all();
    const at = buttons.findIndex((button) => button === document.activeElement);
    const next =
      move === undefined || at < 0 || !bare(event)
        ? undefined
        : buttons[(at + move + buttons.length) % buttons.length];
    // Of one that can be chosen there is no other.
    if (!next || next === buttons[at]) return;
    event.preventDefault();
    next.focus();
    next.click();
  };
  settle();
  const observer = new MutationObserver(settle);
  observer.observe(group, { subtree: true, childList: true, attributeFilter: ['aria-checked'] });
  group.addEventListener('keydown', onkeydown);
  return () => {
    observer.disconnect();
    group.removeEventListener('keydown', onkeydown);
  };
}
