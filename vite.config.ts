import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { defineConfig } from 'vitest/config';
import { early } from './scripts/early.mjs';
import { lessons } from './scripts/lesson.mjs';
import { licences } from './scripts/licences/plugin.mjs';
import { published } from './scripts/published.mjs';
import { tex } from './scripts/tex.mjs';

/** With these two a page may share memory between workers: training then uses all processors. Without them it uses one. */
const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** WebKitGTK 2.50 refuses a worker of an isolated page whose script is answered by “not modified”: the built page's server answers whole. */
const whole: Plugin = {
  name: 'whole-answers',
  configurePreviewServer({ middlewares }) {
    middlewares.use((request, _, next) => {
      delete request.headers['if-none-match'];
      delete request.headers['if-modified-since'];
      next();
    });
  },
};

const licensed = licences();

/** Kept for use without a network, and installable as an application. */
const offline = VitePWA({
  strategies: 'injectManifest',
  srcDir: 'www/service-worker',
  filename: 'service-worker.ts',
  // state/new-version.svelte.ts registers it, and asks before a new version is taken.
  injectRegister: false,
  injectManifest: {
    rollupFormat: 'iife',
    globPatterns: ['**/*'],
    // What the page itself never asks for. Who opens the page of licences without a network is told so by the browser.
    globIgnores: ['service-worker.js', 'package.json', 'README.md', 'licences.*', 'core.js', '**/*.d.ts'],
    buildPlugins: { vite: [licensed.collector()] },
    // A build that left a larger file out would work with a network only.
    maximumFileSizeToCacheInBytes: 8 * 1024 * 1024,
  },
  manifestFilename: 'app.webmanifest',
  manifest: {
    name: 'Density Playground',
    short_name: 'Densities',
    description: 'Normalizing flows and autoregressive density models, learned by touching them',
    start_url: './',
    scope: './',
    display: 'standalone',
    background_color: '#faf7f0',
    theme_color: '#00639c',
    icons: [{ src: './icon.svg', sizes: 'any', type: 'image/svg+xml' }],
  },
});

export default defineConfig({
  // Relative addresses: dist/ works from any sub-path.
  base: './',
  publicDir: 'www/public',
  plugins: [
    svelte(),
    tex(),
    lessons(),
    early(),
    published([licensed.collector()]),
    whole,
    offline,
    licensed.collector(),
    licensed.page,
  ],
  worker: { format: 'es', plugins: () => [licensed.collector()] },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 400,
    // All browsers of package.json's list have it.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // What a language says is called by it: de-first, en-views.
        chunkFileNames: ({ facadeModuleId }) => {
          const [, language, part] = /\/i18n\/(\w\w)\/([\w-]+)\.ts$/.exec(facadeModuleId ?? '') ?? [];
          return language && part ? `assets/${language}-${part}-[hash].js` : 'assets/[name]-[hash].js';
        },
      },
    },
  },
  server: { port: 5173, headers },
  preview: { port: 4173, headers },
  test: {
    include: ['www/**/*.test.ts', 'tests/**/*.test.ts'],
    setupFiles: 'tests/page/english.ts',
  },
});
