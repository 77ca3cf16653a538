/** Begun from the head of the page, beside its own script: what that would come to late. `scripts/early.mjs` puts it there. */

import { startEarly } from './engine/early-worker';
import { chosen, preferred } from './i18n/language';
import { load } from './i18n/parts';
import { stored } from './theme/stored';

const address = new URLSearchParams(location.search);
const lessons = address.has('lesson') || address.has('lessons');
// First of all: to read what is kept between visits, as all below does, a page may have to wait for the browser.
try {
  // A lesson may have no run, or many.
  if (!lessons) startEarly();
} catch {
  // Who needs a worker and can't have one says so.
}

// The system's colours need no script, a person's own do.
const colours = stored();
if (colours && !matchMedia('(forced-colors: active)').matches)
  document.documentElement.dataset['theme'] = colours;
// These are laid out otherwise.
if (lessons || address.has('embed')) document.querySelector('.shell')?.remove();

// Where it fails main.ts asks again, and says so.
load(chosen(location.search, preferred(navigator)), lessons ? ['lessons'] : []).catch(() => undefined);
