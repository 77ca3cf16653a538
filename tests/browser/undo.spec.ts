/** Whatever begins a run anew, one undo brings what was trained back. */

import { expect, test, type Page } from './page-test';
import { button, choose, curve, draw, kl, openAtRest, rest, steps, until } from './actions';

/** A run without an end: however slow the machine, it trains when it is looked at. */
const ENDLESS = '#optimiser.schedule.kind=constant';

/** Trains for a moment and rests: at that step, or at one that is still to be shown. */
async function train(page: Page, least = 60): Promise<number> {
  await button(page, 'Play').click();
  await until(page, 'Steps taken').toBeGreaterThan(least);
  await rest(page);
  return steps(page);
}

const BEGUN_ANEW: [string, (page: Page) => Promise<void>][] = [
  ['reset', (page) => button(page, 'Reset').click()],
  ['the key for it', (page) => page.keyboard.press('r')],
  ['another target', (page) => choose(page, 'Pinwheel')],
  ['another family', (page) => choose(page, 'MADE')],
  ['a link', (page) => page.evaluate(() => void (location.hash = '#target.kind=pinwheel&seed=7'))],
  ['another ordering', (page) => page.keyboard.press('o')],
  [
    'a drawing on a run at rest',
    async (page) => {
      await choose(page, 'Draw your own');
      await draw(page, [
        [0.3, 0.3],
        [0.6, 0.6],
      ]);
      await button(page, 'Done').click();
    },
  ],
];

for (const [what, begin] of BEGUN_ANEW) {
  test(`${what}: one undo brings the trained run back, and redo leads on`, async ({ page }) => {
    await openAtRest(page, ENDLESS);
    const seen = await train(page);
    const curveBefore = await curve(page);
    await page.getByRole('heading', { name: 'Density Playground' }).click();
    await begin(page);
    await until(page, 'Steps taken').toBe(0);
    await button(page, 'Undo').click();
    await until(page, 'Steps taken').toBeGreaterThanOrEqual(seen);
    const trained = await steps(page);
    await expect(button(page, 'Play')).toBeVisible();
    // Its curve goes on, with an evaluation where it rests.
    const after = await curve(page);
    expect([...after].slice(0, curveBefore.size)).toEqual([...curveBefore]);
    expect(after.has(String(trained))).toBe(true);
    await button(page, 'Redo').click();
    await until(page, 'Steps taken').toBe(0);
    await button(page, 'Undo').click();
    await until(page, 'Steps taken').toBe(trained);
    expect(await curve(page)).toEqual(after);
  });
}

test('while a run trains, undo goes on with the run that was left', async ({ page }) => {
  await openAtRest(page, ENDLESS);
  await train(page, 300);
  await button(page, 'Play').click();
  await choose(page, 'Pinwheel');
  await until(page, 'Steps taken').toBeLessThan(300);
  await button(page, 'Undo').click();
  await until(page, 'Steps taken').toBeGreaterThan(300);
  await expect(button(page, 'Pause')).toBeVisible();
  expect(await kl(page)).toBeLessThan(1);
});

test('side by side, a target that is taken back brings all runs back', async ({ page }) => {
  await openAtRest(page, `${ENDLESS}&2.model.family=made`);
  const trained = await train(page);
  await choose(page, 'Pinwheel');
  const taken = page.getByRole('status', { name: 'Steps taken', exact: true });
  await expect.poll(() => taken.allTextContents()).toEqual(['0']);
  await button(page, 'Undo').click();
  await until(page, 'Steps taken').toBeGreaterThanOrEqual(trained);
  await page.getByRole('button', { name: /^Run B/ }).click();
  await until(page, 'Steps taken').toBeGreaterThan(0);
});
