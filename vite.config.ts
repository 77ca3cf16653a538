import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { lessons } from './scripts/lesson.mjs';
import { offline } from './scripts/offline.mjs';
import { tex } from './scripts/tex.mjs';

/** With these two a page may share memory between workers: training then uses all processors. Without them it uses one. */
const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default defineConfig({
  // Relative addresses: dist/ works from any sub-path.
  base: './',
  plugins: [svelte(), tex(), lessons(), offline()],
  worker: { format: 'es' },
  build: { target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 400 },
  server: { port: 5173, headers },
  preview: { port: 4173, headers },
  test: {
    include: [
      'www/**/*.test.ts',
      'tests/lessons/*.test.ts',
      'tests/recorded/*.test.ts',
      'tests/python/*.test.ts',
      'tests/fuzz/*.test.ts',
    ],
  },
});
