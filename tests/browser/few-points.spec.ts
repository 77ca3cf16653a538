/** Few points, with the truth known: the curves part, and early stopping brings the model back. */

import { expect, test } from './page-test';
import { button, notTheFirstTime, openAtRest, output, read } from './actions';

const SMALL = '#model.layers=3&model.hidden=[32,32]&optimiser.schedule.steps=2000';

test('thirty points are learned by heart, and early stopping is the cure', async ({ page }) => {
  await openAtRest(page, SMALL);
  await expect(page.getByRole('slider', { name: 'Training points' })).toHaveAttribute(
    'aria-valuetext',
    'fresh',
  );
  await expect(page.getByRole('checkbox', { name: 'Early stopping' })).toBeHidden();
  await page.getByRole('slider', { name: 'Training points' }).fill('2');
  await expect.poll(() => page.url()).toContain('training_set.count=30');
  await expect(page.getByRole('group', { name: 'On the stage' }).getByText('training points')).toBeVisible();
  await button(page, 'Play').click();
  await expect(button(page, 'Train on')).toBeVisible({ timeout: 60_000 });
  await expect.poll(() => read(page, 'Steps taken')).toBe(2000);
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
  // It begins anew by itself, and ends a thousand steps after the best one.
  const after = async () => (await read(page, 'Steps taken')) - (await read(page, 'Best step'));
  await expect.poll(after, { timeout: 60_000 }).toBe(1000);
  await expect(button(page, 'Train on')).toBeVisible();
  expect(await read(page, 'KL in nats')).toBeLessThan(0.5 * sick);
});

test('what needs points goes with them', async ({ page }) => {
  await openAtRest(page, `${SMALL}&training_set.kind=sample&training_set.count=100`);
  const slider = page.getByRole('slider', { name: 'Training points' });
  await expect(slider).toHaveAttribute('aria-valuetext', '100');
  await page.getByRole('slider', { name: 'Jitter' }).fill('3');
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
  // The points come with the target's picture.
  await expect(page.getByText('training points', { exact: true })).toBeVisible();
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

test('a dot can be moved, added and taken away, by mouse and by keyboard', async ({ page }) => {
  await openAtRest(page, `${SMALL}&training_set.kind=sample&training_set.count=10`);
  await expect(page.getByText('training points', { exact: true })).toBeVisible();
  await button(page, 'Move the points').click();
  const area = page.getByRole('application', { name: /^Training points/ });
  const box = (await area.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const corner = [box.x + 30, box.y + 30] as const;
  const slider = page.getByRole('slider', { name: 'Training points' });
  // A click where there is none adds one.
  await page.mouse.click(...corner);
  await expect(slider).toHaveAttribute('aria-valuetext', '11, by hand');
  const points = () =>
    JSON.parse(/training_set\.points=([^&]*)/.exec(decodeURIComponent(page.url()))?.[1] ?? '[]') as number[];
  await expect.poll(() => points().length).toBe(22);
  const added = points().slice(20);
  // It can be dragged.
  await page.mouse.move(...corner);
  await page.mouse.down();
  await page.mouse.move(corner[0] + 60, corner[1] + 40, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => points().slice(20)).not.toEqual(added);
  expect(points()[20]).toBeGreaterThan(added[0] ?? Infinity);
  expect(points()[21]).toBeLessThan(added[1] ?? -Infinity);
  // Keys: the last one is chosen, moved, and taken away.
  await area.focus();
  await page.keyboard.press('PageUp');
  const before = points();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => points().join()).not.toBe(before.join());
  await page.keyboard.press('Delete');
  await expect(slider).toHaveAttribute('aria-valuetext', '10, by hand');
  // Ten are the least.
  await page.keyboard.press('PageDown');
  await page.keyboard.press('Delete');
  await expect(page.getByText('Ten points are the least')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(area).toBeHidden();
  // They were put for this target: another one has a sample of its own.
  await page.getByRole('radio', { name: 'Crescent' }).click();
  await expect(slider).toHaveAttribute('aria-valuetext', '10');
});

test('how many points: the families side by side, begun and stopped', async ({ page }) => {
  await openAtRest(page, '#model.hidden=[8]&model.layers=1&views=efficiency');
  await button(page, 'Measure the families').click();
  await expect(page.getByRole('rowheader', { name: 'Spline' })).toBeVisible({ timeout: 60_000 });
  await button(page, 'Stop').click();
  await expect(button(page, 'Measure again')).toBeVisible();
  await expect(page.getByRole('img', { name: /^KL by training points/ })).toBeVisible();
  await page.getByTitle('Put RealNVP with 300 points on the stage').click();
  await expect.poll(() => page.url()).toContain('training_set.count=300');
  await expect(page.getByRole('radio', { name: 'RealNVP', exact: true })).toBeChecked();
  await expect(page.getByRole('checkbox', { name: 'Early stopping' })).toBeChecked();
});
