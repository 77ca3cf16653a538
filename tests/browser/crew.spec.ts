/** Training by several workers, where the page may share memory, and by one where it may not. */

import { expect, type Page, test } from '@playwright/test';
import { button, curve, openAtRest, until } from './actions';

const STEPS = 600;
const HASH = `#optimiser.schedule.kind=cosine&optimiser.schedule.steps=${STEPS}`;

async function trainToTheEnd(page: Page): Promise<Map<string, string>> {
  await openAtRest(page, HASH);
  await button(page, 'Play').click();
  await until(page, 'Steps taken').toBe(STEPS);
  return curve(page);
}

test('many workers and one train the same run, number by number', async ({ page, context }) => {
  const many = await trainToTheEnd(page);
  const [isolated, processors] = await page.evaluate(() => [
    crossOriginIsolated,
    navigator.hardwareConcurrency,
  ]);
  expect(isolated).toBe(true);
  const workers = page.getByRole('status', { name: 'Workers' });
  if (Number(processors) > 1) await expect(workers).toHaveText(/^[2-9]|\d\d$/);

  // A server that does not send the two headers.
  const plain = await context.newPage();
  await plain.route('**/*', async (route) => {
    const response = await route.fetch();
    const headers = response.headers();
    delete headers['cross-origin-opener-policy'];
    delete headers['cross-origin-embedder-policy'];
    await route.fulfill({ response, headers });
  });
  const one = await trainToTheEnd(plain);
  expect(await plain.evaluate(() => crossOriginIsolated)).toBe(false);
  await expect(plain.getByRole('status', { name: 'Workers' })).toBeHidden();
  expect([...one]).toEqual([...many]);
});
