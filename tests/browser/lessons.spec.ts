/** Every lesson, walked from start to end as a reader does; presenting; lesson 2 with the keyboard alone. */

import { expect, test, type Page } from './page-test';
import { axe } from './axe';
import type { Figure } from '../../www/lessons/lesson';
import { runCount } from '../../www/lessons/names';
import { all, figures } from '../lessons/read';
import { button, draw, notTheFirstTime, serve } from './actions';

const lessons = all();

const expected = (page: Page) =>
  page.getByRole('region', { name: 'What you should see' }).getByRole('listitem');

/** Waits until all that a figure is to show is ticked off. */
async function seen(page: Page, count: number): Promise<void> {
  await expect(expected(page)).toHaveCount(count);
  await expect(expected(page).filter({ hasText: /, seen$/ })).toHaveCount(count);
}

/**
 * The answers that are trained here: the first of each lesson, and each that shows what no step before it has shown. tests/lessons trains
 * them all; of the others the page has to measure what will be seen.
 */
const trainedHere = new Set<Figure>();
{
  const shown = new Set<string>();
  const see = (figure: Figure) => figure.expect.forEach(({ measure }) => shown.add(measure));
  for (const { lesson } of lessons) for (const { figure } of lesson.parts) if (figure) see(figure);
  for (const { lesson } of lessons) {
    const answers = lesson.parts.flatMap(({ answer }) => answer?.figure ?? []);
    const trained = answers.filter(({ steps }) => steps > 0);
    for (const figure of trained) {
      if (figure !== trained[0] && figure.expect.every(({ measure }) => shown.has(measure))) continue;
      trainedHere.add(figure);
      see(figure);
    }
  }
}

test.beforeEach(({ page }) => notTheFirstTime(page));

for (const { name, lesson } of lessons) {
  test(`walked from start to end: ${name}`, async ({ page }) => {
    test.setTimeout(300_000);
    await page.goto(`/?lesson=${name}`);
    for (const [index, part] of lesson.parts.entries()) {
      await test.step(part.title, async () => {
        await expect(page.getByRole('heading', { name: part.title })).toBeVisible();
        if (part.guess) {
          await page
            .getByRole('radio')
            .nth(part.guess.findIndex((option) => option.right))
            .click();
          // What is counted, not trained, is there at once.
          if (!part.figure || part.figure.steps > 0)
            await expect(page.getByText('Now press play and see.')).toBeVisible();
        }
        const { figure, answer } = part;
        if (figure && figure.expect.length > 0) {
          if (figure.trained) await button(page, 'Show it trained').click();
          else if (figure.steps > 0) await button(page, 'Play').click();
          await seen(page, figure.expect.length);
          if (part.guess) await expect(page.getByText('You guessed it.')).toBeVisible();
        }
        if (answer) {
          await button(page, 'Show the answer').click();
          if (answer.figure) {
            await button(page, 'Set it up').click();
            await expect(page.getByRole('img', { name: /Learned density/ })).toHaveCount(
              runCount(answer.figure.link),
            );
            const { length } = answer.figure.expect;
            if (answer.figure.steps > 0 && !trainedHere.has(answer.figure)) {
              await expect(expected(page)).toHaveCount(length);
              await expect(expected(page).filter({ hasText: /now [^–]/ })).toHaveCount(length);
            } else {
              if (answer.figure.steps > 0) await button(page, 'Play').click();
              await seen(page, length);
            }
          }
        }
        await expect(page.getByRole('alert')).toHaveCount(0);
        if (index + 1 < lesson.parts.length) await page.getByRole('button', { name: 'Next →' }).click();
      });
    }
    await expect(page.getByRole('region', { name: 'References' })).toBeVisible();
  });
}

test('lesson 2 with the keyboard alone', async ({ page }) => {
  await page.goto('/?lessons');
  const focus = page.locator(':focus');
  /** Tab until something of that name has the focus. */
  async function tabTo(name: string): Promise<void> {
    const [link, press, radio] = (['link', 'button', 'radio'] as const).map((role) =>
      page.getByRole(role, { name, exact: true }),
    );
    if (!link || !press || !radio) throw new Error('there are three roles');
    const wanted = link.or(press).or(radio).and(focus);
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press('Tab');
      if ((await wanted.count()) > 0) return;
    }
    throw new Error(
      `${name} can’t be reached with the Tab key; the focus is on ${await focus.textContent()}`,
    );
  }
  await tabTo('Ordering matters');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'The same model twice' })).toBeVisible();
  await tabTo('Both: the chain rule is exact in either order.');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: 'Only one of them.' })).toBeChecked();
  await tabTo('Play');
  await page.keyboard.press('Enter');
  await seen(page, 2);
  await expect(page.getByText('You guessed it.')).toBeVisible();
  // Back to the text: the parts are at its head.
  await tabTo('Why');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Why' })).toBeFocused();
  for (const part of lessons[1]?.lesson.parts.slice(2) ?? []) {
    await tabTo('Next →');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: part.title })).toBeFocused();
    if (part.answer) {
      await tabTo('Show the answer');
      await page.keyboard.press('Enter');
      await expect(button(page, 'Hide the answer')).toBeFocused();
    }
  }
});

test('presenting: a question first, trained at a key, arrow keys, notes, and the way back', async ({
  page,
}) => {
  await page.goto('/?lesson=ordering&present');
  const parts = lessons[1]?.lesson.parts ?? [];
  await expect(page.getByRole('heading', { name: parts[0]?.title ?? '' })).toBeVisible();
  // The step asks which run will fit: the answer is covered until the key that its button names.
  await expect(page.getByRole('status', { name: 'Steps taken' })).toHaveText('0');
  await expect(button(page, 'Show it trained')).toContainText('T');
  await page.keyboard.press('t');
  await expect(page.getByRole('status', { name: 'Steps taken' })).toHaveText('1,500');
  await page.keyboard.press('t');
  await expect(page.getByRole('status', { name: 'Steps taken' })).toHaveText('0');
  // The step after it tells why, and shows it.
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('heading', { name: parts[1]?.title ?? '' })).toBeVisible();
  await expect(page.getByRole('status', { name: 'Steps taken' })).toHaveText('1,500');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('heading', { name: parts[2]?.title ?? '' })).toBeVisible();
  await expect(page.getByRole('status', { name: 'Steps taken' })).toHaveText('0');
  await page.keyboard.press('t');
  await expect(page.getByRole('status', { name: 'Steps taken' })).toHaveText('1,500');
  await page.keyboard.press('n');
  await expect(page.getByRole('complementary', { name: 'Notes' })).toContainText(
    'mixture of eight Gaussians',
  );
  await button(page, 'Train from the start').click();
  await expect(page.getByRole('status', { name: 'Steps taken' })).toHaveText('0');
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('heading', { name: parts[1]?.title ?? '' })).toBeVisible();
  await expect(page).toHaveURL(/lesson=ordering&step=2&present/);
  // A reload in the middle of a class is no loss: the step is trained as before.
  await page.reload();
  await expect(page.getByRole('heading', { name: parts[1]?.title ?? '' })).toBeVisible();
  await expect(page.getByRole('status', { name: 'Steps taken' })).toHaveText('1,500');
  await page.keyboard.press('Escape');
  await expect(button(page, 'Present')).toBeVisible();
});

test('presenting needs no network: from a plain file server that is gone after the first visit', async ({
  browser,
}) => {
  const { server, url } = await serve();
  const context = await browser.newContext({ serviceWorkers: 'allow' });
  const page = await context.newPage();
  await notTheFirstTime(page);
  await page.goto(`${url}?lessons`);
  await page.evaluate(() => navigator.serviceWorker.ready);
  // The second visit is the worker's.
  await page.reload();
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
  await page.goto(`${url}?lesson=stacking&step=2&present`);
  await expect(page.getByRole('heading', { name: 'A grid on its way' })).toBeVisible();
  await expect(page.getByRole('status', { name: 'Steps taken' })).toHaveText('1,500');
  await context.close();
});

test('a lesson that is not there, and the list', async ({ page }) => {
  await page.goto('/?lesson=nonsense');
  await expect(page.getByRole('alert')).toHaveText('There is no lesson called “nonsense”.');
  await expect(page.getByRole('list').getByRole('link')).toHaveCount(14);
});

test('what was changed in a lesson is in its address, and goes along to the laboratory', async ({ page }) => {
  await page.goto('/?lesson=masks&step=4');
  await expect(page.getByRole('status', { name: 'Held-out NLL in nats' })).not.toHaveText('–');
  await page.getByText('Change the experiment').click();
  await page.getByRole('radio', { name: 'NADE', exact: true }).click();
  await expect(page).toHaveURL(/step=4#.*model\.family=nade/);
  await page.reload();
  await page.getByText('Change the experiment').click();
  await expect(page.getByRole('radio', { name: 'NADE', exact: true })).toBeChecked();
  await page.getByRole('link', { name: 'Laboratory' }).click();
  await expect(page.getByRole('radio', { name: 'NADE', exact: true })).toBeChecked();
  await expect(page).toHaveURL(/\/#.*model\.family=nade/);
});

test('an exercise to draw at: the tools are there once, and both runs learn what is drawn', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/?lesson=ordering&step=6');
  await expect(page.getByRole('img', { name: /Learned density/ })).toHaveCount(2);
  await page.getByText('Change the experiment, A').click();
  await page.getByRole('radio', { name: 'Draw your own' }).click();
  await expect(page.getByRole('group', { name: 'Drawing' })).toHaveCount(1);
  await draw(page, [
    [0.2, 0.2],
    [0.35, 0.6],
    [0.5, 0.7],
    [0.65, 0.6],
    [0.8, 0.2],
  ]);
  await button(page, 'Play').click();
  const rows = page.getByRole('table', { name: 'The runs compared' }).getByRole('row');
  const kl = async (run: number) =>
    Number(
      await rows
        .nth(run)
        .getByRole('cell')
        .nth(1)
        .textContent()
        .then((text) => text?.replace(/[^\d.]/g, '')),
    );
  await expect.poll(() => kl(1), { intervals: [200] }).toBeLessThan(0.5);
  await expect.poll(async () => (await kl(2)) > (await kl(1)) + 0.1, { intervals: [200] }).toBe(true);
  await expect(page).toHaveURL(/#.*drawing=/);
});

for (const [path, width, height, scheme] of [
  ['?lessons', 1440, 900, 'light'],
  ['?lesson=ordering', 1440, 900, 'dark'],
  ['?lesson=limits&step=3', 1024, 768, 'light'],
  ['?lesson=chain-rule&step=4', 390, 844, 'dark'],
  ['?lesson=temperature&present', 1440, 900, 'light'],
  // 200 % zoom of 1280 by 1024.
  ['?lesson=coupling&step=2', 640, 512, 'light'],
  ['', 640, 512, 'dark'],
  ['?lessons', 320, 640, 'light'],
] as const) {
  test(`no accessibility fault, nothing cut off: ${path} at ${width}, ${scheme}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.goto(`/${path}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    if (path.includes('='))
      await expect(page.getByRole('img', { name: /Learned density/ }).first()).toBeVisible();
    const { violations } = await axe(page)
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual(
      [],
    );
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(over).toBeLessThanOrEqual(0);
  });
}

test('every figure that says it is trained is a step of some lesson', () => {
  expect(
    lessons.flatMap(({ lesson }) => figures(lesson)).filter(({ figure }) => figure.trained).length,
  ).toBeGreaterThan(20);
});
