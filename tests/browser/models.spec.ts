/** What the other families, conditionals and objectives show. */

import { expect, test } from './page-test';
import { button, choose, openAtRest, output, read, rest, until } from './actions';

test('a mixture fits the crescent in the ordering in which one Gaussian can’t', async ({ page }) => {
  await openAtRest(page, '#target.kind=crescent&model.family=made');
  await page.getByRole('combobox', { name: 'Conditionals' }).selectOption('mixture of Gaussians');
  await button(page, 'Play').click();
  await until(page, 'KL in nats').toBeLessThan(0.1);
  await choose(page, 'MAF');
  await expect(page.getByRole('combobox', { name: 'Conditionals' })).toBeHidden();
  await expect.poll(() => page.url()).not.toContain('mixture');
});

test('the reverse KL loses modes from a narrow start, and says so', async ({ page }) => {
  await openAtRest(page, '#target.kind=eight-gaussians&model.family=realnvp&model.layers=6');
  await choose(page, 'Reverse KL');
  await page.getByRole('slider', { name: 'Start' }).fill('0.2');
  await button(page, 'Play').click();
  await until(page, 'Steps taken').toBeGreaterThan(700);
  await rest(page);
  await expect(output(page, 'Modes covered')).not.toHaveText('');
  const covered = await read(page, 'Modes covered');
  expect(covered).toBeGreaterThan(0);
  expect(covered).toBeLessThan(8);
  // The weights see only what the model visits: ln Z is too small by about ln(8 / covered).
  expect(await read(page, 'Estimate of ln Z')).toBeLessThan(-0.05);
  expect(await read(page, 'ELBO in nats')).toBeLessThan(0);
  await expect(page.getByRole('figure', { name: 'ELBO' })).toBeVisible();
});

test('annealing keeps the modes', async ({ page }) => {
  const annealed = '&objective.kind=reverse-kl&objective.start=0.3&objective.path_gradient=false';
  await openAtRest(page, `#target.kind=eight-gaussians&model.family=realnvp&model.layers=6${annealed}`);
  await page.getByText('Training', { exact: true }).click();
  await page.getByRole('slider', { name: 'Steps of the run' }).fill('2');
  await page.getByRole('checkbox', { name: 'Annealing' }).check();
  await button(page, 'Play').click();
  await expect(button(page, 'Train on')).toBeVisible({ timeout: 90_000 });
  await until(page, 'Modes covered').toBe(8);
});

test('what a family does not have leaves the link', async ({ page }) => {
  await openAtRest(page);
  await choose(page, 'Spline');
  await page.getByRole('slider', { name: 'Pieces' }).fill('5');
  await page.getByText('More of the model').click();
  await page.getByRole('combobox', { name: 'Base distribution' }).selectOption('mixture, learned means');
  await expect.poll(() => page.url()).toContain('model.base.kind=mixture');
  const link = new URL(page.url()).hash;
  await page.goto('about:blank');
  await openAtRest(page, link);
  await expect(page.getByRole('slider', { name: 'Pieces' })).toHaveValue('5');
  await page.getByText('More of the model').click();
  await expect(page.getByRole('combobox', { name: 'Base distribution' })).toHaveValue('mixture');
});
