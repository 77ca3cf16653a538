/**
 * The kernels as the browser compiles them, against the processor: one step's gradient and the first 200 values of every family.
 * The core's package alone, on an empty page: what tests/gpu.rs does natively.
 */

import { expect, test } from './page-test';
import { createReadStream, existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type * as core from '../../www/engine/pkg/density_playground_gpu';
import { WITH_WEBGPU } from './chromium';

test.use({
  launchOptions: {
    ...(process.env['CHROMIUM'] ? { executablePath: process.env['CHROMIUM'] } : {}),
    args: WITH_WEBGPU,
  },
});

let server: Server;
let url: string;
test.beforeAll(async () => {
  server = createServer((request, response) => {
    const name = (request.url ?? '/').slice(1);
    const file = join('www/engine/pkg', name);
    if (!/^density_playground_gpu[a-z_]*\.(js|wasm)$/.test(name) || !existsSync(file)) {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Kernels</title>');
      return;
    }
    const type = name.endsWith('.js') ? 'text/javascript' : 'application/wasm';
    response.writeHead(200, { 'content-type': type });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  url = `http://localhost:${(server.address() as AddressInfo).port}/`;
});
test.afterAll(() => server.close());

const model = (family: string, more: object = {}) => ({ family, layers: 2, hidden: [12, 12], ...more });
const reverse = {
  kind: 'reverse-kl',
  start: 1,
  annealing: { from: 0.1, steps: 150 },
  path_gradient: true,
};

const TABLE: { name: string; experiment: { model: object; objective?: object } }[] = [
  { name: 'MADE', experiment: { model: model('made') } },
  {
    name: 'MADE of mixtures',
    experiment: { model: model('made', { conditionals: [{ kind: 'mixture', components: 4 }] }) },
  },
  { name: 'MAF', experiment: { model: model('maf', { activation: 'tanh' }) } },
  { name: 'IAF', experiment: { model: model('iaf') } },
  { name: 'NICE', experiment: { model: model('nice') } },
  { name: 'RealNVP', experiment: { model: model('realnvp') } },
  { name: 'Glow', experiment: { model: model('glow') } },
  { name: 'spline', experiment: { model: model('spline', { bins: 5, activation: 'tanh' }) } },
  {
    name: 'spline coupling',
    experiment: { model: model('spline-coupling', { bins: 5, activation: 'tanh' }) },
  },
  { name: 'RealNVP under the reverse KL', experiment: { model: model('realnvp'), objective: reverse } },
  { name: 'MAF under the reverse KL', experiment: { model: model('maf'), objective: reverse } },
];

for (const { name, experiment } of TABLE) {
  test(`the browser’s kernels have the processor’s numbers: ${name}`, async ({ page }) => {
    await page.goto(url);
    const whole = {
      target: { kind: 'two-moons' },
      optimiser: { batch: 64, learning_rate: 5e-4 },
      seed: 7,
      ...experiment,
    };
    const off = await page.evaluate(async (given) => {
      const address = '/density_playground_gpu.js';
      const pkg = (await import(address)) as typeof core;
      await pkg.default({ module_or_path: '/density_playground_gpu_bg.wasm' });
      const device = await pkg.Device.request('nothing' as never);
      const run = new pkg.Run(given as never);
      const runs = await pkg.Runs.onGpu(device, [given] as never);
      const length = (values: Float32Array) => Math.sqrt(values.reduce((sum, v) => sum + v * v, 0));
      const expected: number[] = [];
      let gradient = 0;
      for (let step = 0; step < 200; step++) {
        if (step === 0 || step === 30) {
          // The processor's gradient of the very step that the GPU takes next.
          runs.restore(run.state(), run.clock());
          const sum = new Float32Array(run.parameterCount);
          for (let shard = 0; shard < run.shards; shard++) {
            const own = new Float32Array(run.parameterCount);
            run.shard(shard, own);
            own.forEach((g, i) => (sum[i] = (sum[i] ?? 0) + g));
          }
          runs.train(1);
          const found = await runs.lastGradient(0);
          gradient = Math.max(gradient, length(found.map((g, i) => g - (sum[i] ?? 0))) / length(sum));
        }
        expected.push(run.train(1));
      }
      const start = new pkg.Run(given as never);
      runs.restore(start.state(), start.clock());
      runs.train(200);
      const values = await runs.values(0);
      const worst = expected.map((v, i) => Math.abs(v - (values[i] ?? NaN)) / Math.max(1, Math.abs(v)));
      return { gradient, values: Math.max(...worst) };
    }, whole);
    console.log(`${name}: gradient ${off.gradient.toExponential(1)}, values ${off.values.toExponential(1)}`);
    expect(off.gradient).toBeLessThan(1e-3);
    expect(off.values).toBeLessThan(0.01);
  });
}
