// How long a first visit waits, with an empty profile each time: for the first paint, the first picture and the first step; how long the
// main thread was held up; how far the page moved; what was asked, and what twice. Here, and on a network like a phone's.
//
//   npm run bench -- start                 the built page
//   OLD=path npm run bench -- start        the same in turns with another build of it: a machine that is busy is so for both (NEW: in place of dist)
//   PROFILE=1 npm run bench -- start       where the main thread's time goes, by function, in target/start.cpuprofile
//
// STARTS is how many (7 unless told), of which medians are given.

import { chromium } from '@playwright/test';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, resolve } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const STARTS = Number(process.env.STARTS ?? 7);
/** Milliseconds to wait before every answer and every connection, and bytes a second for all answers together. */
const NETWORKS = {
  here: { latency: 0, rate: Infinity },
  '4G (1.6 Mbit/s, 150 ms)': { latency: 150, rate: 1.6e6 / 8 },
};
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
};

const after = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** A static server of a folder, packed as servers pack files; `asked` has every path, as often as it was asked for. */
async function serve(folder, { latency, rate }) {
  const asked = [];
  const packed = new Map();
  /** When the line is free again: answers share it, a piece of each in turn. */
  let free = 0;
  const send = async (response, content) => {
    const piece = 4096;
    for (let at = 0; at < content.length; at += piece) {
      const now = performance.now();
      free = Math.max(free, now) + (1000 * Math.min(piece, content.length - at)) / rate;
      if (rate < Infinity) await after(free - now);
      response.write(content.subarray(at, at + piece));
    }
    response.end();
  };
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://x');
    const path = pathname === '/' ? '/index.html' : pathname;
    asked.push(path);
    if (latency > 0) await after(latency);
    try {
      if (!packed.has(path))
        packed.set(
          path,
          brotliCompressSync(readFileSync(join(folder, path)), {
            params: { [constants.BROTLI_PARAM_QUALITY]: 9 },
          }),
        );
    } catch {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
      'content-encoding': 'br',
      'cache-control': 'max-age=600',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    });
    await send(response, packed.get(path));
  });
  // A connection takes a round trip of its own.
  if (latency > 0)
    server.on('connection', (socket) => {
      socket.pause();
      setTimeout(() => socket.resume(), latency);
    });
  await new Promise((done) => server.listen(0, done));
  const url = `http://localhost:${server.address().port}/`;
  return { url, asked, close: () => (server.closeAllConnections(), server.close()) };
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking'],
});

/** One start with an empty profile. */
async function start(server, profile) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(() => {
    window.seen = { tasks: [], shift: 0, firstPaint: null, firstPicture: null, firstStep: null };
    const observe = (type, each) =>
      new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true });
    observe('longtask', ({ startTime, duration }) =>
      window.seen.tasks.push([Math.round(startTime), duration]),
    );
    observe('layout-shift', ({ value, hadRecentInput }) => {
      if (!hadRecentInput) window.seen.shift += value;
    });
    observe('paint', ({ name, startTime }) => {
      if (name === 'first-contentful-paint') window.seen.firstPaint = startTime;
    });
    const text = (label) => document.querySelector(`[aria-label="${label}"]`)?.textContent;
    const look = (now) => {
      // The numbers of a picture come with it.
      if (window.seen.firstPicture === null && (text('KL in nats') ?? '–') !== '–')
        window.seen.firstPicture = now;
      if (window.seen.firstStep === null && (text('Steps taken') ?? '0') !== '0') window.seen.firstStep = now;
      if (window.seen.firstStep === null) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  const client = profile ? await context.newCDPSession(page) : null;
  if (client) {
    await client.send('Profiler.enable');
    await client.send('Profiler.setSamplingInterval', { interval: 200 });
    await client.send('Profiler.start');
  }
  server.asked.length = 0;
  await page.goto(server.url, { waitUntil: 'commit' });
  await page.waitForFunction(() => window.seen?.firstStep != null);
  if (client) {
    const { profile: taken } = await client.send('Profiler.stop');
    writeFileSync(join('target', 'start.cpuprofile'), JSON.stringify(taken));
    console.log(own(taken));
  }
  const seen = await page.evaluate(() => window.seen);
  const asked = [...server.asked];
  await context.close();
  return {
    'first paint': seen.firstPaint,
    'first picture': seen.firstPicture,
    'first step': seen.firstStep,
    'longest task': Math.max(0, ...seen.tasks.map(([, duration]) => duration)),
    'layout shift': seen.shift,
    'files asked twice': asked.length - new Set(asked).size,
    twice: asked.filter((path, at) => asked.indexOf(path) !== at),
  };
}

/** Milliseconds that functions took themselves, the longest first. */
function own({ nodes, samples, timeDeltas }) {
  const times = new Map();
  samples.forEach((id, i) => times.set(id, (times.get(id) ?? 0) + timeDeltas[i] / 1000));
  const rows = new Map();
  for (const { id, callFrame } of nodes) {
    const { functionName, url, lineNumber, columnNumber } = callFrame;
    const name = `${functionName || '(anonymous)'} ${url.replace(/.*\//, '')}:${lineNumber + 1}:${columnNumber}`;
    rows.set(name, (rows.get(name) ?? 0) + (times.get(id) ?? 0));
  }
  const sorted = [...rows].sort(([, a], [, b]) => b - a).slice(0, 25);
  return sorted.map(([name, time]) => `${time.toFixed(1).padStart(8)} ms  ${name}`).join('\n');
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const MEASURED = [
  'first paint',
  'first picture',
  'first step',
  'longest task',
  'layout shift',
  'files asked twice',
];
const builds = {
  ...(process.env.OLD ? { old: resolve(process.env.OLD) } : {}),
  new: resolve(process.env.NEW ?? 'dist'),
};

for (const [network, line] of Object.entries(NETWORKS)) {
  const servers = Object.fromEntries(
    await Promise.all(
      Object.entries(builds).map(async ([name, folder]) => [name, await serve(folder, line)]),
    ),
  );
  const starts = Object.fromEntries(Object.keys(builds).map((name) => [name, []]));
  // The first one finds nothing of the browser in memory.
  for (const server of Object.values(servers)) await start(server, false);
  for (let i = 0; i < STARTS; i++)
    for (const [name, server] of Object.entries(servers)) starts[name].push(await start(server, false));
  if (process.env.PROFILE && line.latency === 0) await start(servers.new, true);
  console.log(`\n${network}, medians of ${STARTS} starts\n`);
  const names = Object.keys(builds);
  console.log(`| | ${names.join(' | ')} |${names.length > 1 ? ' new / old |' : ''}`);
  console.log(`| --- |${names.map(() => ' --- |').join('')}${names.length > 1 ? ' --- |' : ''}`);
  for (const what of MEASURED) {
    const values = names.map((name) => median(starts[name].map((one) => one[what] ?? NaN)));
    const unit = /shift|twice/.test(what) ? '' : ' ms';
    const written = values.map(
      (value) => (what === 'layout shift' ? value.toFixed(4) : Math.round(value)) + unit,
    );
    const ratio = names.length > 1 ? ` ${(values[1] / values[0]).toFixed(2)} |` : '';
    console.log(`| ${what} | ${written.join(' | ')} |${ratio}`);
  }
  const twice = new Set(starts.new.flatMap((one) => one.twice));
  if (twice.size > 0) console.log(`\nAsked twice: ${[...twice].join(', ')}`);
  for (const server of Object.values(servers)) server.close();
}
await browser.close();
