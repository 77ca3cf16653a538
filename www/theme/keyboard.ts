/** How much of the page an on-screen keyboard covers, as `--keyboard` on the root: what the page is laid out in ends above it. */

/** Pixels below which it is a bar of the browser that comes or goes. */
const LEAST = 80;

/** Follows the keyboard from now on. What is returned ends it. */
export function followKeyboard(): () => void {
  const seen = window.visualViewport;
  const root = document.documentElement;
  if (!seen) return () => undefined;
  let last = 0;
  const fit = () => {
    // Two fingers that zoom in see less of the page, too: it stays as it is.
    const covered = seen.scale > 1.01 ? 0 : Math.round(root.clientHeight - seen.height);
    const next = covered < LEAST ? 0 : covered;
    if (next === last) return;
    last = next;
    root.style.setProperty('--keyboard', `${next}px`);
    // What is typed into was placed before the page became smaller.
    if (next > 0) document.activeElement?.scrollIntoView({ block: 'nearest' });
  };
  seen.addEventListener('resize', fit);
  fit();
  return () => {
    seen.removeEventListener('resize', fit);
    root.style.removeProperty('--keyboard');
  };
}
