// Opens the built page, lets it train as a first visit does, and reports what a person feels: time to the first
// picture and the first step, steps a second, the longest task of the main thread, bytes over the wire.

import { chromium } from '@playwright/test';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { preview } from 'vite';

const SECONDS = 15;
const server = await preview({ preview: { port: 0 }, logLevel: 'error' });
const url = server.resolvedUrls.local[0];
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking'],
});

async function visit(hash) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(() => {
    window.seen = { tasks: [], frames: [], firstStep: null, firstPicture: null };
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
  const seen = await page.evaluate(() => window.seen);
  await page.close();
  const frames = seen.frames.toSorted((a, b) => a - b);
  return {
    hash,
    firstPicture: Math.round(seen.firstPicture),
    firstStep: Math.round(seen.firstStep),
    stepsPerSecond: Math.round(speed),
    longestTaskAtStart: Math.round(Math.max(0, ...startTasks)),
    longestTask: Math.round(Math.max(0, ...seen.tasks)),
    medianFrame: Number((frames[frames.length >> 1] ?? 0).toFixed(1)),
  };
}

const visits = [];
for (const hash of ['', '#model.family=realnvp&model.layers=8', '#model.family=made'])
  visits.push(await visit(hash));

const assets = join('dist', 'assets');
const bytes = ['dist/index.html', ...readdirSync(assets).map((name) => join(assets, name))].map((file) => {
  const content = readFileSync(file);
  return { file, bytes: content.length, gzip: gzipSync(content, { level: 9 }).length };
});

await browser.close();
await server.close();

// A visit loads one of the two builds of the core.
const loaded = bytes.filter(({ file }) => !file.endsWith('.wasm') || file.includes('relaxed'));
const sum = (what) => loaded.reduce((total, b) => total + b[what], 0);

const rows = [
  '| link | first picture | first step | steps/s | longest task at start | longest task in training | median frame |',
  '| --- | --- | --- | --- | --- | --- | --- |',
  ...visits.map(
    (v) =>
      `| ${v.hash || '(the default)'} | ${v.firstPicture} ms | ${v.firstStep} ms | ${v.stepsPerSecond} | ${v.longestTaskAtStart} ms | ${v.longestTask} ms | ${v.medianFrame} ms |`,
  ),
  '',
  '| file | bytes | gzip |',
  '| --- | --- | --- |',
  ...bytes.map((b) => `| ${b.file} | ${b.bytes} | ${b.gzip} |`),
  `| first load, with relaxed SIMD | ${sum('bytes')} | ${sum('gzip')} |`,
];
console.log(
  `\n${rows.join('\n')}\n\nA longest task of 0 ms: none lasted 50 ms, the least that the browser reports.`,
);
writeFileSync(join('target', 'bench-page.json'), JSON.stringify({ visits, bytes }, null, 2));
