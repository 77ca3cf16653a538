/** What somebody made to harm the page, or the person in front of it. */

import { expect, type Page, test } from './page-test';
import { deflateRawSync } from 'node:zlib';
import { button, openAtRest, steps } from './actions';

const bring = (page: Page, name: string, mimeType: string, buffer: Buffer) =>
  page.getByLabel('File with points, a picture or an experiment').setInputFiles({ name, mimeType, buffer });

/** The head of a PNG that says how large it is, and nothing else. */
function png(width: number, height: number): Buffer {
  const head = Buffer.alloc(33);
  head.set([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  head.writeUInt32BE(width, 16);
  head.writeUInt32BE(height, 20);
  head.set([8, 6, 0, 0, 0], 24);
  return head;
}

test('a picture that says that it is huge is refused before the browser decodes it', async ({ page }) => {
  await page.addInitScript(() => {
    const decoded = { count: 0 };
    Object.assign(window, { decoded });
    const original = createImageBitmap;
    window.createImageBitmap = ((...args: [Blob]) => {
      decoded.count += 1;
      return original(...args);
    }) as typeof createImageBitmap;
  });
  await openAtRest(page);
  await bring(page, 'huge.png', 'image/png', png(65_535, 65_535));
  await expect(page.getByRole('alert')).toHaveText(
    /This picture has 65535 by 65535 pixels; up to 64 million/,
  );
  expect(await page.evaluate(() => (window as unknown as { decoded: { count: number } }).decoded.count)).toBe(
    0,
  );
});

test('names of files and columns turn no text around, and are no longer than a line', async ({ page }) => {
  await openAtRest(page);
  const rows = Array.from({ length: 40 }, (_, i) => `${Math.sin(i)},${Math.cos(i * i)},${i % 7}`);
  const table = [`heigh\u202et,${'b'.repeat(10_000)},\u0007`, ...rows].join('\n');
  await bring(page, 'photo\u202egpj.csv', 'text/csv', Buffer.from(table));
  const card = page.getByRole('region', { name: 'What you brought' });
  await expect(card.getByRole('heading', { level: 2 })).toHaveText('photo gpj.csv');
  const names = card.getByRole('combobox').first().getByRole('option');
  await expect(names).toHaveText(['heigh t', `${'b'.repeat(99)}…`, 'column 3']);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wide).toBeLessThanOrEqual(0);
});

for (const [what, name, content] of [
  ['a file', 'deep.json', `{"model":{"x":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`],
  [
    'keys of other objects',
    'proto.json',
    '{"__proto__":{"seed":7},"constructor":{"prototype":{"seed":7}},"seed":1}',
  ],
] as const)
  test(`${what} that is no experiment is refused, and the run goes on`, async ({ page }) => {
    await openAtRest(page);
    await bring(page, name, 'application/json', Buffer.from(content));
    await expect(page.getByRole('alert')).toContainText(/can[’']t be read/);
    expect(await page.evaluate(() => 'seed' in {})).toBe(false);
    await button(page, 'Play').click();
    await expect.poll(() => steps(page)).toBeGreaterThan(0);
  });

test('a link of lists in lists, and one of a drawing that inflates to gigabytes, are told', async ({
  page,
}) => {
  const lists = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
  await page.goto(`/#model.hidden=${lists}`);
  await expect(page.getByRole('alert')).toContainText('the value of model.hidden in it is damaged');
  const bomb = deflateRawSync(Buffer.alloc(256 * 2 ** 20), { level: 9 }).toString('base64url');
  await page.goto(`/?again#drawing=${bomb}`);
  await expect(page.getByRole('alert')).toContainText('has more than 128 rows of 128 cells');
});

test('messages of the page around it, and of one beside it, change nothing', async ({ page, baseURL }) => {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.route('**/around.html', (route) =>
    route.fulfill({
      contentType: 'text/html',
      headers: {
        'cross-origin-embedder-policy': 'require-corp',
        'cross-origin-opener-policy': 'same-origin',
      },
      body: `<!doctype html><title>Around</title><iframe id="inner" src="${baseURL}/?embed#seed=3" width="600" height="500"></iframe>`,
    }),
  );
  await page.goto('/around.html');
  const inner = page.frameLocator('#inner');
  await expect(inner.getByLabel('Steps taken')).toHaveText(/[1-9]/);
  const messages: unknown[] = [
    null,
    'play',
    { type: 'SKIP_WAITING' },
    { kind: 'start', experiment: { seed: 9 } },
    { kind: 'link', link: 'seed=9' },
    { type: 'open', hash: '#seed=9' },
    { __proto__: null, constructor: 1 },
    'x'.repeat(100_000),
  ];
  const address = () => page.frames()[1]?.evaluate(() => location.href);
  const before = await address();
  await page.evaluate((all) => {
    const frame = document.getElementById('inner') as HTMLIFrameElement;
    for (const one of all) frame.contentWindow?.postMessage(one, '*');
  }, messages);
  await page.frames()[1]?.evaluate((all) => {
    for (const one of all) postMessage(one, '*');
  }, messages);
  await expect(inner.getByRole('alert')).toHaveCount(0);
  expect(await address()).toBe(before);
  expect(errors).toEqual([]);
});
