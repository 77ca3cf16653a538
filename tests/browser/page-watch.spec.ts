/** The watch over every test's pages sees what it is there for: a test that passes with it has something to say. */

import { expect, type Page, test } from './page-test';
import { complaints, isElsewhere, type Offence } from './page-watch';

/** A page of ours that says this, under this policy. */
async function wrong(page: Page, body: string, policy = "script-src 'self' 'unsafe-inline'"): Promise<void> {
  const answer = { headers: { 'content-security-policy': policy } };
  await page.context().route('**/wrong.html', (route) =>
    route.fulfill({
      ...answer,
      contentType: 'text/html',
      body: `<!doctype html><title>Wrong</title>${body}`,
    }),
  );
  await page.goto('/wrong.html');
}

/** Its worker, under the same policy. */
const worker = (page: Page, body: string) =>
  page.context().route('**/worker.js', (route) =>
    route.fulfill({
      headers: { 'content-security-policy': "connect-src 'self'" },
      contentType: 'text/javascript',
      body,
    }),
  );

test('a request to another origin, of a page and of a frame in it', async ({ page, watch }) => {
  watch.expect('other origin', /:9\/picture$/);
  watch.expect('other origin', /:9\/frame.html$/);
  // What the frame asks of its own origin is asked of another than the page's.
  watch.expect('other origin', /:9\/inner$/);
  await page
    .context()
    .route('http://localhost:9/**', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<img src="/inner">' }),
    );
  await wrong(
    page,
    '<img src="http://localhost:9/picture"><iframe src="http://localhost:9/frame.html"></iframe>',
  );
  await expect.poll(() => watch.complaints).toEqual([]);
});

test('what goes against the policy, in a page and in a worker', async ({ page, watch }) => {
  // The event, and what the browser writes.
  watch.expect('policy', /script-src-elem: inline/);
  watch.expect('policy', /Executing inline script/);
  await wrong(page, '<script>document.title = "run"</script>', "script-src 'self'");
  await expect(page).toHaveTitle('Wrong');

  watch.expect('policy', /require-trusted-types-for/);
  watch.expect('policy', /requires 'TrustedHTML'/);
  watch.expect('uncaught error', /TrustedHTML/);
  await wrong(
    page,
    '<p></p><script>document.querySelector("p").innerHTML = "text"</script>',
    "script-src 'unsafe-inline'; require-trusted-types-for 'script'",
  );

  watch.expect('policy', /connect-src|Fetch API cannot load data/);
  await worker(page, 'fetch("data:,x").catch(() => {})');
  await wrong(page, '<script>new Worker("worker.js")</script>');
  await expect.poll(() => watch.complaints).toEqual([]);
});

test('an error that nobody catches: in a page, a promise, a frame, a worker, a popup, another context', async ({
  page,
  browser,
  baseURL,
  watch,
}) => {
  for (const where of ['page', 'promise', 'frame', 'worker', 'popup', 'context'])
    watch.expect('uncaught error', new RegExp(`of a ${where}`));
  const fails = (where: string) => `<script>throw new Error("of a ${where}")</script>`;
  await worker(page, 'throw new Error("of a worker")');
  await page
    .context()
    .route('**/popup.html', (route) => route.fulfill({ contentType: 'text/html', body: fails('popup') }));
  await wrong(
    page,
    `${fails('page')}<script>Promise.reject(new Error("of a promise")); new Worker("worker.js")</script>
    <iframe srcdoc='${fails('frame')}'></iframe><button onclick="window.open('popup.html')">Open</button>`,
  );
  await Promise.all([page.waitForEvent('popup'), page.getByRole('button').click()]);

  const context = await browser.newContext({ ...(baseURL ? { baseURL } : {}) });
  await wrong(await context.newPage(), fails('context'));
  await expect.poll(() => watch.complaints).toEqual([]);
  await context.close();
});

test.describe('a test fails', () => {
  test.fail('by an error that it does not expect', async ({ page }) => {
    await wrong(page, '<script>throw new Error("by mistake")</script>');
  });

  test.fail('where what it expects does not come', ({ watch }) => {
    watch.expect('uncaught error', /never/);
  });
});

test('what a test expects is no offence, all else is, and what does not come is one', () => {
  const [asked, said]: Offence[] = [
    { kind: 'other origin', what: 'http://a.b/c' },
    { kind: 'uncaught error', what: 'Error: http' },
  ];
  const all = [asked, said].filter((offence) => offence !== undefined);
  expect(complaints(all, [{ kind: 'other origin', what: /a\.b/ }])).toEqual([
    'A page did what no page may, uncaught error: Error: http',
  ]);
  expect(complaints([], [{ kind: 'policy', what: /eval/ }])).toEqual([
    'The test expects what did not come, policy: /eval/',
  ]);
});

test('where another origin begins', () => {
  const page = 'http://localhost:4173/some/where/';
  for (const own of ['http://localhost:4173/x', 'ws://localhost:4173/', 'data:,x', 'blob:http://a.b/c'])
    expect(isElsewhere(own, page), own).toBe(false);
  for (const other of ['http://localhost:4174/', 'https://localhost:4173/', 'http://a.b/', 'wss://a.b/'])
    expect(isElsewhere(other, page), other).toBe(true);
  // A test may open any page of this machine.
  expect(isElsewhere('http://localhost:9/', null)).toBe(false);
  expect(isElsewhere('http://a.b/', null)).toBe(true);
  expect(isElsewhere('http://a.b/', 'about:blank')).toBe(true);
});
