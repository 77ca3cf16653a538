/** A walk through the page with the keyboard alone: everything is reached by Tab, and what has the focus can be seen. */

import { writeFile } from 'node:fs/promises';
import { expect, test, type Page } from './page-test';
import { en } from '../../www/i18n/en';
import { openAtRest, output, until } from './actions';

/** What has the focus, as a screen reader calls it. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const one = document.activeElement;
    if (!(one instanceof HTMLElement || one instanceof SVGElement) || one === document.body) return '';
    const label = one instanceof HTMLInputElement ? one.labels?.[0]?.textContent : undefined;
    return (one.ariaLabel ?? label ?? one.textContent).trim().replace(/\s+/g, ' ');
  });

/** The focus is somewhere, inside the screen, with nothing over it and a line around it. */
async function seen(page: Page): Promise<void> {
  const trouble = await page.evaluate(() => {
    const one = document.activeElement;
    if (!one || one === document.body) return 'nothing has the focus';
    const { left, top, width, height } = one.getBoundingClientRect();
    const inside = left + width > 0 && top + height > 0 && left < innerWidth && top < innerHeight;
    if (!inside || width === 0) return `out of sight: ${one.outerHTML.slice(0, 200)}`;
    const x = Math.min(innerWidth - 1, Math.max(0, left + width / 2));
    const y = Math.min(innerHeight - 1, Math.max(0, top + height / 2));
    const hit = document.elementFromPoint(x, y);
    if (!hit || !(one.contains(hit) || hit.contains(one))) return `covered: ${one.outerHTML.slice(0, 200)}`;
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    if (outlineStyle === 'none' || parseFloat(outlineWidth) < 1)
      return `no line: ${one.outerHTML.slice(0, 200)}`;
    return '';
  });
  expect(trouble).toBe('');
}

/** Presses Tab, forwards or back, until what is named has the focus. */
async function reach(page: Page, name: string | RegExp, back = false): Promise<void> {
  const passed: string[] = [];
  for (let i = 0; i < 120; i++) {
    const here = await focused(page);
    if (typeof name === 'string' ? here === name : name.test(here)) return seen(page);
    await page.keyboard.press(back ? 'Shift+Tab' : 'Tab');
    passed.push(await focused(page));
  }
  throw new Error(`${String(name)} was not reached: ${passed.join(' | ')}`);
}

for (const [width, height] of [
  [1440, 900],
  [390, 844],
] as const)
  test(`the keyboard alone, ${width}x${height}`, async ({ page }, info) => {
    test.setTimeout(240_000);
    const phone = width < 900;
    // From now on no window of the system opens, however slow the machine is.
    page.on('filechooser', () => undefined);
    await page.setViewportSize({ width, height });
    await openAtRest(page, '#model.family=made');
    const press = (...keys: string[]) =>
      keys.reduce((done, key) => done.then(() => page.keyboard.press(key)), Promise.resolve());
    /** On a phone a panel is a sheet that is opened first. */
    const open = async (tab: string) => {
      if (!phone) return;
      await reach(page, tab);
      const sheet = page.getByRole('button', { name: tab, exact: true });
      if ((await sheet.getAttribute('aria-expanded')) !== 'true') await press('Enter');
    };

    // A target, and one of one's own.
    await open('Target');
    await reach(page, 'Two moons');
    await press('ArrowRight');
    expect(await focused(page)).toBe('Crescent');
    await seen(page);
    await press('ArrowLeft', 'ArrowLeft');
    // The tables stand behind it.
    for (const table of ['Wine', 'Penguins', 'Old Faithful']) {
      expect(await focused(page)).toBe(table);
      await seen(page);
      await expect(page.getByRole('radio', { name: table, exact: true })).toBeChecked();
      await press('ArrowLeft');
    }
    expect(await focused(page)).toBe('Draw your own');
    await press('Enter');
    await expect.poll(() => focused(page)).toBe(en.panels.draw.area);
    await seen(page);
    await press('Enter', 'Shift+ArrowRight', 'Enter', 'Shift+ArrowUp', 'Enter');
    await expect(page).toHaveURL(/drawing=/);
    await press('Escape');
    await expect(page.getByRole('application')).toHaveCount(0);
    await expect.poll(() => focused(page)).not.toBe('');
    await seen(page);

    // The ordering; training.
    await open('Model');
    await reach(page, /^Flip the ordering, now p\(x1\)/);
    await press('Enter');
    await expect.poll(() => focused(page)).toMatch(/^Flip the ordering, now p\(x2\)/);
    await reach(page, 'Play', true);
    await press('Enter');
    await until(page, 'Steps taken').toBeGreaterThan(20);
    expect(await focused(page)).toBe('Pause');
    await press('Enter');
    await reach(page, 'Reset');
    await press('Enter');
    await expect(output(page, 'Steps taken')).toHaveText('0');

    // Side by side, and alone again.
    await reach(page, /^Ordering twin/);
    await press('Enter');
    await expect(page.getByRole('table', { name: 'The runs compared' })).toBeVisible();
    await reach(page, 'Remove run B', true);
    await press('Enter');
    await expect(page.getByRole('img', { name: /Learned density/ })).toHaveCount(1);
    await expect.poll(() => focused(page)).not.toBe('');
    await seen(page);

    // Every view, there and back.
    await open('Views');
    for (const { title } of Object.values(en.viewNames)) {
      await reach(page, title);
      await press('Enter');
      await reach(page, `Close ${title}`);
      await press('Enter');
      await expect.poll(() => focused(page)).toBe(title);
      await seen(page);
    }

    // Share, and away again.
    await reach(page, 'Share', true);
    await press('Enter');
    await reach(page, 'Copy link');
    await press('Escape');
    await expect.poll(() => focused(page)).toBe('Share');
    await seen(page);

    // A file.
    const points = info.outputPath('points.csv');
    await writeFile(points, `x,y\n${Array.from({ length: 40 }, (_, i) => `${i % 7},${i % 5}`).join('\n')}\n`);
    await reach(page, 'Files');
    await press('Enter');
    await reach(page, en.files.open);
    const chooser = page.waitForEvent('filechooser');
    await press('Enter');
    await (await chooser).setFiles(points);
    await expect(page.getByRole('region', { name: 'What you brought' })).toBeVisible();
    await reach(page, en.files.brought.use);
    await press('Enter');
    await expect(page.getByRole('region', { name: 'What you brought' })).toHaveCount(0);
    await expect.poll(() => focused(page)).not.toBe('');
    await seen(page);

    // Undo, until there is nothing to undo.
    await reach(page, 'Undo', true);
    for (let i = 0; i < 20 && (await page.getByRole('button', { name: 'Undo' }).isEnabled()); i++)
      await press('Enter');
    await expect.poll(() => focused(page)).toBe('Redo');
    await seen(page);
    // The two moons that the page began with.
    await until(page, 'Entropy in nats').toBeCloseTo(1.01, 1);
  });
