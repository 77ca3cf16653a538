/** The page of licences of the built page: reached by its link, and complete. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { de } from '../../www/i18n/de';
import { en } from '../../www/i18n/en';
import { budgets } from '../../scripts/budget.mjs';
import { button, notTheFirstTime } from './actions';
import { expect, test } from './page-test';
import { axe } from './axe';

for (const { locale, words, theme } of [
  { locale: 'en-US', words: en, theme: 'light' },
  { locale: 'de-DE', words: de, theme: 'dark' },
] as const)
  test.describe(`in ${locale}`, () => {
    test.use({ locale, colorScheme: theme });
    test('the help leads to the licences, of which axe says nothing', async ({ page }) => {
      await notTheFirstTime(page);
      await page.goto('/');
      await button(page, words.page.help.help).click();
      await page.getByRole('link', { name: words.sheets.help.licences }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Licences Lizenzen');
      await expect(page.getByRole('rowheader', { name: 'svelte' })).toBeVisible();
      expect((await axe(page).analyze()).violations).toEqual([]);
    });
  });

/** The packages that our own files import when they run, by name: types alone ship nothing. */
function imported(): Set<string> {
  const names = new Set<string>();
  for (const file of readdirSync('www', { recursive: true, encoding: 'utf8' })) {
    if (!/(?<!\.d|\.test)\.(ts|svelte)$/.test(file) || file.startsWith(join('engine', 'pkg'))) continue;
    const text = readFileSync(join('www', file), 'utf8');
    const found = [
      ...text.matchAll(/^\s*import (?!type )[^'"]*from ['"]((?:@[\w-]+\/)?[a-z][\w-]*)/gm),
      ...text.matchAll(/import\(['"]((?:@[\w-]+\/)?[a-z][\w-]*)['"]\)/g),
    ];
    for (const [, name = ''] of found) names.add(name);
  }
  return names;
}

test('every package that the page, its workers and its service worker import is on it, with a version and a text', async ({
  page,
}) => {
  await page.goto('/licences.html');
  const rows = new Map(
    await page
      .locator('tbody tr')
      .evaluateAll((all) =>
        all.map((row): [string, string[]] => [
          row.querySelector('th')?.textContent ?? '',
          [...row.querySelectorAll('td')].map((cell) => cell.textContent ?? ''),
        ]),
      ),
  );
  const wanted = imported();
  // Among them one that only a worker has, one that is loaded late, and one of the service worker.
  for (const name of ['papaparse', 'uqr', 'workbox-precaching']) expect(wanted).toContain(name);
  for (const name of [...wanted, 'serde', 'wgpu', 'nalgebra', 'wasm-bindgen', 'Density Playground']) {
    expect([...rows.keys()]).toContain(name);
    const [version, licence, texts] = rows.get(name) ?? [];
    expect(version).toMatch(/^\d+\.\d+\.\d+/);
    expect(licence).toMatch(/MIT|Apache|ISC/);
    expect(texts).toMatch(/\d/);
  }
  // What only builds or tests does not ship.
  for (const name of ['vitest', 'katex', 'marked', 'syn', 'proptest'])
    expect([...rows.keys()]).not.toContain(name);
  // Each number leads to a text.
  const unanswered = await page
    .locator('td a')
    .evaluateAll((all) =>
      all
        .map((link) => link.getAttribute('href') ?? '')
        .filter((address) => !document.querySelector(address)?.querySelector('pre')?.textContent),
    );
  expect(unanswered).toEqual([]);
});

test('it is neither kept for use without a network nor part of a first load', () => {
  const worker = readFileSync(join('dist', 'service-worker.js'), 'utf8');
  expect(worker).toContain('embed.js');
  expect(worker).not.toContain('licences.');
  expect(budgets().flatMap(({ files }) => files.map(({ file }) => file))).not.toContain('licences.html');
});
