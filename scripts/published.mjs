// What only the published page has: a policy that lets it ask nobody else for anything, and what makes dist/ an npm package.

import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { headless } from './headless.mjs';

/**
 * Nothing from other sites; WebAssembly may be compiled; styles stand in files alone, what a script sets on an element aside; text becomes
 * a script, a worker or a part of the page through the policies named here alone (www/engine/trusted-types.ts and Svelte's own). The page
 * has no frames: the example page has.
 */
export const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "frame-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types svelte-trusted-html own-scripts own-markup inert-drawings',
].join('; ');

/**
 * The built page as a package with two doors: importing it defines `<density-playground>`, the other files have to be served beside it; its `core`
 * trains without the page. `modules` are the core's two modules of WebAssembly.
 */
function packageOf({ plain, relaxed }) {
  const { name, version, description, license, engines } = JSON.parse(readFileSync('package.json', 'utf8'));
  return {
    name,
    version,
    description,
    license,
    keywords: ['normalizing-flows', 'density-estimation', 'maf', 'realnvp', 'custom-element', 'wasm'],
    type: 'module',
    engines,
    types: './embed.d.ts',
    exports: {
      '.': { types: './embed.d.ts', default: './embed.js' },
      './core': { types: './types/index.d.ts', default: './core.js' },
      './core.wasm': plain,
      './core-relaxed.wasm': relaxed,
      './*': './*',
    },
    // For those who resolve types as Node 10 did.
    typesVersions: { '*': { core: ['./types/index.d.ts'] } },
    sideEffects: ['./embed.js'],
  };
}

/** The plugin for Vite; `plugins` are for the bundle of the core, too. */
export function published(plugins = []) {
  return {
    name: 'published',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: POLICY },
        injectTo: 'head-prepend',
      },
    ],
    async writeBundle({ dir }) {
      const modules = await headless(dir, plugins);
      writeFileSync(join(dir, 'package.json'), `${JSON.stringify(packageOf(modules), null, 2)}\n`);
      copyFileSync(join('docs', 'embedding.md'), join(dir, 'README.md'));
    },
  };
}
