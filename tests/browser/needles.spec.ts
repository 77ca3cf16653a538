/** Columns of few values: their noise, and what the lessons with tables show. */

import { expect, test } from './page-test';

test('the noise is a slider, which the link has, and bits per dimension are told where it fills the steps', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/?lesson=needles&step=3');
  const bits = page.getByRole('status', { name: 'Bits per dimension' });
  await expect(bits).toHaveText(/\d/);
  await page.getByText('Change the experiment', { exact: true }).click();
  const noise = page.getByRole('slider', { name: 'Noise' });
  await expect(noise).toHaveAttribute('aria-valuetext', '1 of a step');
  await noise.fill('0.5');
  await expect(noise).toHaveAttribute('aria-valuetext', '0.5 of a step');
  await expect(bits).toHaveCount(0);
  await expect.poll(() => decodeURIComponent(page.url())).toContain('{"kind":"dequantise","step":0.5}');
  await noise.fill('0');
  await expect(noise).toHaveAttribute('aria-valuetext', 'off');
  await expect.poll(() => page.url()).toContain('target.transforms=[]&');
  await noise.fill('1');
  await expect(bits).toHaveText(/\d/);
});

test('a step that came later leaves the links to others as they are', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/?lesson=ordering&step=5');
  await expect(page.getByRole('heading', { name: 'The funnel' })).toBeVisible();
  await page.getByRole('button', { name: '← Back' }).click();
  await expect(page.getByRole('heading', { name: 'Four variables' })).toBeVisible();
  await expect(page).toHaveURL(/step=8/);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Four variables' })).toBeVisible();
});
