/** A table of four variables: its pair plot, its ordering by keyboard, and the chain rule's parts, which add up. */

import { expect, type Page, test } from './page-test';
import { button, openAtRest, output, read, until } from './actions';

const NAMES = ['beak_length_mm', 'beak_depth_mm', 'flipper_length_mm', 'body_mass_g'];

/** The panel of the model, not a view that shows the same cards. */
const panel = (page: Page) => page.getByRole('complementary', { name: 'Experiment' });
const chain = (page: Page) => page.getByRole('region', { name: 'Chain rule', exact: true });
const plot = (page: Page) => page.getByRole('group', { name: 'Pair plot', exact: true });

/** What the bars are of, from the first. */
const bars = (page: Page) =>
  chain(page)
    .getByRole('table', { name: /^Parts of the held-out NLL/ })
    .getByRole('rowheader')
    .allTextContents();

async function penguins(page: Page, hash = ''): Promise<void> {
  await openAtRest(
    page,
    `#model.family=made&model.hidden=[32]&optimiser.batch=64&optimiser.schedule.steps=400${hash}`,
  );
  await page.getByRole('radio', { name: 'Penguins' }).click();
  await expect(plot(page)).toBeVisible({ timeout: 30_000 });
}

test('penguins: trained, reordered by keyboard, and the bars follow and add up', async ({ page }) => {
  test.setTimeout(120_000);
  await penguins(page, '&views=chain');
  await expect.poll(() => bars(page)).toEqual(NAMES);
  await button(page, 'Play').click();
  await until(page, 'Steps taken').toBe(400);

  // The sum is the NLL.
  await expect(output(page, 'Held-out NLL at the same step in nats')).toBeVisible();
  const sum = await read(page, 'Sum of the bars in nats');
  expect(await read(page, 'Held-out NLL at the same step in nats')).toBeCloseTo(sum, 3);
  const values = await chain(page).getByRole('row').getByRole('cell').allTextContents();
  const parts = values.filter((text) => text !== '').map((text) => Number(text.replace('−', '-')));
  expect(parts).toHaveLength(4);
  expect(parts.reduce((all, part) => all + part, 0)).toBeCloseTo(sum, 2);

  // The last card, two places to the left.
  const card = panel(page).getByRole('button', { name: /^body_mass_g \(x4\), place/ });
  await card.focus();
  for (const place of [3, 2]) {
    await page.keyboard.press('ArrowLeft');
    await expect(card).toHaveAccessibleName(new RegExp(`place ${place} of 4`));
    await expect(card).toBeFocused();
  }
  const [first = '', second = '', third = '', last = ''] = NAMES;
  await expect.poll(() => page.url()).toContain('model.ordering=[0,3,1,2]');
  await expect.poll(() => bars(page)).toEqual([first, last, second, third]);

  // Orderings to begin with.
  await panel(page).getByRole('button', { name: 'Reversed', exact: true }).click();
  await expect.poll(() => page.url()).toContain('model.ordering=[2,1,3,0]');
  await panel(page).getByRole('button', { name: 'By correlation', exact: true }).click();
  // Flipper length has the strongest correlations, with mass most of all.
  await expect.poll(() => page.url()).toContain('model.ordering=[2,3,');
  await panel(page).getByRole('button', { name: 'Reset', exact: true }).click();
  await expect.poll(() => page.url()).not.toContain('model.ordering=[2');
});

test('the pair plot by keyboard: from pair to pair, made large, and back', async ({ page }) => {
  await penguins(page);
  await expect(
    plot(page).getByRole('img', { name: /^Pair plot at step 0, target .*4 of 4 variables/ }),
  ).toBeVisible();
  const pairs = plot(page).getByRole('button', { name: /make it large$/ });
  await expect(pairs).toHaveCount(6);
  // Both are there at rest, before the first step: two colours of dots, on a canvas that has the ground's elsewhere.
  const colours = () =>
    plot(page)
      .locator('canvas')
      .evaluate((canvas: HTMLCanvasElement) => {
        const { width, height } = canvas;
        const { data } = canvas.getContext('2d')?.getImageData(0, 0, width, height) ?? { data: [] };
        let [orange, dark] = [0, 0];
        for (let at = 0; at < data.length; at += 4) {
          const [red = 0, , blue = 0, alpha = 0] = [data[at], data[at + 1], data[at + 2], data[at + 3]];
          if (alpha > 0 && red - blue > 120) orange += 1;
          if (alpha > 0 && red < 110 && blue - red > -20) dark += 1;
        }
        return orange > 500 && dark > 500;
      });
  await expect.poll(colours).toBe(true);
  // One stop of the Tab key; arrows go on.
  await expect(plot(page).locator('.cell[tabindex="0"]')).toHaveCount(1);
  await pairs.first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await expect(pairs.nth(2)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(plot(page).getByText('has no exact form here')).toBeVisible();
  await expect(button(page, 'All pairs')).toBeFocused();
  await expect(
    plot(page).getByRole('img', { name: /^flipper_length_mm against beak_depth_mm at step/ }),
  ).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(pairs).toHaveCount(6);
  await expect(pairs.nth(2)).toBeFocused();

  // Fewer variables, by name.
  await button(page, 'Variables: 4 of 4').click();
  await page.getByRole('checkbox', { name: 'beak_depth_mm' }).uncheck();
  await page.keyboard.press('Escape');
  await expect(pairs).toHaveCount(3);
});

test('a view that needs a plane or a density says so', async ({ page }) => {
  await penguins(page, '&views=layers');
  await expect(page.getByText('This view looks at a plane')).toBeVisible();
  await button(page, 'Breaking points').click();
  await expect(page.getByText('This view needs the target’s own density')).toBeVisible();
});

test('masks, memory and cost are of four variables', async ({ page }) => {
  await penguins(page, '&views=masks');
  await expect(page.getByRole('slider', { name: 'Variables' })).toHaveAttribute(
    'aria-valuetext',
    '4, as on the stage',
  );
  await page.getByRole('checkbox', { name: 'trained weights' }).check();
  await expect(page.getByRole('img', { name: /^Output: x4 may read x1, x2, x3/ })).toBeVisible();
  await button(page, 'Cost').click();
  // MADE generates variable by variable.
  await expect(output(page, 'Passes for a sample')).toHaveText('4');
  await page.getByRole('radio', { name: 'RealNVP', exact: true }).click();
  await button(page, 'Memory').click();
  await expect(output(page, 'Bytes stored')).toBeVisible({ timeout: 30_000 });
});

test('the ordering search lists all 24, and one goes to the stage', async ({ page }) => {
  test.setTimeout(180_000);
  await penguins(page, '&views=orderings');
  await button(page, 'Search').click();
  const rows = page.getByRole('table', { name: /^Orderings by held-out NLL/ }).getByRole('rowheader');
  await expect(rows).toHaveCount(24, { timeout: 120_000 });
  await expect(page.getByText(/more than seeds do/)).toBeVisible();
  await button(page, 'Stop').click();
  await page
    .getByRole('button', { name: /^Put the ordering body_mass_g, flipper_length_mm, beak_length_mm/ })
    .click();
  await expect.poll(() => page.url()).toContain('model.ordering=[3,2,0,1]');
});
