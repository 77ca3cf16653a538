/** What the tests do again and again, as a person would: by role and label. */

import { expect, type Locator, type Page } from '@playwright/test';
import { createReadStream, existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { en, type ViewName } from '../../www/i18n/en';

/** The page of somebody who has seen the tour. */
export async function notTheFirstTime(page: Page): Promise<void> {
  await page.addInitScript(() => {
    // An empty page has no storage.
    if (location.protocol !== 'about:') localStorage.setItem('density-playground.tour', 'seen');
  });
}

/** Opens the page at rest: with less motion asked for, it does not start by itself. */
export async function openAtRest(page: Page, hash = ''): Promise<void> {
  await notTheFirstTime(page);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(`/${hash}`);
  await expect(output(page, 'Held-out NLL in nats')).not.toHaveText('–');
}

export const output = (page: Page, name: string): Locator => page.getByRole('status', { name, exact: true });

/** The number that a readout shows. */
export async function read(page: Page, name: string): Promise<number> {
  const text = (await output(page, name).textContent()) ?? '';
  return Number(text.replace('−', '-').replaceAll(',', ''));
}

export const kl = (page: Page): Promise<number> => read(page, 'KL in nats');
export const steps = (page: Page): Promise<number> => read(page, 'Steps taken');

/** Waits until a readout is on the right side of a bound. */
export const until = (page: Page, name: string) => expect.poll(() => read(page, name), { intervals: [100] });

export const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });
export const choose = (page: Page, name: string): Promise<void> =>
  page.getByRole('radio', { name, exact: true }).click();

/** Pauses the run. On a slow machine it may have come to its end by then, and rests already. */
export async function rest(page: Page): Promise<void> {
  const pause = button(page, 'Pause');
  await expect(async () => {
    if (await pause.isVisible()) await pause.click({ timeout: 1000 });
    await expect(button(page, 'Play').or(button(page, 'Train on'))).toBeVisible({ timeout: 1000 });
  }).toPass();
}

/** Opens a view in the place of the one that is open, as a person does, and waits until it has its first answer. */
export async function openView(page: Page, view: ViewName): Promise<void> {
  const { title } = en.viewNames[view];
  await button(page, title).click();
  await expect(button(page, `Close ${title}`)).toBeVisible();
  await expect(page.getByText(en.view.loading)).toHaveCount(0);
  await expect(page.getByText(en.view.looking)).toHaveCount(0);
}

/** All views. */
export const VIEWS = Object.keys(en.viewNames) as ViewName[];

/** A point of the drawing area, from its left and top as shares. */
async function place(page: Page, x: number, y: number): Promise<[number, number]> {
  const box = await page.getByRole('application').boundingBox();
  if (!box) throw new Error('the drawing area is not on the page');
  return [box.x + x * box.width, box.y + y * box.height];
}

/** Draws a line through points given as shares of the drawing area: in a few moves, since a stroke leaves no gaps between them. */
export async function draw(page: Page, points: [number, number][]): Promise<void> {
  const [first, ...rest] = points;
  if (!first) return;
  await page.mouse.move(...(await place(page, ...first)));
  await page.mouse.down();
  for (const point of rest) await page.mouse.move(...(await place(page, ...point)), { steps: 4 });
  await page.mouse.up();
}

/** The same with a finger. */
export async function drawWithFinger(page: Page, points: [number, number][]): Promise<void> {
  const client = await page.context().newCDPSession(page);
  const touch = async (type: 'touchStart' | 'touchMove', point: [number, number]) => {
    const [x, y] = await place(page, ...point);
    await client.send('Input.dispatchTouchEvent', { type, touchPoints: [{ x, y }] });
  };
  for (const [index, point] of points.entries()) await touch(index === 0 ? 'touchStart' : 'touchMove', point);
  await client.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await client.detach();
}

/** The training curve's table: step to NLL. */
export async function curve(page: Page): Promise<Map<string, string>> {
  const toggle = button(page, 'table');
  if ((await toggle.getAttribute('aria-pressed')) !== 'true') await toggle.click();
  const rows = page.getByRole('region', { name: 'Training curve as a table' }).getByRole('row');
  const cells = await rows.evaluateAll((all) =>
    all.slice(1).map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent ?? '')),
  );
  return new Map(cells.map(([step = '', nll = '']) => [step, nll]));
}

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
};

/** The built page on a plain file server, from a folder of its own and with these headers, not ours; `built` says where it is now. */
export async function serve(
  built = () => 'dist',
  headersOf: (path: string) => Record<string, string> = () => ({}),
): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://x').pathname;
    const file = join(built(), path.replace('/some/where/', '') || 'index.html');
    if (!path.startsWith('/some/where/') || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
      ...headersOf(path),
    });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return { server, url: `http://localhost:${(server.address() as AddressInfo).port}/some/where/` };
}
