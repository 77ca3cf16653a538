/** Families that are no compositions of layers: each says what it can of a density, and no more. */

import { expect, test } from './page-test';
import { button, choose, openAtRest, output, rest, until } from './actions';

const SMALL = 'model.hidden=[32,32]&optimiser.batch=128';

test('flow matching learns a density that comes out by solving; what it has not is not there', async ({
  page,
}) => {
  await openAtRest(page, `#${SMALL}`);
  await page.getByText('Other families').click();
  await choose(page, 'Flow matching');
  await expect(page.getByRole('button', { name: /Flip the ordering/ })).toBeHidden();
  await expect(page.getByRole('radio', { name: 'Reverse KL' })).toBeDisabled();
  await expect(page.getByText('Flow matching does not learn from its own draws')).toBeVisible();
  await page.getByRole('combobox', { name: 'Solver' }).selectOption('midpoint');
  await button(page, 'Play').click();
  await until(page, 'KL in nats').toBeLessThan(0.9);
  await rest(page);
  await button(page, 'Layers').click();
  await page.getByRole('slider', { name: 'Along the layers' }).fill('0.1');
  await expect(page.getByText('one step along the velocity').first()).toBeVisible();
  await button(page, 'Masks').click();
  await expect(page.getByText('Flow matching has none: choose an autoregressive')).toBeVisible();
  // Back to a flow: its controls are there again, and the link has nothing of the other family.
  await choose(page, 'MAF');
  await expect(page.getByRole('button', { name: /Flip the ordering/ })).toBeVisible();
  await expect.poll(() => page.url()).not.toContain('midpoint');
});

test('the same target four ways: a density, one by solving, a bound, and none', async ({ page }) => {
  await openAtRest(page, `#${SMALL}&model.layers=2`);
  await button(page, 'Four ways').click();
  const table = page.getByRole('table', { name: 'The runs compared' });
  const row = (run: string) =>
    table.getByRole('row').filter({ has: page.getByRole('rowheader', { name: run, exact: true }) });
  await expect(row('B').getByRole('cell').nth(0)).toHaveText(/^\d/);
  await expect(row('C').getByRole('cell').nth(0)).toHaveText(/^≤ \d/);
  await expect(row('D').getByRole('cell').nth(0)).toHaveText('–');
  const last = page.getByRole('button', { name: /^Run D/ });
  await expect(last).toContainText('GAN');
  await last.click();
  await expect(page.getByText('A GAN has no density: no NLL, no KL.').first()).toBeVisible();
  await expect(output(page, 'KL in nats')).toBeHidden();
  await button(page, 'Play').click();
  await until(page, 'Steps taken').toBeGreaterThan(20);
});
