/** The built files hold to the content policy where a browser would only say so when it happens: no code made of text, none in a page, nobody else's address. */

import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { ESLint } from 'eslint';
import globals from 'globals';
import { expect, test } from 'vitest';
import { POLICY } from '../../scripts/published.mjs';

const built = readdirSync('dist', { recursive: true, encoding: 'utf8' }).map((name) => join('dist', name));
const ending = (...ends: string[]) => built.filter((path) => ends.includes(extname(path)));

test('no script makes code of text', async () => {
  const lint = new ESLint({
    overrideConfigFile: true,
    ignore: false,
    allowInlineConfig: false,
    overrideConfig: [
      {
        files: ['**/*.js'],
        languageOptions: { globals: { ...globals.browser, ...globals.worker } },
        rules: {
          'no-eval': 'error',
          'no-implied-eval': 'error',
          'no-new-func': 'error',
          'no-script-url': 'error',
        },
      },
    ],
  });
  const scripts = ending('.js');
  expect(scripts.length).toBeGreaterThan(50);
  const found = (await lint.lintFiles(scripts)).flatMap(({ filePath, messages }) =>
    messages.map(({ message }) => `${filePath}: ${message}`),
  );
  expect(found).toEqual([]);
  // Each would be found.
  for (const wrong of [
    '(0, eval)(x)',
    'new Function(x)',
    'setTimeout("x")',
    'location.href = "javascript:x"',
  ]) {
    const [{ messages } = { messages: [] }] = await lint.lintText(wrong, { filePath: 'wrong.js' });
    expect(messages, wrong).toHaveLength(1);
  }
});

/** What a page has of scripts, handlers and styles in itself. */
const inside = (html: string): string[] => [
  ...[...html.matchAll(/<script\b([^>]*)>([^]*?)<\/script>/gi)]
    .filter(([, attributes = '', text = '']) => !/\ssrc="\.\//.test(attributes) || text.trim() !== '')
    .map(([whole]) => whole),
  ...(html.match(/<style\b/gi) ?? []),
  ...[...html.matchAll(/<[a-z][^>]*\s(on[a-z]+|style)\s*=/gi)].map(([whole]) => whole),
];

test('no page has a script or a style in itself', () => {
  const pages = ending('.html');
  expect(pages).toContain(join('dist', 'index.html'));
  for (const path of pages) expect(inside(readFileSync(path, 'utf8')), path).toEqual([]);
  // Each would be found.
  for (const wrong of [
    '<script>x</script>',
    '<script type="module" src="https://a.b/c.js"></script>',
    '<style>p { color: red }</style>',
    '<p onclick="x">',
    '<p style="color: red">',
  ])
    expect(inside(wrong), wrong).toHaveLength(1);
});

/** Addresses that stand in the files and are asked by nobody: names of kinds of markup, and what a library tells its programmer. */
const NAMES =
  /^https?:\/\/(www\.w3\.org\/|svelte\.dev\/e\/|github\.com\/mholt\/PapaParse|bit\.ly\/wb-precache)/;
/** What a reader copies into a page of their own. */
const PLACE = 'https://your.site/';

const elsewhere = (text: string): string[] =>
  [...text.matchAll(/\b(?:https?|wss?):\/\/[\w-][^\s"'`<>)\\]*/g)]
    .map(([address]) => address)
    .filter((address) => !NAMES.test(address) && !address.startsWith(PLACE));

/** Lists what ships and its licences: readers may follow its links, the browser follows none. */
const LICENCES = join('dist', 'licences.html');

test('no file has an address of somebody else', () => {
  const files = ending('.html', '.js', '.css', '.svg', '.webmanifest').filter((path) => path !== LICENCES);
  for (const path of files) expect(elsewhere(readFileSync(path, 'utf8')), path).toEqual([]);
  const loads = readFileSync(LICENCES, 'utf8').match(/<(?!a\b)[a-z]+\b[^>]*\s(?:src|href)="[^"]*"/g) ?? [];
  expect(loads.length).toBeGreaterThan(1);
  for (const one of loads) expect(one).toMatch(/="\.\//);
  for (const path of ending('.css'))
    expect(readFileSync(path, 'utf8'), path).not.toMatch(/@import|url\(\s*["']?\/\//);
  // It would be found.
  expect(elsewhere('fetch("https://a.b/c")')).toEqual(['https://a.b/c']);
});

test('the page carries its policy before all that it loads', () => {
  const html = readFileSync(join('dist', 'index.html'), 'utf8');
  const [meta, content = ''] =
    /<meta http-equiv="Content-Security-Policy" content="([^"]+)">/.exec(html) ?? [];
  expect(content.replaceAll('&#39;', "'")).toBe(POLICY);
  expect(html.indexOf(meta ?? '?')).toBeLessThan(html.search(/<(script|link)\b/));
  expect(POLICY).not.toMatch(/'unsafe-/);
});
