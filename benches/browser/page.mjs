// Opens the built page, lets it train as a first visit does, and reports what a person feels: time to the first picture, the first
// step and a KL under 0.06, steps a second with one worker and with all, the longest task of the main thread, the heap after
// some minutes (MINUTES, 10 unless told), bytes over the wire.

import { chromium } from '@playwright/test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { preview } from 'vite';
import { budgets, weights } from '../../scripts/budget.mjs';

const SECONDS = 15;
const MINUTES = Number(process.env.MINUTES ?? 10);
const server = await preview({ preview: { port: 0 }, logLevel: 'error' });
const url = server.resolvedUrls.local[0];
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: [
    ...['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking'],
    // Else the browser measures its memory when it next collects, which can take a minute.
    '--enable-blink-features=ForceEagerMeasureMemory',
  ],
});

/** Lets the page train; `alone` without the headers that let it share memory between workers, and so with one worker. */
async function visit(hash, alone) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  if (alone)
    await page.route('**/*', async (route) => {
      const response = await route.fetch();
      const headers = { ...response.headers() };
      delete headers['cross-origin-opener-policy'];
      delete headers['cross-origin-embedder-policy'];
      await route.fulfill({ response, headers });
    });
  await page.addInitScript(() => {
    window.seen = { tasks: [], frames: [], firstStep: null, firstPicture: null, close: null };
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.seen.tasks.push(entry.duration);
    }).observe({ type: 'longtask', buffered: true });
    let last = performance.now();
    const frame = (now) => {
      window.seen.frames.push(now - last);
      last = now;
      const text = document.querySelector('[aria-label="Steps taken"]')?.textContent ?? '0';
      const drawn = document.querySelector('[aria-label="KL in nats"]')?.textContent ?? '–';
      if (window.seen.firstPicture === null && drawn !== '–') window.seen.firstPicture = now;
      if (window.seen.firstStep === null && text !== '0') window.seen.firstStep = now;
      if (window.seen.close === null && Number.parseFloat(drawn.replace('−', '-')) < 0.06)
        window.seen.close = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  const steps = async () =>
    Number((await page.getByRole('status', { name: 'Steps taken' }).textContent()).replaceAll(',', ''));
  await page.goto(url + hash);
  await page.waitForFunction(() => window.seen.firstStep !== null);
  const [startTime, startSteps] = [performance.now(), await steps()];
  // What start-up costs is told apart from what training costs.
  const startTasks = await page.evaluate(() => {
    const tasks = window.seen.tasks;
    window.seen.tasks = [];
    window.seen.frames = [];
    return tasks;
  });
  await page.waitForTimeout(SECONDS * 1000);
  const speed = ((await steps()) - startSteps) / ((performance.now() - startTime) / 1000);
  const workers = Number((await page.getByRole('status', { name: 'Workers' }).allTextContents())[0] ?? 1);
  const seen = await page.evaluate(() => window.seen);
  await page.close();
  const frames = seen.frames.toSorted((a, b) => a - b);
  return {
    hash,
    workers,
    close: seen.close === null ? null : Math.round(seen.close),
    firstPicture: Math.round(seen.firstPicture),
    firstStep: Math.round(seen.firstStep),
    stepsPerSecond: Math.round(speed),
    longestTaskAtStart: Math.round(Math.max(0, ...startTasks)),
    longestTask: Math.round(Math.max(0, ...seen.tasks)),
    medianFrame: Number((frames[frames.length >> 1] ?? 0).toFixed(1)),
  };
}

/** Bytes of the page's own heap and of all that the page holds, workers and their WebAssembly included, once and some minutes later. */
async function heap() {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${url}#optimiser.schedule.kind=constant`);
  const measured = async () => {
    const client = await page.context().newCDPSession(page);
    await client.send('HeapProfiler.collectGarbage');
    const { usedSize } = await client.send('Runtime.getHeapUsage');
    await client.detach();
    const all = await page.evaluate(async () => (await performance.measureUserAgentSpecificMemory()).bytes);
    return { page: usedSize, all };
  };
  await page.waitForTimeout(20_000);
  const since = performance.now();
  const early = await measured();
  await page.waitForTimeout(MINUTES * 60_000);
  const late = await measured();
  const steps = await page.getByRole('status', { name: 'Steps taken' }).textContent();
  await page.close();
  return { minutes: (performance.now() - since) / 60_000, steps, early, late };
}

/** Two runs train, and four views look at one of them. */
const BUSY = '#2.model.ordering=[1,0]&views=conditionals*,layers*,base*,temperature*';
const visits = [];
for (const hash of [
  '',
  '#model.family=realnvp&model.layers=8',
  '#model.family=made&optimiser.schedule.kind=constant',
])
  for (const alone of [true, false]) visits.push(await visit(hash, alone));
visits.push(await visit(BUSY, false));
const memory = MINUTES > 0 ? await heap() : null;

await browser.close();
await server.close();

const bytes = weights();
const totals = budgets(bytes).map(({ name, files, gzip, brotli }) => ({
  name,
  bytes: files.reduce((sum, file) => sum + file.bytes, 0),
  gzip,
  brotli,
}));

const rows = [
  '| link | workers | first picture | first step | KL < 0.06 | steps/s | longest task at start | longest task in training | median frame |',
  '| --- | --- | --- | --- | --- | --- | --- | --- | --- |',
  ...visits.map(
    (v) =>
      `| ${v.hash || '(the default)'} | ${v.workers} | ${v.firstPicture} ms | ${v.firstStep} ms | ${v.close === null ? 'not in this time' : `${v.close} ms`} | ${v.stepsPerSecond} | ${v.longestTaskAtStart} ms | ${v.longestTask} ms | ${v.medianFrame} ms |`,
  ),
  '',
  '| file | bytes | gzip | brotli |',
  '| --- | --- | --- | --- |',
  ...bytes.map((b) => `| ${b.file} | ${b.bytes} | ${b.gzip} | |`),
  ...totals.map((t) => `| ${t.name}, with relaxed SIMD | ${t.bytes} | ${t.gzip} | ${t.brotli} |`),
];
console.log(
  `\n${rows.join('\n')}\n\nA longest task of 0 ms: none lasted 50 ms, the least that the browser reports.`,
);
const mib = (bytes) => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
if (memory)
  console.log(
    `\nHeap after 20 s and ${memory.minutes.toFixed(1)} minutes more of training (${memory.steps} steps): the page's own ${mib(memory.early.page)} and ` +
      `${mib(memory.late.page)}, with its workers and their WebAssembly ${mib(memory.early.all)} and ${mib(memory.late.all)}.`,
  );
writeFileSync(join('target', 'bench-page.json'), JSON.stringify({ visits, memory, bytes, totals }, null, 2));
