// What only the published page has: a service worker that keeps it for use without a network, a policy that lets it ask nobody else for
// anything, and the element that puts it into other pages.

import { createHash } from 'node:crypto';
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

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

/** What the page itself never asks for. */
const NOT_KEPT = ['service-worker.js', 'package.json', 'README.md'];

/** With it the page can be installed as an application. */
const MANIFEST = {
  name: 'Density Playground',
  short_name: 'Densities',
  description: 'Normalizing flows and autoregressive density models, learned by touching them',
  start_url: './',
  scope: './',
  display: 'standalone',
  background_color: '#faf7f0',
  theme_color: '#00639c',
};

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
export function offline() {
  return {
    name: 'offline',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: POLICY },
        injectTo: 'head-prepend',
      },
      { tag: 'link', attrs: { rel: 'manifest', href: './app.webmanifest' }, injectTo: 'head' },
    ],
    writeBundle({ dir }) {
      for (const file of ['embed.js', 'embed-example.html']) copyFileSync(join('www', file), join(dir, file));
      const icon = readdirSync(join(dir, 'assets')).find((name) => /^icon-.*\.svg$/.test(name));
      const manifest = {
        ...MANIFEST,
        icons: [{ src: `./assets/${icon}`, sizes: 'any', type: 'image/svg+xml' }],
      };
      writeFileSync(join(dir, 'app.webmanifest'), JSON.stringify(manifest, null, 2));
      const files = readdirSync(dir, { recursive: true, withFileTypes: true })
        .filter((file) => file.isFile() && !NOT_KEPT.includes(file.name))
        .map((file) => relative(dir, join(file.parentPath, file.name)).split(sep).join('/'))
        .sort();
      const hash = createHash('sha256');
      for (const file of files) hash.update(file).update(readFileSync(join(dir, file)));
      const list = ['./', ...files.filter((file) => file !== 'index.html').map((file) => `./${file}`)];
      const source = readFileSync(join('www', 'service-worker.js'), 'utf8')
        .replace('__VERSION__', hash.digest('hex').slice(0, 16))
        .replace('__FILES__', JSON.stringify(list));
      writeFileSync(join(dir, 'service-worker.js'), source);
      writeFileSync(join(dir, 'package.json'), `${JSON.stringify(packageOf(), null, 2)}\n`);
      copyFileSync(join('docs', 'embedding.md'), join(dir, 'README.md'));
    },
  };
}
