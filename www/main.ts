import { mount } from 'svelte';
import App from './App.svelte';
import './theme/theme.css';
import { chosen, preferred, speak, words } from './i18n';
import { keepFiles } from './files/drop';
import { keepForOffline } from './state/new-version.svelte';

const target = document.getElementById('app');

async function begin(target: HTMLElement): Promise<void> {
  const address = new URLSearchParams(location.search);
  // Before anything is written; where its words can't be loaded the page speaks English.
  await speak(chosen(location.search, preferred(navigator))).catch(() => undefined);
  try {
    if (address.has('lesson') || address.has('lessons'))
      mount((await import('./lessons/Course.svelte')).default, { target });
    // Inside another page it is the stage and little else: see docs/embedding.md.
    else if (address.has('embed')) mount((await import('./Embedded.svelte')).default, { target });
    else mount(App, { target });
  } catch (error) {
    // A part that can't be loaded, or a browser that lacks something: a sentence in place of a blank page.
    const sentence = document.createElement('p');
    sentence.setAttribute('role', 'alert');
    sentence.style.padding = '18px';
    sentence.textContent = words.page.trouble.blank;
    target.replaceChildren(sentence);
    throw error;
  }
}
keepFiles();
if (target) void begin(target);

// Kept for use without a network, once the page has all that it needs for now.
if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  addEventListener('load', () => {
    keepForOffline().catch(() => {
      // Without it the page works as long as there is a network.
    });
  });
}
