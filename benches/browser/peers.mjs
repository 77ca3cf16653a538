// Trains the three workloads with our core, TensorFlow.js and jax-js in one page of a real Chromium, in turns, and reports medians and
// ratios. Ours draws a fresh batch of two moons for every step, the peers train on data that is already there.

import { chromium } from '@playwright/test';
import { createReadStream, existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

const ROUNDS = Number(process.env.ROUNDS ?? 5);
const ROOTS = {
  core: join('www', 'engine', 'pkg'),
  bench: join('benches', 'browser', 'in-page'),
  tensorflow: join('node_modules', '@tensorflow'),
  jax: join('node_modules', '@jax-js'),
};

/** Serves the core and the peers, isolated, so that the peers may use threads. */
const server = createServer((request, response) => {
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
  const path = new URL(request.url, 'http://localhost').pathname;
  if (path === '/') return response.setHeader('content-type', 'text/html').end('<!doctype html>');
  const [, root, ...rest] = path.split('/');
  const file = join(ROOTS[root] ?? 'nowhere', ...rest);
  if (!existsSync(file)) return response.writeHead(404).end();
  response.setHeader('content-type', path.endsWith('.wasm') ? 'application/wasm' : 'text/javascript');
  return createReadStream(file).pipe(response);
}).listen(0);

/** Runs in the page. A peer that fails is left out with what it said. */
async function measure({ rounds }) {
  const { WORKLOADS } = await import('/bench/workloads.mjs');
  const ours = await import('/bench/ours.mjs');
  const tensorflow = await import('/bench/tensorflow.mjs');
  const jax = await import('/bench/jax.mjs');
  const entrants = [
    { name: 'ours, one worker', measure: ours.measure },
    ...(await tensorflow.backends()).map((backend) => ({
      name: `TensorFlow.js ${backend}`,
      measure: (workload) => tensorflow.measure(workload, backend),
    })),
    ...jax.backends().map((backend) => ({
      name: `jax-js ${backend}`,
      measure: (workload) => jax.measure(workload, backend),
    })),
  ];
  const seen = {};
  const failures = {};
  for (let round = 0; round < rounds; round++) {
    for (const [workload, what] of Object.entries(WORKLOADS)) {
      for (const { name, measure: run } of entrants.filter((entrant) => !failures[entrant.name])) {
        try {
          ((seen[workload] ??= {})[name] ??= []).push(await run(what));
        } catch (error) {
          failures[name] = String(error);
        }
      }
    }
  }
  return { seen, failures, processors: navigator.hardwareConcurrency };
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: [
    ...['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking'],
    ...(process.env.WEBGPU === 'software'
      ? ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader']
      : []),
  ],
});
const page = await browser.newPage();
await page.goto(`http://localhost:${server.address().port}/`);
await page.addScriptTag({ url: '/tensorflow/tfjs/dist/tf.min.js' });
await page.addScriptTag({ url: '/tensorflow/tfjs-backend-wasm/dist/tf-backend-wasm.min.js' });
if (existsSync(join(ROOTS.tensorflow, 'tfjs-backend-webgpu')))
  await page.addScriptTag({ url: '/tensorflow/tfjs-backend-webgpu/dist/tf-backend-webgpu.min.js' });
const { seen, failures, processors } = await page.evaluate(measure, { rounds: ROUNDS });
await browser.close();
server.close();

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const workloads = Object.keys(seen);
const names = Object.keys(seen[workloads[0]]);
const of = (workload, name, what) => median((seen[workload][name] ?? []).map((result) => result[what]));
const rows = names.map((name) => {
  const cells = workloads.map((workload) => {
    const speed = of(workload, name, 'steps');
    const ratio = of(workload, names[0], 'steps') / speed;
    return name === names[0] ? speed.toFixed(0) : `${speed.toFixed(1)} (ours: ${ratio.toFixed(1)}x)`;
  });
  return `| ${name} | ${cells.join(' | ')} |`;
});
const millions = (what) => workloads.map((w) => (of(w, names[0], what) / 1e6).toFixed(2)).join(' | ');
console.log(
  `\nTraining steps a second, medians of ${ROUNDS} rounds, ${processors} processors\n\n` +
    `| | ${workloads.join(' | ')} |\n|${' --- |'.repeat(workloads.length + 1)}\n${rows.join('\n')}\n` +
    `| ours, density points, millions a second (256x256) | ${millions('points')} |\n` +
    `| ours, samples, millions a second | ${millions('samples')} |\n`,
);
for (const [name, why] of Object.entries(failures)) console.log(`${name} failed: ${why}`);
writeFileSync(join('target', 'bench-peers.json'), JSON.stringify({ seen, failures, processors }, null, 2));
