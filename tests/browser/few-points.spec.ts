/** Few points, with the truth known: the curves part, and early stopping brings the model back. */

import { expect, test } from './page-test';
import { button, notTheFirstTime, openAtRest, output, read } from './actions';

const SMALL = '#model.layers=3&model.hidden=[32,32]&optimiser.schedule.steps=2000';

test('thirty points are learned by heart, and early stopping is the cure', async ({ page }) => {
  await openAtRest(page, SMALL);
  await expect(page.getByText('fresh, without end')).toBeVisible();
  await expect(page.getByRole('checkbox', { name: 'Early stopping' })).toBeHidden();
  await page.getByRole('slider', { name: 'Training points' }).fill('2');
  await expect.poll(() => page.url()).toContain('training_set.count=30');
  await expect(page.getByRole('group', { name: 'On the stage' }).getByText('training points')).toBeVisible();
  await button(page, 'Play').click();
  await expect(button(page, 'Train on')).toBeVisible({ timeout: 60_000 });
  expect(await read(page, 'Steps taken')).toBe(2000);
  const [train, validation] = [
    await read(page, 'NLL, training points'),
    await read(page, 'NLL, validation points'),
  ];
  expect(validation - train).toBeGreaterThan(2);
  const sick = await read(page, 'KL in nats');
  const curve = page.getByRole('figure', { name: 'fresh points' });
  await expect(curve.locator('path.band')).not.toHaveAttribute('d', '');
  await expect(curve.getByText(/^best: \d+$/)).toBeVisible();

  await page.getByRole('checkbox', { name: 'Early stopping' }).check();
  await button(page, 'Play').click();
  await expect(button(page, 'Train on')).toBeVisible({ timeout: 60_000 });
  const best = await read(page, 'Best step');
  expect(await read(page, 'Steps taken')).toBe(best + 1000);
  expect(await read(page, 'KL in nats')).toBeLessThan(0.5 * sick);
});

test('what needs points goes with them', async ({ page }) => {
  await openAtRest(page, `${SMALL}&training_set.kind=sample&training_set.count=100`);
  const slider = page.getByRole('slider', { name: 'Training points' });
  await expect(slider).toHaveAttribute('aria-valuetext', '100');
  await page.getByRole('checkbox', { name: 'Jitter' }).check();
  await expect.poll(() => page.url()).toContain('optimiser.jitter=0.1');
  // The reverse KL looks at none.
  await page.getByRole('radio', { name: 'Reverse KL' }).click();
  await expect(slider).toBeHidden();
  await expect(output(page, 'Reverse KL in nats')).toBeVisible();
  await expect.poll(() => page.url()).not.toContain('training_set');
  await button(page, 'Undo').click();
  await expect(slider).toHaveAttribute('aria-valuetext', '100');
});

test('the dots on the stage are the points of the sample, and stay', async ({ page }) => {
  await openAtRest(page, `${SMALL}&training_set.kind=sample&training_set.count=10&shown=none`);
  await expect(page.getByText('10 deviations')).toBeHidden();
  const stage = page.locator('.layers canvas').last();
  const look = () => stage.screenshot();
  await expect(output(page, 'Best step')).toHaveText('0');
  const before = await look();
  await button(page, 'One step').click();
  await expect(output(page, 'Steps taken')).toHaveText('1');
  expect((await look()).equals(before)).toBe(true);
});

test('a link of a size that is not allowed says what is', async ({ page }) => {
  await notTheFirstTime(page);
  await page.goto('/#training_set.kind=sample&training_set.count=3');
  await expect(
    page.getByText('training_set.count is 3; allowed: a whole number from 10 to 100000.'),
  ).toBeVisible();
});
