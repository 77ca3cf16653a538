/** Runs side by side, the open views, the tour. */

import { expect, type Page, test } from './page-test';
import { axe } from './axe';
import { VIEWS, button, choose, openAtRest, openView, output, rest, until } from './actions';

const row = (page: Page, name: string) =>
  page.getByRole('table', { name: 'The runs compared' }).getByRole('row', { name: new RegExp(`^${name} `) });
const cell = async (page: Page, name: string, column: number) =>
  Number.parseFloat(
    ((await row(page, name).getByRole('cell').nth(column).textContent()) ?? '').replace('−', '-'),
  );

test('the ordering twin: one fits the crescent, one can’t, and the link brings both back', async ({
  page,
  context,
}) => {
  await openAtRest(page, '#target.kind=crescent&model.family=made');
  await button(page, 'Ordering twin').click();
  await expect(page.getByRole('img', { name: /Learned density/ })).toHaveCount(2);
  await button(page, 'Play').click();
  await expect.poll(() => cell(page, 'B', 1)).toBeLessThan(0.02);
  await expect.poll(() => cell(page, 'A', 1)).toBeGreaterThan(0.3);
  await expect(row(page, 'B').getByRole('cell').nth(1)).toContainText('(best)');
  await expect(page).toHaveURL(/&2\.model\.ordering=\[1,0\]/);

  const other = await context.newPage();
  await openAtRest(other, new URL(page.url()).hash);
  await expect(row(other, 'B')).toBeVisible();
  await other.getByRole('button', { name: /^Run B/ }).click();
  await expect(button(other, 'Flip the ordering, now p(x2) p(x1 given x2)')).toBeVisible();
});

test('up to four runs, each changed by itself; a target for all; removed again', async ({ page }) => {
  await openAtRest(page, '#model.family=made');
  for (let i = 0; i < 3; i++) await button(page, 'Copy').click();
  await expect(button(page, 'Copy')).toBeDisabled();
  await page.getByRole('button', { name: /^Run D/ }).click();
  await choose(page, 'NICE');
  await expect(page.getByRole('button', { name: /^Run D/ })).toContainText('NICE');
  await expect(page.getByRole('button', { name: /^Run A/ })).toContainText('MADE');
  await choose(page, 'Pinwheel');
  await expect(page.getByRole('img', { name: /target Pinwheel/ })).toHaveCount(4);
  await button(page, 'Play').click();
  for (const name of ['A', 'B', 'C', 'D']) await expect.poll(() => cell(page, name, 4)).toBeGreaterThan(5);
  await rest(page);
  for (const name of ['D', 'C', 'B']) await button(page, `Remove run ${name}`).click();
  await expect(page.getByRole('table', { name: 'The runs compared' })).toBeHidden();
  await expect(page.getByRole('img', { name: /Learned density/ })).toHaveCount(1);
});

test('a pinned view stays, the open views are in the link, a view can be large', async ({
  page,
  context,
}) => {
  await openAtRest(page);
  await button(page, 'Layers').click();
  await button(page, 'Pin Layers').click();
  await button(page, 'Cost').click();
  await button(page, 'Modes').click();
  await expect(page.getByRole('region', { name: 'Cost', exact: true })).toBeHidden();
  await button(page, 'Make Layers large').click();
  await expect(page.getByRole('region', { name: 'Modes', exact: true })).toBeHidden();
  await expect(page).toHaveURL(/views=layers\*!,modes/);
  const other = await context.newPage();
  await openAtRest(other, new URL(page.url()).hash);
  await expect(button(other, 'Make Layers large')).toHaveAttribute('aria-pressed', 'true');
  await button(other, 'All views').click();
  await expect(other.getByRole('region', { name: 'Modes', exact: true })).toBeVisible();
  await button(other, 'Close Layers').click();
  await expect(other).toHaveURL(/views=modes$/);
});

test('links to views and runs that there are not are refused with a sentence', async ({ page }) => {
  for (const [hash, sentence] of [
    ['#views=kitchen', '“kitchen” in it is not a view'],
    ['#7.seed=1', 'of run 7'],
    ['#temperature=hot', 'its temperature is hot'],
    ['#2.model.layers=99', 'model.layers is 99'],
  ] as const) {
    await page.goto('about:blank');
    await page.goto(`/${hash}`);
    await expect(page.getByRole('alert')).toContainText(sentence);
    await button(page, 'Start with two moons').click();
    await until(page, 'Steps taken').toBeGreaterThan(3);
  }
});

test('a first visit is shown around, beside the training; the next one is not', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await page.goto('/');
  const card = page.getByRole('dialog', { name: /^Tour, step 1 of 5/ });
  await expect(card).toBeVisible();
  await until(page, 'Steps taken').toBeGreaterThan(10);
  await page.keyboard.press('Escape');
  await expect(card).toBeHidden();
  await page.reload();
  await until(page, 'Steps taken').toBeGreaterThan(10);
  await expect(card).toBeHidden();
});

test('the tour: five steps, skipped and found again', async ({ page }) => {
  await openAtRest(page);
  const card = page.getByRole('dialog', { name: /^Tour/ });
  await expect(card).toBeHidden();
  await button(page, 'Help').click();
  await button(page, 'Take the tour').click();
  for (let step = 1; step < 5; step++) {
    await expect(card).toHaveAccessibleName(new RegExp(`step ${step} of 5`));
    const { violations } = await axe(page).analyze();
    expect(violations.map((v) => v.id)).toEqual([]);
    await card.getByRole('button', { name: 'Next' }).click();
  }
  await card.getByRole('button', { name: 'Close' }).click();
  await expect(card).toBeHidden();
});

for (const [colorScheme, width, height] of [
  ['light', 1440, 900],
  ['dark', 1024, 768],
  ['light', 390, 844],
] as const) {
  test(`axe finds nothing on any view, ${colorScheme} at ${width}x${height}`, async ({ page }) => {
    test.setTimeout(400_000);
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height });
    await openAtRest(page, '#target.kind=eight-gaussians&model.family=made');
    if (width < 900) await button(page, 'Views').click();
    for (const view of VIEWS) {
      await openView(page, view);
      await page.getByRole('button', { name: /^What am I looking at/ }).click();
      // A view changes itself, the buttons of the views, and what is marked on the stage; all else stays as it was.
      const looked = axe(page);
      if (view !== VIEWS[0]) looked.include('section.views').include('main');
      const { violations } = await looked.withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
      expect({
        view,
        found: violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join('; ')}`),
      }).toEqual({
        view,
        found: [],
      });
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect({ view, over }).toEqual({ view, over: 0 });
    }
  });
}

test('axe finds nothing on runs side by side', async ({ page }) => {
  await openAtRest(page, '#target.kind=crescent&model.family=made&2.model.ordering=[1,0]&3.seed=2');
  const { violations } = await axe(page).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
  expect(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join('; ')}`)).toEqual([]);
  await expect(output(page, 'Steps taken')).toHaveText('0');
});
