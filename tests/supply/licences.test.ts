/** The page of licences: who is on it, and who may not ship. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { crates } from '../../scripts/licences/crates.mjs';
import { licencesPage } from '../../scripts/licences/page.mjs';
import { folderOf, packageIn } from '../../scripts/licences/packages.mjs';
import { checked, isAllowed } from '../../scripts/licences/rules.mjs';
import { textsOf } from '../../scripts/licences/texts.mjs';

const sound = {
  name: 'sound',
  version: '1.0.0',
  licence: 'MIT',
  source: 'https://example.org',
  texts: ['Take it.'],
};

describe('a package that may not ship', () => {
  it('has a licence that is not allowed, and can be had under no other', () => {
    expect(() => checked([sound, { ...sound, name: 'viral', licence: 'GPL-3.0-only' }])).toThrow(
      'viral 1.0.0 ships with the page, and its licence, GPL-3.0-only, is not among those that deny.toml allows.',
    );
    expect(isAllowed('MIT OR GPL-3.0-only', ['MIT'])).toBe(true);
    expect(isAllowed('MIT AND GPL-3.0-only', ['MIT'])).toBe(false);
  });

  it.each(['', 'SEE LICENSE IN LICENSE.md', 'UNLICENSED'])('names none: “%s”', (licence) => {
    expect(() => checked([{ ...sound, licence }])).toThrow('deny.toml');
  });

  it('brings no text', () => {
    expect(() => checked([{ ...sound, texts: [] }])).toThrow('brings no text of its licence (MIT)');
  });
});

it('texts are found under all their usual names, and an exception that is no longer needed is refused', () => {
  const folder = mkdtempSync(join(tmpdir(), 'licences-'));
  try {
    for (const name of ['LICENSE-MIT', 'COPYING', 'licence.md', 'NOTICE', 'readme.md'])
      writeFileSync(join(folder, name), `${name}\r\n`);
    expect(textsOf('some', folder)).toEqual(['COPYING', 'LICENSE-MIT', 'NOTICE', 'licence.md']);
    expect(() => textsOf('profiling', folder)).toThrow('need not name one');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('all crates that are compiled in are on the list, with the standard library, and no macro, test or build tool', async () => {
  const names = new Set((await crates()).map(({ name }) => name));
  // What cargo itself resolves, macros and all, read from another command's other form.
  const metadata = execFileSync(
    'cargo',
    ['metadata', '--format-version', '1', '--filter-platform', 'wasm32-unknown-unknown', '--no-deps'],
    { encoding: 'utf8', maxBuffer: 2 ** 26 },
  );
  interface Dependency {
    name: string;
    kind: string | null;
    target: string | null;
  }
  const { packages } = JSON.parse(metadata) as { packages: { name: string; dependencies: Dependency[] }[] };
  const core = packages.find(({ name }) => name === 'density-playground');
  const direct = core?.dependencies.filter(({ kind, target }) => kind === null && !target?.includes('not('));
  expect(direct?.length).toBeGreaterThan(10);
  for (const { name } of direct ?? []) expect(names).toContain(name);
  expect(names).toContain('Rust’s standard library');
  for (const name of ['serde_derive', 'syn', 'proptest', 'csv', 'clap', 'anyhow'])
    expect(names).not.toContain(name);
});

it('a module belongs to the innermost package, ours to none, what the bundler writes to the bundler', () => {
  const inside = resolve('node_modules');
  expect(folderOf(join(inside, 'd3-shape/src/line.js'))).toBe(join(inside, 'd3-shape'));
  expect(folderOf(`\0${join(inside, 'papaparse/papaparse.min.js')}?commonjs-es-import`)).toBe(
    join(inside, 'papaparse'),
  );
  expect(folderOf('/a/node_modules/@b/c/node_modules/d/e.js')).toBe('/a/node_modules/@b/c/node_modules/d');
  expect(folderOf(resolve('www/main.ts'))).toBe(null);
  expect(folderOf('\0vite/preload-helper.js')).toBe(join(inside, 'vite'));
  expect(packageIn(join(inside, 'd3-shape'))).toMatchObject({
    name: 'd3-shape',
    licence: 'ISC',
    source: 'https://github.com/d3/d3-shape',
  });
});

it('the page has a text that several share once, and nothing of a package is taken for HTML', () => {
  const odd = {
    ...sound,
    name: '<b>odd</b>',
    source: 'javascript:alert(1)',
    texts: ['Take it.', 'Or <leave> it.'],
  };
  const page = licencesPage([{ title: 'JavaScript', german: 'JavaScript', packages: [sound, odd] }]);
  expect(page.match(/<pre>Take it\.<\/pre>/g)).toHaveLength(1);
  expect(page).toContain('1: sound, &lt;b&gt;odd&lt;/b&gt;');
  expect(page).toContain('Or &lt;leave&gt; it.');
  expect(page).toContain('<a href="https://example.org">sound</a>');
  expect(page).not.toContain('javascript:');
});
