/** Training by several workers, where the page may share memory, and by one where it may not. */

import { expect, type Page, test } from './page-test';
import { button, curve, openAtRest, until } from './actions';

const STEPS = 600;
const HASH = `#optimiser.schedule.kind=cosine&optimiser.schedule.steps=${STEPS}`;

/** Trains, and notes the most workers that shared a step: where that gains nothing the others are sent away. */
async function trainToTheEnd(page: Page): Promise<Map<string, string>> {
  await openAtRest(page, HASH);
  await page.evaluate(() => {
    const note = () => {
      const workers = Number(document.querySelector('[aria-label="Workers"]')?.textContent ?? 1);
      document.body.dataset['workers'] = String(
        Math.max(Number(document.body.dataset['workers'] ?? 1), workers),
      );
    };
    new MutationObserver(note).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
    });
  });
  await button(page, 'Play').click();
  await until(page, 'Steps taken').toBe(STEPS);
  return curve(page);
}

const mostWorkers = (page: Page): Promise<number> =>
  page.evaluate(() => Number(document.body.dataset['workers'] ?? 1));

test('many workers and one train the same run, number by number', async ({ page, context }) => {
  const many = await trainToTheEnd(page);
  const [isolated, processors] = await page.evaluate(() => [
    crossOriginIsolated,
    navigator.hardwareConcurrency,
  ]);
  expect(isolated).toBe(true);
  if (Number(processors) > 1) expect(await mostWorkers(page)).toBeGreaterThan(1);

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
  expect(await mostWorkers(plain)).toBe(1);
  expect([...one]).toEqual([...many]);
});
