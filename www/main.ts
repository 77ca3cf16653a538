import { mount } from 'svelte';
import App from './App.svelte';
import './theme/theme.css';

const target = document.getElementById('app');
if (target) {
  const address = new URLSearchParams(location.search);
  if (address.has('lesson') || address.has('lessons'))
    void import('./lessons/Course.svelte').then(({ default: Course }) => mount(Course, { target }));
  // Inside another page it is the stage and little else: see docs/embedding.md.
  else if (address.has('embed'))
    void import('./Embedded.svelte').then(({ default: Embedded }) => mount(Embedded, { target }));
  else mount(App, { target });
}

// Kept for use without a network, once the page has all that it needs for now.
if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  addEventListener('load', () => {
    navigator.serviceWorker.register('./service-worker.js').catch(() => {
      // Without it the page works as long as there is a network.
    });
  });
}
