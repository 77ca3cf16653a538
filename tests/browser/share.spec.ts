/** The link as text, as a code, as a frame, as an element. */

import { expect, test } from './page-test';
import { axe } from './axe';
import { button, choose, draw, openAtRest, output, until } from './actions';

test('the link, its code and the code of a frame', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openAtRest(page, '#target.kind=crescent&model.family=made&views=layers');
  await button(page, 'Share').click();
  const link = page.getByRole('textbox', { name: 'Link' });
  await expect(link).toHaveValue(page.url());
  await button(page, 'Copy link').click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
  await expect(page.getByRole('img', { name: 'QR code of the link' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Embed code' })).toHaveValue(
    /\?embed#target\.kind=crescent/,
  );
  const { violations } = await axe(page).analyze();
  expect(violations.map((v) => v.id)).toEqual([]);
});

test('a drawing is too long for a code, and that is said', async ({ page }) => {
  await openAtRest(page);
  await choose(page, 'Draw your own');
  for (let y = 0.1; y < 0.95; y += 0.12) {
    await draw(page, [
      [0.1, y],
      [0.5, y + 0.05 * Math.sin(20 * y)],
      [0.9, y],
    ]);
  }
  await button(page, 'Share').click();
  await expect(page.getByText('too long for a QR code')).toBeVisible();
});

test('a frame trains, shows the view that it was told, and leads to the whole page', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.setViewportSize({ width: 720, height: 600 });
  await page.goto('/?embed#target.kind=crescent&model.family=made&views=conditionals');
  await expect(output(page, 'Humps of the target')).toHaveText(/hump/);
  await button(page, 'Play').click();
  await until(page, 'Steps taken').toBeGreaterThan(20);
  await expect(page.getByRole('radiogroup', { name: 'Family' })).toHaveCount(0);
  const whole = page.getByRole('link', { name: 'Open in the playground' });
  await whole.hover();
  await expect(whole).toHaveAttribute(
    'href',
    /\/#target\.kind=crescent&model\.family=made&views=conditionals$/,
  );
  const { violations } = await axe(page).analyze();
  expect(violations.map((v) => v.id)).toEqual([]);
});

test('the element shows what its attributes say, and follows them', async ({ page, baseURL }) => {
  await page.goto('/embed.js');
  await page.route('**/outer.html', (route) =>
    route.fulfill({
      contentType: 'text/html',
      headers: {
        'cross-origin-embedder-policy': 'require-corp',
        'cross-origin-opener-policy': 'same-origin',
      },
      body: `<!doctype html><html lang="en"><title>A lecture</title><script type="module" src="${baseURL}/embed.js"></script>
        <density-playground link="target.kind=crescent&model.family=made" views="modes"></density-playground></html>`,
    }),
  );
  await page.goto('/outer.html');
  const frame = page.frameLocator('iframe');
  await expect(frame.getByRole('img', { name: /target Crescent/ })).toBeVisible();
  await expect(frame.getByRole('region', { name: 'Modes', exact: true })).toBeVisible();
  await page
    .locator('density-playground')
    .evaluate((element) => element.setAttribute('link', 'target.kind=pinwheel'));
  await expect(frame.getByRole('img', { name: /target Pinwheel/ })).toBeVisible();
  await page.locator('density-playground').evaluate((element) => element.setAttribute('lang', 'de'));
  await expect(frame.getByRole('img', { name: /Ziel Windrad/ })).toBeVisible();
});

test('a frame that is scrolled out of sight rests, and goes on in sight', async ({ page }) => {
  await page.route('**/outer.html', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><html lang="en"><title>A lecture</title><p style="height: 300vh">Text</p>
        <iframe title="A run" width="600" height="500" src="/?embed#optimiser.schedule.kind=constant"></iframe></html>`,
    }),
  );
  await page.goto('/outer.html');
  const taken = page.frameLocator('iframe').getByRole('status', { name: 'Steps taken' });
  let before = '';
  await expect
    .poll(
      async () => {
        const same = (await taken.textContent()) === before;
        before = (await taken.textContent()) ?? '';
        return same && before !== '0';
      },
      { intervals: [1000] },
    )
    .toBe(true);
  await page.locator('iframe').scrollIntoViewIfNeeded();
  await expect(taken).not.toHaveText(before);
});

test('the example page shows both of its figures', async ({ page }) => {
  await page.goto('/embed-example.html');
  const one = page.frameLocator('iframe[title="One model and a view"]');
  await expect(one.getByRole('region', { name: 'Conditionals', exact: true })).toBeVisible();
  const two = page.frameLocator('iframe[title="Two runs side by side"]');
  await expect(two.getByRole('img', { name: /Learned density/ })).toHaveCount(2);
});
