/** The built page with the headers that docs/hosting.md tells hosts to send. */

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from './page-test';
import { caching, recommended } from '../hosting/headers';
import { button, notTheFirstTime, output, serve, until } from './actions';

const hosted = () =>
  serve(
    () => 'dist',
    (path) => ({
      ...recommended,
      'Cache-Control': (path.includes('/assets/') ? caching['`assets/`'] : caching['all others']) ?? '',
    }),
  );

function close(server: Server): void {
  server.close();
  server.closeAllConnections();
}

test('the page trains, shares memory, answers views and shows a lesson', async ({ page }) => {
  const { server, url } = await hosted();
  await notTheFirstTime(page);
  await page.goto(`${url}#target.kind=crescent&model.family=made&views=conditionals`);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await expect(output(page, 'Humps of the target')).toHaveText(/hump/);
  // By then workers of its worker would have been called, where there is more than one processor.
  await until(page, 'Steps taken').toBeGreaterThan(500);
  await page.goto(`${url}?seeds#model.family=realnvp&optimiser.schedule.steps=20&views=ensemble`);
  await button(page, 'Train them').click();
  await expect(output(page, 'Steps of the ensemble')).toHaveText('20');
  await page.goto(`${url}?lesson=chain-rule`);
  await expect(page.locator('math').first()).toBeVisible();
  await until(page, 'Steps taken').toBeGreaterThanOrEqual(0);
  close(server);
});

test('the page shows itself in its own frames, and in nobody else’s', async ({ page, watch }) => {
  const { server, url } = await hosted();
  await page.goto(`${url}embed-example.html`);
  const one = page.frameLocator('iframe[title="One model and a view"]');
  await expect(one.getByRole('region', { name: 'Conditionals', exact: true })).toBeVisible();

  watch.expect('other origin', /\?embed$/);
  watch.expect('policy', /frame-ancestors/);
  const outer = createServer((_, response) =>
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end(`<!doctype html><title>Outer</title><iframe src="${url}?embed"></iframe>`),
  );
  await new Promise<void>((resolve) => outer.listen(0, resolve));
  await page.goto(`http://localhost:${(outer.address() as AddressInfo).port}/`);
  await expect.poll(() => watch.complaints).toEqual([]);
  close(outer);
  close(server);
});
