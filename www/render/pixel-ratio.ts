/** How dense the screen is that the page is on: it changes when a window is taken to another monitor, or the page is zoomed. */

import { createSubscriber } from 'svelte/reactivity';

/** What tells that the density has changed: a media query holds for one density, so each change asks for the next. */
export function watchPixelRatio(changed: () => void): () => void {
  let query: MediaQueryList;
  const listen = () => {
    query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    query.addEventListener('change', change);
  };
  const change = () => {
    query.removeEventListener('change', change);
    listen();
    changed();
  };
  listen();
  return () => query.removeEventListener('change', change);
}

const heard = createSubscriber(watchPixelRatio);

/** Pixels of the screen for a pixel of the page. Whatever reads it in an effect or a `$derived` runs anew when it changes. */
export function pixelRatio(): number {
  heard();
  return devicePixelRatio || 1;
}
