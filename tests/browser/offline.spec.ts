/** Without a network, and with nobody else's. */

import { expect, type Page, test } from '@playwright/test';
import { button, choose, notTheFirstTime, output, serve, until } from './actions';

test.use({ serviceWorkers: 'allow' });

const kept = (page: Page) =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });

test('after the first visit the page works without a network: training, views, links', async ({ page }) => {
  const { server, url } = await serve();
  await notTheFirstTime(page);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(url);
  await kept(page);
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;

  await page.goto(`${url}#target.kind=crescent&model.family=made&views=conditionals`);
  await page.reload();
  await expect(page.getByRole('radio', { name: 'Crescent' })).toBeChecked();
  await expect(output(page, 'Humps of the target')).toHaveText(/hump/);
  await button(page, 'Play').click();
  await until(page, 'Steps taken').toBeGreaterThan(50);
  await choose(page, 'RealNVP');
  await until(page, 'Steps taken').toBeGreaterThan(5);
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

test('the page’s own policy allows no other site', async ({ page, baseURL }) => {
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
