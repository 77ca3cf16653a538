import './early';
import { mount, type Component } from 'svelte';
import App from './App.svelte';
import { underWay } from './engine/early-worker';
import './theme/theme.css';
import './theme/shell.css';
import { BLANK, chosen, open, preferred, speak } from './i18n';
import { keepFiles } from './files/drop';
import { keepForOffline } from './state/new-version.svelte';

const target = document.getElementById('app');

/** Puts the page in the place of what stood there before it. */
function put(page: Component, target: HTMLElement): void {
  target.replaceChildren();
  mount(page, { target });
}

async function begin(target: HTMLElement): Promise<void> {
  const address = new URLSearchParams(location.search);
  const language = chosen(location.search, preferred(navigator));
  try {
    // Before anything is written; where its words can't be loaded the page speaks English.
    await speak(language).catch(() => speak('en'));
    if (address.has('lesson') || address.has('lessons')) {
      const [{ default: Course }] = await Promise.all([import('./lessons/Course.svelte'), open('lessons')]);
      put(Course, target);
    }
    // Inside another page it is the stage and little else: see docs/embedding.md.
    else if (address.has('embed')) put((await import('./Embedded.svelte')).default, target);
    else put(App, target);
  } catch (error) {
    // A part that can't be loaded, or a browser that lacks something: a sentence in place of a blank page.
    const sentence = document.createElement('p');
    sentence.setAttribute('role', 'alert');
    sentence.style.padding = '18px';
    sentence.textContent = BLANK[language];
    target.replaceChildren(sentence);
    throw error;
  }
}
keepFiles();
if (target) void begin(target);

// Kept for use without a network, once the page has all that it needs for now.
if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  addEventListener('load', () => {
    underWay.then(keepForOffline).catch(() => {
      // Without it the page works as long as there is a network.
    });
  });
}
