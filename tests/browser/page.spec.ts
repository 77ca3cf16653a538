/** The page itself: keys, touch, sizes, colours, accessibility, and that it asks nothing of anybody else. */

import { manifest } from './core';
import { expect, test, type Page } from './page-test';
import { axe } from './axe';
import { button, choose, draw, drawWithFinger, openAtRest, output, serve, until } from './actions';

test('the keyboard alone: train, flip, draw, undo', async ({ page }) => {
  await openAtRest(page);
  await page.keyboard.press('s');
  await expect(output(page, 'Steps taken')).toHaveText('1');
  await page.keyboard.press('Space');
  await until(page, 'Steps taken').toBeGreaterThan(20);
  await page.keyboard.press('Space');
  await expect(button(page, 'Play')).toBeVisible();
  await page.keyboard.press('r');
  await expect(output(page, 'Steps taken')).toHaveText('0');
  await page.keyboard.press('o');
  await expect(button(page, 'Flip the ordering, now p(x2) p(x1 given x2)')).toBeVisible();

  await page.keyboard.press('d');
  await page.getByRole('application').focus();
  await page.keyboard.press('Enter');
  for (let i = 0; i < 6; i++) await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('radio', { name: 'Draw your own' })).toBeChecked();
  const two = page.url();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('radio', { name: 'Two moons' })).toBeChecked();
  await page.keyboard.press('Control+Shift+z');
  await expect(page.getByRole('radio', { name: 'Draw your own' })).toBeChecked();
  expect(two).not.toBe('');
});

test('a radio group is one stop of the Tab key, and the arrow keys choose in it', async ({ page }) => {
  await openAtRest(page);
  const chosen = (name: string) => page.getByRole('radio', { name, exact: true });
  await chosen('Two moons').focus();
  await page.keyboard.press('ArrowRight');
  await expect(chosen('Crescent')).toBeChecked();
  await expect(chosen('Crescent')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'What is Training points?' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('slider', { name: 'Training points' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(chosen('MAF')).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(chosen('MADE')).toBeChecked();
  // What stands behind the families: others, folded away, then the ordering.
  await page.keyboard.press('Tab');
  await expect(page.getByText('Other families')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'What is Ordering?' })).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  await expect(chosen('MADE')).toBeFocused();
});

test('a view is opened, used and closed with the keyboard alone', async ({ page }) => {
  await openAtRest(page, '#target.kind=crescent&model.family=made');
  await button(page, 'Conditionals').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('slider', { name: 'Given x₁' })).toBeVisible();
  const reach = async (name: string) => {
    // Past the buttons of all views.
    for (let i = 0; i < 30; i++) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
      if (focused === name) return;
    }
    throw new Error(`${name} was not reached`);
  };
  await reach('Given x₁');
  const slider = page.getByRole('slider', { name: 'Given x₁' });
  const before = Number(await slider.inputValue());
  await page.keyboard.press('ArrowRight');
  expect(Number(await slider.inputValue())).toBeGreaterThan(before);
  await button(page, 'Close Conditionals').focus();
  await page.keyboard.press('Enter');
  await expect(slider).toBeHidden();
});

test('dragging a slider is one change to undo', async ({ page }) => {
  await openAtRest(page);
  const layers = page.getByRole('slider', { name: 'Layers' });
  await layers.focus();
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
  await expect(layers).toHaveValue('8');
  await button(page, 'Undo').click();
  await expect(layers).toHaveValue('5');
  await button(page, 'Redo').click();
  await expect(layers).toHaveValue('8');
});

test('every family and every target trains', async ({ page }) => {
  await openAtRest(page);
  const targets = page.getByRole('radiogroup', { name: 'Target' }).getByRole('radio');
  const families = page.getByRole('radiogroup', { name: 'Family' }).getByRole('radio');
  await button(page, 'Play').click();
  // Behind them are drawings and tables.
  const count = manifest.targets.length;
  for (let i = 0; i < count; i++) {
    await targets.nth(i).click();
    await families.nth(i % (await families.count())).click();
    await until(page, 'Steps taken').toBeGreaterThan(10);
    await until(page, 'KL in nats').toBeLessThan(20);
    await expect(page.getByRole('alert')).toBeHidden();
  }
});

test('a target of the gallery can be gone on with as a drawing', async ({ page }) => {
  await openAtRest(page);
  await choose(page, 'Checkerboard');
  await choose(page, 'Draw your own');
  await button(page, 'Start from this target').click();
  await expect(page.getByText('Your drawing.')).toBeVisible();
  // The checkerboard lies on the drawing's cells exactly: the entropy is that of the board, ln 32.
  await until(page, 'Entropy in nats').toBeCloseTo(3.466, 1);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('a finger draws on the stage, and it is learned', async ({ page }) => {
    await openAtRest(page);
    await button(page, 'Target').tap();
    await page.getByRole('radio', { name: 'Draw your own' }).tap();
    await drawWithFinger(page, [
      [0.3, 0.3],
      [0.4, 0.5],
      [0.6, 0.5],
      [0.7, 0.3],
    ]);
    await button(page, 'Done').tap();
    await button(page, 'Play').tap();
    await until(page, 'KL in nats').toBeLessThan(0.5);
  });

  test('nothing is wider than the screen, and the targets of a finger are large', async ({ page }) => {
    await openAtRest(page);
    for (const tab of ['Target', 'Model', 'Curve']) {
      await button(page, tab).tap();
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(wide).toBeLessThanOrEqual(0);
    }
    const box = await button(page, 'Play').boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(44);
  });
});

for (const [width, height] of [
  [1440, 900],
  [1024, 768],
] as const) {
  test(`one screen without scrolling at ${width}x${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await openAtRest(page);
    const over = await page.evaluate(() => [
      document.documentElement.scrollWidth - innerWidth,
      document.documentElement.scrollHeight - innerHeight,
    ]);
    expect(over).toEqual([0, 0]);
    const stage = await page.getByRole('img', { name: /Learned density/ }).boundingBox();
    expect(stage?.height).toBeGreaterThan(0.5 * height);
  });
}

const serious = async (page: Page) => {
  const { violations } = await axe(page).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
  return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join('; ')}`);
};

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on the laboratory, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await openAtRest(page);
    await page.getByText('More of the model').click();
    await page.getByText('Training', { exact: true }).click();
    await choose(page, 'Draw your own');
    await button(page, 'table').click();
    expect(await serious(page)).toEqual([]);
    await button(page, 'Help').click();
    expect(await serious(page)).toEqual([]);
  });

  test(`axe finds nothing on a phone, ${colorScheme}`, async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.emulateMedia({ colorScheme });
    await openAtRest(page);
    for (const tab of ['Target', 'Model', 'Curve']) {
      await button(page, tab).click();
      expect(await serious(page)).toEqual([]);
    }
    await button(page, 'Target').click();
    await choose(page, 'Draw your own');
    await expect(button(page, 'Gaussian stamp')).toBeVisible();
    expect(await serious(page)).toEqual([]);
  });
}

test('a term can be asked what it means', async ({ page }) => {
  await openAtRest(page);
  await button(page, 'What is KL divergence?').click();
  await expect(page.getByText('How much worse the model explains the target')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText('How much worse the model explains the target')).toBeHidden();
});

test.describe('as it is published', () => {
  test.use({ serviceWorkers: 'allow' });

  test('nothing is asked of another site, and nothing goes wrong quietly', async ({ page, baseURL }) => {
    const asked: string[] = [];
    const said: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(error.message));
    await openAtRest(page);
    await choose(page, 'Draw your own');
    await draw(page, [
      [0.3, 0.3],
      [0.5, 0.5],
    ]);
    await button(page, 'Play').click();
    await until(page, 'Steps taken').toBeGreaterThan(20);
    expect(asked.filter((url) => !url.startsWith(baseURL ?? '') && !url.startsWith('data:'))).toEqual([]);
    expect(said).toEqual([]);
  });
});

test('the built page works from a sub-path of any file server', async ({ page }) => {
  const { server, url } = await serve();
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await page.goto(url);
  await until(page, 'Steps taken').toBeGreaterThan(5);
  server.close();
});
