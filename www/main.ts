import { mount } from 'svelte';
import App from './App.svelte';
import './theme/theme.css';
import { chosen, speak } from './i18n';

const target = document.getElementById('app');

async function begin(target: HTMLElement): Promise<void> {
  const address = new URLSearchParams(location.search);
  // Before anything is written; where its words can't be loaded the page speaks English.
  await speak(chosen(location.search, navigator.languages)).catch(() => undefined);
  if (address.has('lesson') || address.has('lessons'))
    void import('./lessons/Course.svelte').then(({ default: Course }) => mount(Course, { target }));
  // Inside another page it is the stage and little else: see docs/embedding.md.
  else if (address.has('embed'))
    void import('./Embedded.svelte').then(({ default: Embedded }) => mount(Embedded, { target }));
  else mount(App, { target });
}
if (target) void begin(target);

// Kept for use without a network, once the page has all that it needs for now.
if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  addEventListener('load', () => {
    navigator.serviceWorker.register('./service-worker.js').catch(() => {
      // Without it the page works as long as there is a network.
    });
  });
}
