/** The whole line, as a person walks it: draw, train, flip, heat, share. */

import { expect, test } from './page-test';
import { button, choose, curve, draw, kl, openAtRest, output, read, rest, steps, until } from './actions';

test('the first visit starts learning two moons by itself', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await page.goto('/');
  await until(page, 'Steps taken').toBeGreaterThan(20);
  await expect(page.getByRole('radio', { name: 'Two moons' })).toBeChecked();
  await until(page, 'KL in nats').toBeLessThan(0.5);
});

test('a drawn blob is learned: the KL falls under 0.3', async ({ page }) => {
  await openAtRest(page);
  await choose(page, 'Draw your own');
  await draw(page, [
    [0.3, 0.4],
    [0.5, 0.3],
    [0.6, 0.5],
    [0.4, 0.6],
  ]);
  await until(page, 'KL in nats').toBeGreaterThan(0.3);
  await button(page, 'Play').click();
  await until(page, 'KL in nats').toBeLessThan(0.3);
});

test('the ordering decides on the crescent', async ({ page }) => {
  await openAtRest(page);
  await choose(page, 'Crescent');
  await choose(page, 'MADE');
  await button(page, 'Play').click();
  await until(page, 'Steps taken').toBeGreaterThan(1500);
  expect(await kl(page)).toBeGreaterThan(0.3);
  await button(page, 'Flip the ordering, now p(x1) p(x2 given x1)').click();
  await expect(button(page, 'Flip the ordering, now p(x2) p(x1 given x2)')).toBeVisible();
  await until(page, 'KL in nats').toBeLessThan(0.02);
});

test('the spread of the samples follows the temperature', async ({ page }) => {
  await openAtRest(page);
  await button(page, 'Play').click();
  await until(page, 'Steps taken').toBeGreaterThan(100);
  await rest(page);
  const slider = page.getByRole('slider', { name: 'Temperature' });
  await slider.fill('0');
  await until(page, 'Spread of the samples').toBe(0);
  for (const temperature of ['0.5', '1', '1.5']) {
    const before = await read(page, 'Spread of the samples');
    await slider.fill(temperature);
    await until(page, 'Spread of the samples').toBeGreaterThan(before + 0.1);
  }
});

test('a link brings back the drawing and the same NLL curve', async ({ page, context }) => {
  await openAtRest(page);
  await choose(page, 'RealNVP');
  await choose(page, 'Draw your own');
  await draw(page, [
    [0.2, 0.8],
    [0.5, 0.2],
    [0.8, 0.8],
  ]);
  await button(page, 'Done').click();
  await expect.poll(() => page.url()).toContain('drawing=');
  await button(page, 'Play').click();
  await until(page, 'Steps taken').toBeGreaterThan(210);
  await rest(page);
  const first = await curve(page);
  expect([...first.keys()].slice(0, 5)).toEqual(['0', '50', '100', '150', '200']);

  const link = page.url();
  const other = await context.newPage();
  await openAtRest(other, new URL(link).hash);
  await expect(other.getByRole('radio', { name: 'RealNVP' })).toBeChecked();
  await expect(other.getByRole('radio', { name: 'Draw your own' })).toBeChecked();
  await button(other, 'Play').click();
  await until(other, 'Steps taken').toBeGreaterThan(210);
  await rest(other);
  const second = await curve(other);
  for (const step of ['0', '50', '100', '150', '200'])
    expect(second.get(step), `NLL at ${step}`).toBe(first.get(step));
  // What the page now writes into its address is the link that it was opened with: the drawing is the same.
  await choose(other, 'MAF');
  await choose(other, 'RealNVP');
  await expect.poll(() => new URL(other.url()).hash).toBe(new URL(link).hash);
});

test('drawing while training retargets the run: it goes on', async ({ page }) => {
  await openAtRest(page);
  await button(page, 'Play').click();
  await until(page, 'Steps taken').toBeGreaterThan(60);
  await button(page, 'Draw your own')
    .or(page.getByRole('radio', { name: 'Draw your own' }))
    .click();
  const before = await steps(page);
  await draw(page, [
    [0.7, 0.3],
    [0.75, 0.7],
  ]);
  await until(page, 'Steps taken').toBeGreaterThan(before + 20);
  await expect(page.getByText('Your drawing.')).toBeVisible();
  await until(page, 'KL in nats').toBeLessThan(0.5);
});

test('a canvas that is wiped while a model trains is learned again from the next stroke on', async ({
  page,
}) => {
  await openAtRest(page, '#optimiser.schedule.kind=constant');
  await page.keyboard.press('d');
  await draw(page, [
    [0.3, 0.3],
    [0.7, 0.3],
  ]);
  await button(page, 'Play').click();
  await until(page, 'Steps taken').toBeGreaterThan(10);
  await button(page, 'Clear').click();
  await expect(page.getByRole('alert')).toBeVisible();
  await draw(page, [
    [0.3, 0.7],
    [0.7, 0.7],
  ]);
  await expect(button(page, 'Pause')).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await until(page, 'Steps taken').toBeGreaterThan(100);
  await until(page, 'KL in nats').toBeLessThan(0.8);
});

test('a run at the end of its cycle rests, and can train on', async ({ page }) => {
  await openAtRest(page, '#model.family=made&optimiser.schedule.steps=150');
  await button(page, 'Play').click();
  await expect(button(page, 'Train on')).toBeVisible();
  await expect(output(page, 'Steps taken')).toHaveText('150');
  await button(page, 'Train on').click();
  await until(page, 'Steps taken').toBe(300);
});
