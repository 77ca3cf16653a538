// What only the published page has: a policy that lets it ask nobody else for anything, and what makes dist/ an npm package.

import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

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

/** The built page as a package: importing it defines `<density-playground>`, the other files have to be served beside it. */
function packageOf() {
  const { name, version, description, license } = JSON.parse(readFileSync('package.json', 'utf8'));
  return {
    name,
    version,
    description,
    license,
    type: 'module',
    exports: { '.': './embed.js', './*': './*' },
    sideEffects: ['./embed.js'],
  };
}

/** The plugin for Vite. */
export function published() {
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
    writeBundle({ dir }) {
      writeFileSync(join(dir, 'package.json'), `${JSON.stringify(packageOf(), null, 2)}\n`);
      copyFileSync(join('docs', 'embedding.md'), join(dir, 'README.md'));
    },
  };
}
