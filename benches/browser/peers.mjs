// Trains the three workloads with our core and with TensorFlow.js in one page of a real Chromium, in turns, and reports medians and
// ratios. All use batch 512, Adam, ReLU and data that is already there; ours draws a fresh batch of two moons for every step.
//
// W1 = MAF, 5 layers of 64x64; W2 = RealNVP, 8 layers of 64x64; W3 = Gaussian MADE, 64x64.

import { chromium } from '@playwright/test';
import { createReadStream, existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

const ROUNDS = 5;
const PEERS = join('node_modules', '@tensorflow');
const CORE = join('www', 'engine', 'pkg');

/** Serves the core and the peers, isolated, so that TensorFlow.js may use threads. */
const server = createServer((request, response) => {
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
  const path = new URL(request.url, 'http://localhost').pathname;
  if (path === '/') return response.setHeader('content-type', 'text/html').end('<!doctype html>');
  const [, root, ...rest] = path.split('/');
  const file = join({ core: CORE, peers: PEERS }[root] ?? 'nowhere', ...rest);
  if (!existsSync(file)) return response.writeHead(404).end();
  response.setHeader('content-type', path.endsWith('.wasm') ? 'application/wasm' : 'text/javascript');
  return createReadStream(file).pipe(response);
}).listen(0);

/** Runs in the page: everything that it needs is in here. */
async function measure({ rounds }) {
  const { tf } = globalThis;
  const core = await import('/core/density_playground.js');
  await core.default({ module_or_path: '/core/density_playground_relaxed_bg.wasm' });
  tf.wasm.setWasmPaths('/peers/tfjs-backend-wasm/wasm-out/');
  const workloads = {
    W1: { layers: 5, coupling: false, model: { family: 'maf', layers: 5, hidden: [64, 64] } },
    W2: { layers: 8, coupling: true, model: { family: 'realnvp', layers: 8, hidden: [64, 64] } },
    W3: { layers: 1, coupling: false, model: { family: 'made', hidden: [64, 64] } },
  };

  /** One Adam step of a flow with the variables' order turned from layer to layer. */
  function peer({ layers, coupling }) {
    const weight = (shape, deviation) => tf.variable(tf.randomNormal(shape, 0, deviation));
    const outputs = coupling ? 2 : 4;
    const mask = (shape, there) =>
      tf.tensor2d(
        Array.from({ length: shape[0] * shape[1] }, (_, i) => there(Math.floor(i / shape[1]), i % shape[1])),
        shape,
      );
    const all = Array.from({ length: layers }, (_, layer) => {
      const first = layer % 2;
      return {
        first,
        read: mask([2, 64], (row) => Number(row === first)),
        written: coupling ? null : mask([64, 4], (_, column) => Number(column % 2 === 1 - first)),
        w: [weight([coupling ? 1 : 2, 64], 0.5), weight([64, 64], 0.15), weight([64, outputs], 0.02)],
        b: [64, 64, outputs].map((count) => tf.variable(tf.zeros([count]))),
      };
    });
    const points = tf.randomNormal([512, 2]);
    const adam = tf.train.adam(1e-3);
    const network = ({ w, b, read, written }, input) => {
      const h1 = input
        .matMul(coupling ? w[0] : w[0].mul(read))
        .add(b[0])
        .relu();
      const h2 = h1.matMul(w[1]).add(b[1]).relu();
      return h2.matMul(coupling ? w[2] : w[2].mul(written)).add(b[2]);
    };
    const loss = () => {
      let [z, logDet] = [points, tf.zeros([512])];
      for (const layer of all) {
        if (coupling) {
          const [a, b] = [z.slice([0, layer.first], [-1, 1]), z.slice([0, 1 - layer.first], [-1, 1])];
          const theta = network(layer, a);
          const [mu, alpha] = [theta.slice([0, 0], [-1, 1]), theta.slice([0, 1], [-1, 1])];
          const mapped = b.sub(mu).mul(alpha.neg().exp());
          z = layer.first === 0 ? tf.concat([a, mapped], 1) : tf.concat([mapped, a], 1);
          logDet = logDet.sub(alpha.sum(1));
        } else {
          const theta = network(layer, z);
          const [mu, alpha] = [theta.slice([0, 0], [-1, 2]), theta.slice([0, 2], [-1, 2])];
          z = z.sub(mu).mul(alpha.neg().exp());
          logDet = logDet.sub(alpha.sum(1));
        }
      }
      return z
        .square()
        .sum(1)
        .mul(0.5)
        .sub(logDet)
        .mean()
        .add(Math.log(2 * Math.PI));
    };
    return { step: () => adam.minimize(loss), settle: () => all[0].b[0].data() };
  }

  const timed = async (work, count, settle) => {
    const begin = performance.now();
    for (let i = 0; i < count; i++) work();
    await settle();
    return (1000 * count) / (performance.now() - begin);
  };
  const seen = {};
  const note = (workload, who, speed) => ((seen[workload] ??= {})[who] ??= []).push(speed);
  for (let round = 0; round < rounds; round++) {
    for (const [name, workload] of Object.entries(workloads)) {
      const run = new core.Run({ target: { kind: 'two-moons' }, model: workload.model });
      run.train(50);
      note(
        name,
        'ours, one worker',
        (await timed(
          () => run.train(10),
          30,
          () => {},
        )) * 10,
      );
      run.free();
      for (const backend of ['wasm', 'webgl', 'cpu']) {
        await tf.setBackend(backend);
        await tf.ready();
        tf.engine().startScope();
        const { step, settle } = peer(workload);
        for (let i = 0; i < 3; i++) tf.tidy(step);
        await settle();
        const count = { wasm: 30, webgl: 12, cpu: 6 }[backend] * (name === 'W3' ? 4 : 1);
        note(name, `TensorFlow.js ${backend}`, await timed(() => tf.tidy(step), count, settle));
        tf.engine().endScope();
        tf.disposeVariables();
      }
    }
  }
  return { seen, processors: navigator.hardwareConcurrency };
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking'],
});
const page = await browser.newPage();
await page.goto(`http://localhost:${server.address().port}/`);
await page.addScriptTag({ url: '/peers/tfjs/dist/tf.min.js' });
await page.addScriptTag({ url: '/peers/tfjs-backend-wasm/dist/tf-backend-wasm.min.js' });
const { seen, processors } = await page.evaluate(measure, { rounds: ROUNDS });
await browser.close();
server.close();

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const workloads = Object.keys(seen);
const who = Object.keys(seen[workloads[0]]);
const ours = who[0];
const rows = who.map((name) => {
  const cells = workloads.map((workload) => {
    const speed = median(seen[workload][name]);
    const ratio = median(seen[workload][ours]) / speed;
    return name === ours ? speed.toFixed(0) : `${speed.toFixed(1)} (ours: ${ratio.toFixed(1)}x)`;
  });
  return `| ${name} | ${cells.join(' | ')} |`;
});
console.log(
  `\nTraining steps a second, medians of ${ROUNDS} rounds, ${processors} processors\n\n` +
    `| | ${workloads.join(' | ')} |\n|${' --- |'.repeat(workloads.length + 1)}\n${rows.join('\n')}\n`,
);
writeFileSync(join('target', 'bench-peers.json'), JSON.stringify({ seen, processors }, null, 2));
