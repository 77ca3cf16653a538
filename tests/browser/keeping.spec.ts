/** Nothing that a person made is lost: reloads, crashes, closed tabs, two tabs, storage that is full, refused or of a newer page. */

import { expect, test, type BrowserContext, type Page } from './page-test';
import { button, choose, curve, draw, notTheFirstTime, openAtRest, output, rest, until } from './actions';
import { kept, keptStep } from './kept';

/** The same of a person who looks at another tab for a moment: then the work is kept at once, and not at its next turn. */
const lookAway = (page: Page): Promise<number> =>
  kept(page, (page) =>
    page.evaluate(() => {
      for (const hidden of [true, false]) {
        Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }
    }),
  );

/** Trains a drawing of one's own for a moment, and rests until it is kept: the step. */
async function make(page: Page, keep: (page: Page) => Promise<number> = lookAway): Promise<number> {
  await choose(page, 'Draw your own');
  await draw(page, [
    [0.3, 0.3],
    [0.6, 0.6],
  ]);
  await button(page, 'Done').click();
  await button(page, 'Play').click();
  await until(page, 'Steps taken').toBeGreaterThan(60);
  await rest(page);
  return keep(page);
}

const crash = async (page: Page): Promise<void> => {
  const crashed = page.waitForEvent('crash');
  await page.goto('chrome://crash').catch(() => undefined);
  await crashed;
};

async function another(context: BrowserContext, hash = ''): Promise<Page> {
  const page = await context.newPage();
  await openAtRest(page, hash);
  return page;
}

test('a reload goes on where it was: the drawing, the trained run, its curve, and undo', async ({ page }) => {
  await openAtRest(page);
  const step = await make(page);
  const before = await curve(page);
  const address = page.url();
  await page.reload();
  await until(page, 'Steps taken').toBe(step);
  // Once more at once, before anything is asked of the worker again.
  await page.reload();
  await until(page, 'Steps taken').toBe(step);
  expect(page.url()).toBe(address);
  await expect(button(page, 'Play')).toBeVisible();
  // At rest it is evaluated where it is; what was there before is as it was.
  expect([...(await curve(page))].slice(0, before.size)).toEqual([...before]);
  await button(page, 'Undo').click();
  await expect(page.getByRole('radio', { name: 'Two moons' })).toBeChecked();
  await button(page, 'Redo').click();
  await until(page, 'Steps taken').toBe(step);
});

test('a reload while runs train side by side goes on with all of them', async ({ page }) => {
  await openAtRest(page, '#optimiser.schedule.kind=constant&2.model.family=made&2.seed=7&views=layers');
  await button(page, 'Play').click();
  // Every few seconds it is kept: a page that is gone before the first time has nothing to go on with.
  await expect.poll(() => keptStep(page), { intervals: [100] }).toBeGreaterThan(20);
  await page.reload();
  await expect(button(page, 'Pause')).toBeVisible();
  await until(page, 'Steps taken').toBeGreaterThan(20);
  await expect(page.getByRole('region', { name: 'Layers', exact: true })).toBeVisible();
  await page.getByRole('button', { name: /^Run B/ }).click();
  await expect(page.getByRole('radio', { name: 'MADE' })).toBeChecked();
});

test('back from another page it goes on where it was', async ({ page }) => {
  await openAtRest(page);
  const step = await make(page);
  await page.goto('/?lessons');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.goBack();
  await until(page, 'Steps taken').toBe(step);
  await expect(button(page, 'Undo')).toBeEnabled();
});

test('what was made in a tab that has crashed, or was closed, is offered again, and is there until it is deleted', async ({
  page,
  context,
}) => {
  await openAtRest(page);
  // Nothing tells a page that it is about to crash.
  const step = await make(page, kept);
  await crash(page);
  await page.close();

  const next = await another(context);
  const offer = next.getByRole('status', { name: 'Kept work' });
  await expect(offer).toContainText(`step ${step}`);
  await offer.getByRole('button', { name: 'Close this message' }).click();
  await expect(button(next, 'Go on where you were')).toHaveCount(0);
  // It is not offered twice, and not lost.
  await next.close();
  const third = await another(context);
  await button(third, 'Files').click();
  const files = third.getByRole('group', { name: 'Files' });
  await expect(button(third, 'Go on where you were')).toHaveCount(0);
  await files.getByRole('button', { name: new RegExp(`^\\w+ on .*, step ${step}`) }).click();
  await until(third, 'Steps taken').toBe(step);
  await expect(button(third, 'Undo')).toBeEnabled();

  await lookAway(third);
  await third.close();
  const last = await another(context);
  await expect(last.getByRole('status', { name: 'Kept work' })).toContainText(`step ${step}`);
  await button(last, 'Files').click();
  await expect(last.getByText(/\d\.\d MB in all/)).toBeVisible();
  await button(last, 'Delete all that is kept').click();
  await expect(button(last, 'Delete all that is kept')).toBeDisabled();
  await last.reload();
  await expect(output(last, 'Steps taken')).toHaveText('0');
  await expect(button(last, 'Go on where you were')).toHaveCount(0);
});

test('the offer goes as soon as something is made, and a link that is opened is not disturbed by one', async ({
  page,
  context,
}) => {
  await openAtRest(page);
  await make(page);
  await page.close();
  const linked = await another(context, '#target.kind=crescent');
  await button(linked, 'Files').click();
  await expect(linked.getByRole('button', { name: /step/ }).first()).toBeVisible();
  await expect(button(linked, 'Go on where you were')).toHaveCount(0);
  const plain = await another(context);
  const offer = plain.getByRole('status', { name: 'Kept work' });
  await expect(offer.getByRole('button', { name: 'Go on where you were' })).toBeVisible();
  await choose(plain, 'Pinwheel');
  await expect(button(plain, 'Go on where you were')).toHaveCount(0);
});

test('two tabs keep a work each, and what is open in one is not offered in the other', async ({
  page,
  context,
}) => {
  await openAtRest(page);
  const step = await make(page);
  const second = await another(context);
  await expect(button(second, 'Go on where you were')).toHaveCount(0);
  await choose(second, 'Pinwheel');
  await expect(second).toHaveURL(/pinwheel/);
  await lookAway(second);
  await Promise.all([page.reload(), second.reload()]);
  await until(page, 'Steps taken').toBe(step);
  await expect(page.getByRole('radio', { name: 'Draw your own' })).toBeChecked();
  await expect(second.getByRole('radio', { name: 'Pinwheel' })).toBeChecked();
});

test('a tab that is duplicated goes on for itself', async ({ page, context }) => {
  await openAtRest(page);
  const step = await make(page);
  const state = await page.evaluate(() => history.state as unknown);
  const twin = await context.newPage();
  await notTheFirstTime(twin);
  await twin.emulateMedia({ reducedMotion: 'reduce' });
  // What a browser hands on to a copy of a tab.
  await twin.addInitScript((handed) => {
    if (location.protocol !== 'about:' && history.state === null) history.replaceState(handed, '');
  }, state);
  await twin.goto(page.url());
  await until(twin, 'Steps taken').toBe(step);
  expect(await twin.evaluate(() => history.state as unknown)).not.toEqual(state);
});

test('a clock that was set back puts nothing in the wrong order', async ({ page, context }) => {
  await page.clock.install({ time: new Date('2031-01-01T12:00:00Z') });
  await openAtRest(page);
  await choose(page, 'Crescent');
  await expect(page).toHaveURL(/crescent/);
  await lookAway(page);
  await page.close();
  const second = await context.newPage();
  await second.clock.install({ time: new Date('2024-01-01T12:00:00Z') });
  await openAtRest(second);
  await choose(second, 'Pinwheel');
  await expect(second).toHaveURL(/pinwheel/);
  await lookAway(second);
  await second.close();
  const third = await another(context);
  await expect(third.getByRole('status', { name: 'Kept work' })).toContainText('Pinwheel');
});

test('without room the oldest goes first; where none is left that is said, and the page goes on', async ({
  page,
}) => {
  await page.addInitScript(() => {
    const put = IDBObjectStore.prototype.put;
    Object.assign(window, { full: false });
    IDBObjectStore.prototype.put = function (...values: Parameters<typeof put>) {
      if ((window as unknown as { full: boolean }).full)
        throw new DOMException('made on purpose', 'QuotaExceededError');
      return put.apply(this, values);
    };
  });
  await openAtRest(page);
  await make(page);
  await page.evaluate(() => Object.assign(window, { full: true }));
  await choose(page, 'Pinwheel');
  await expect(page.getByRole('alert')).toContainText('no room left');
  await button(page, 'Close this message').click();
  await button(page, 'Play').click();
  await until(page, 'Steps taken').toBeGreaterThan(20);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await button(page, 'Files').click();
  await expect(page.getByRole('group', { name: 'Files' }).getByText(/no room left/)).toBeVisible();
});

test('where storage is refused the page works, and says under “Files” that nothing is kept', async ({
  page,
}) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('made on purpose', 'SecurityError');
    };
    Object.defineProperty(navigator, 'locks', { get: () => undefined });
  });
  await openAtRest(page);
  await choose(page, 'Pinwheel');
  await expect(page).toHaveURL(/pinwheel/);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await button(page, 'Files').click();
  await expect(page.getByText('This browser keeps nothing for this page')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('radio', { name: 'Pinwheel' })).toBeChecked();
});

test('what a newer page has kept is left alone', async ({ page }) => {
  await openAtRest(page);
  await make(page);
  // Every snapshot is of the next version now; how many there are.
  const older = (to: number | null) =>
    page.evaluate(
      (version) =>
        new Promise<number[]>((resolve) => {
          const opened = indexedDB.open('density-playground');
          opened.onsuccess = () => {
            const stores = opened.result.transaction(['snapshots', 'works'], 'readwrite');
            const versions: number[] = [];
            for (const name of ['snapshots', 'works']) {
              const store = stores.objectStore(name);
              const all = store.getAll();
              all.onsuccess = () => {
                for (const one of all.result as { version: number }[]) {
                  versions.push(one.version);
                  if (version !== null) store.put({ ...one, version });
                }
              };
            }
            stores.oncomplete = () => {
              opened.result.close();
              resolve(versions);
            };
          };
        }),
      to,
    );
  expect(await older(2)).toEqual([1, 1]);
  await page.reload();
  await expect(page.getByRole('radio', { name: 'Draw your own' })).toBeChecked();
  await expect(output(page, 'Steps taken')).toHaveText('0');
  await button(page, 'Files').click();
  await expect(page.getByRole('group', { name: 'Files' }).getByRole('button', { name: /step/ })).toHaveCount(
    0,
  );
  await choose(page, 'Pinwheel');
  await lookAway(page);
  expect((await older(null)).sort()).toEqual([1, 1, 2, 2]);
});

test('a worker that is lost goes on from what was last kept', async ({ page, watch }) => {
  watch.expect('uncaught error', /made on purpose/);
  await openAtRest(page);
  const step = await make(page);
  for (const worker of page.workers())
    if (worker.url().includes('training-worker'))
      await worker
        .evaluate(() =>
          setTimeout(() => {
            throw new Error('made on purpose');
          }),
        )
        .catch(() => undefined);
  await expect(page.getByRole('alert')).toBeVisible();
  await button(page, 'Start again').click();
  await until(page, 'Steps taken').toBeGreaterThanOrEqual(step);
  await until(page, 'Held-out NLL in nats').toBeLessThan(10);
});
