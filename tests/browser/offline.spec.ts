/** Without a network, and with nobody else's. */

import { expect, type Page, test } from './page-test';
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { button, choose, notTheFirstTime, output, serve, until } from './actions';

test.use({ serviceWorkers: 'allow' });

const kept = (page: Page) =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });

async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}

test('after the first visit the page works without a network: training, views, many seeds, lessons, links', async ({
  page,
}) => {
  const { server, url } = await serve();
  await notTheFirstTime(page);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(url);
  // What the page's worker before version 0.1.0 kept.
  const before = 'density-playground 3f2a9c';
  await page.evaluate((name) => caches.open(name), before);
  await kept(page);
  await close(server);

  await page.goto(`${url}#target.kind=crescent&model.family=made&views=conditionals`);
  await page.reload();
  await expect(page.getByRole('radio', { name: 'Crescent' })).toBeChecked();
  await expect(output(page, 'Humps of the target')).toHaveText(/hump/);
  await button(page, 'Play').click();
  await until(page, 'Steps taken').toBeGreaterThan(50);
  await choose(page, 'RealNVP');
  await until(page, 'Steps taken').toBeGreaterThan(5);

  // Many runs at once are a build of the core of their own, and so is what trains on a GPU.
  await page.goto(`${url}?seeds#model.family=realnvp&optimiser.schedule.steps=100&views=ensemble`);
  await button(page, 'Train them').click();
  await expect(output(page, 'Steps of the ensemble')).toHaveText('100');
  // No tab of that time is open any more.
  await expect.poll(() => page.evaluate((name) => caches.has(name), before)).toBe(false);
  const cores = await page.evaluate(async () => {
    const requests = await Promise.all(
      (await caches.keys()).map(async (name) => (await caches.open(name)).keys()),
    );
    return requests
      .flat()
      .map(({ url }) => /density_playground\w*?(?=_bg)/.exec(url)?.[0])
      .filter(Boolean)
      .sort();
  });
  // Chromium has relaxed SIMD.
  expect(cores).toEqual([
    'density_playground_gpu',
    'density_playground_relaxed',
    'density_playground_views_relaxed',
  ]);

  await page.goto(`${url}?lesson=mode-collapse`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/./);
  await until(page, 'Steps taken').toBeGreaterThanOrEqual(0);
});

/** Another version of the built page: every script has another name, and the files of the version before are gone. */
function anotherVersion(): string {
  const folder = mkdtempSync(join(tmpdir(), 'density-playground-'));
  cpSync('dist', folder, { recursive: true });
  const names = readdirSync(join(folder, 'assets')).filter((name) => name.endsWith('.js'));
  for (const name of names)
    renameSync(join(folder, 'assets', name), join(folder, 'assets', name.replace('.js', '2.js')));
  const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  for (const name of texts.filter((path) => /\.(js|html)$/.test(path))) {
    const file = join(folder, name);
    let text = readFileSync(file, 'utf8');
    for (const old of names) text = text.replaceAll(old, old.replace('.js', '2.js'));
    if (name === 'index.html') text = text.replace('<title>', '<meta name="version" content="2"><title>');
    // The index has another revision.
    if (name === 'service-worker.js')
      text = text.replace(/(?<=revision":")\w+(?=","url":"index\.html")/, 'another');
    writeFileSync(file, text);
  }
  return folder;
}

test('a new version is offered, and taken when a person asks; tabs of the old one keep their files', async ({
  page,
  context,
}) => {
  const newer = anotherVersion();
  let built = 'dist';
  const { server, url } = await serve(() => built);
  const version = (tab: Page) => tab.locator('meta[name=version]');
  const offer = (tab: Page) => tab.getByRole('status', { name: 'Newer version' });
  const open = async (tab: Page) => {
    await notTheFirstTime(tab);
    await tab.emulateMedia({ reducedMotion: 'reduce' });
    await tab.goto(`${url}#target.kind=crescent&model.family=made`);
    await expect(output(tab, 'Held-out NLL in nats')).not.toHaveText('–');
  };
  const openView = async (tab: Page, name: string) => {
    await tab.getByRole('button', { name }).first().click();
  };
  await open(page);
  await kept(page);
  const other = await context.newPage();
  await open(other);
  await expect(offer(page)).toBeHidden();

  built = newer;
  // The browser looks at each visit: this tab gets what is kept, whole, and the offer.
  const later = await context.newPage();
  await open(later);
  await expect(version(later)).toHaveCount(0);
  for (const tab of [page, other, later]) await expect(offer(tab)).toContainText('new version');

  await button(page, 'Play').click();
  await until(page, 'Steps taken').toBeGreaterThan(20);
  await choose(later, 'RealNVP');
  await offer(later).getByRole('button', { name: 'Reload' }).click();
  await expect(version(later)).toHaveCount(1);
  await expect(later.getByRole('radio', { name: 'RealNVP', exact: true })).toBeChecked();
  await expect(later.getByRole('radio', { name: 'Crescent' })).toBeChecked();
  await expect(offer(later)).toBeHidden();

  // The others were not disturbed, and load more of their own version, which the server has not any more.
  await until(page, 'Steps taken').toBeGreaterThan(40);
  for (const tab of [page, other]) await expect(version(tab)).toHaveCount(0);
  await openView(other, 'Conditionals');
  await expect(output(other, 'Humps of the target')).toHaveText(/hump/);
  await expect(offer(other)).toBeVisible();
  const keptFiles = (tab: Page) =>
    tab.evaluate(async () => {
      const requests = await Promise.all(
        (await caches.keys()).map(async (name) => (await caches.open(name)).keys()),
      );
      return requests.flat().filter(({ url }) => /assets\/index-(?!client-)[\w-]*\.js$/.test(url)).length;
    });
  expect(await keptFiles(later)).toBe(2);

  // Their own turn; when the last of them is closed the old files go.
  await offer(other).getByRole('button', { name: 'Reload' }).click();
  await expect(version(other)).toHaveCount(1);
  await page.close();
  await later.close();
  await other.reload();
  await expect(version(other)).toHaveCount(1);
  await expect.poll(() => keptFiles(other)).toBe(1);
  server.close();
  rmSync(newer, { recursive: true });
});

test('on a server without the headers, the second visit may share memory between workers', async ({
  page,
}) => {
  const { server, url } = await serve();
  await notTheFirstTime(page);
  await page.goto(url);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  await kept(page);
  await page.reload();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await until(page, 'Steps taken').toBeGreaterThan(5);
  server.close();
});

test('the page’s own policy allows no other site', async ({ page, baseURL, watch }) => {
  watch.expect('policy', /connect-src|Fetch API cannot load/);
  await page.goto(baseURL ?? '/');
  const refused = await page.evaluate(async () => {
    const violation = new Promise<string>((resolve) =>
      document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), {
        once: true,
      }),
    );
    await fetch('http://localhost:9/elsewhere').catch(() => undefined);
    return violation;
  });
  expect(refused).toBe('connect-src');
});

test('text becomes a part of the page, a script or a worker through the page’s own policies alone', async ({
  page,
  watch,
}) => {
  await page.goto('/');
  for (const refused of [/innerHTML|'TrustedHTML'/, /Worker|'TrustedScriptURL'/, /trusted-types/i])
    watch.expect('policy', refused);
  const outcomes = await page.evaluate(() =>
    [
      () => document.body.insertAdjacentHTML('beforeend', '<p>brought</p>'),
      () => document.body.setHTMLUnsafe('<p>brought</p>'),
      () => (document.createElement('div').innerHTML = '<p>brought</p>'),
      () => new Worker('./assets/brought.js'),
      () =>
        (
          globalThis as unknown as { trustedTypes: { createPolicy: (name: string, rules: object) => void } }
        ).trustedTypes.createPolicy('brought', {}),
    ].map((act) => {
      try {
        act();
        return 'done';
      } catch (error) {
        return (error as Error).name;
      }
    }),
  );
  expect(outcomes).toEqual(['TypeError', 'TypeError', 'TypeError', 'TypeError', 'TypeError']);
});
