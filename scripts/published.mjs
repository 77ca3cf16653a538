// What only the published page has: a policy that lets it ask nobody else for anything, and what makes dist/ an npm package.

import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Nothing from other sites; WebAssembly may be compiled; styles may stand in elements, as drawings and widgets need. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
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
