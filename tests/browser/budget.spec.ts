/** The budget of the first load counts what a first visit asks for: all of it, each file once. */

import { expect, test } from './page-test';
import { budgets } from '../../scripts/budget.mjs';
import { until } from './actions';

test('whatever a first visit loads is counted', async ({ page }) => {
  const asked = new Set<string>();
  page.on('request', (request) => {
    const { protocol, pathname } = new URL(request.url());
    if (protocol === 'http:') asked.add(pathname.slice(1) || 'index.html');
  });
  await page.goto('/');
  await until(page, 'Steps taken').toBeGreaterThan(20);

  const first = budgets().find(({ name }) => name === 'first load');
  const counted = first?.files.map(({ file }) => file) ?? [];
  expect(new Set(counted).size).toBe(counted.length);
  expect([...asked].filter((file) => !counted.includes(file))).toEqual([]);
  // The core and its worker are among them, so nothing was asked behind this test's back.
  for (const kind of [/^index\.html$/, /worker-.*\.js$/, /_bg-.*\.wasm$/])
    expect([...asked].some((file) => kind.test(file))).toBe(true);
});
