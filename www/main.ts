import { mount } from 'svelte';
import App from './App.svelte';
import './theme/theme.css';

const target = document.getElementById('app');
if (target) mount(App, { target });

// Kept for use without a network, once the page has all that it needs for now.
if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  addEventListener('load', () => {
    navigator.serviceWorker.register('./service-worker.js').catch(() => {
      // Without it the page works as long as there is a network.
    });
  });
}
