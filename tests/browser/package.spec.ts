/** The package as people install it: packed, in an empty project, imported by name; with a bundler and without, in Node and in a page. */

import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { expect, type Page, test } from './page-test';

/** An empty project that has the package, and what is in examples/npm/. */
let project = '';

test.beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'density-playground-'));
  const packed = execFileSync('npm', ['pack', '--json', '--pack-destination', project, './dist'], {
    encoding: 'utf8',
  });
  const [{ filename } = { filename: '' }] = JSON.parse(packed) as { filename: string }[];
  const folder = join(project, 'node_modules', 'density-playground');
  mkdirSync(folder, { recursive: true });
  execFileSync('tar', ['-xzf', join(project, filename), '-C', folder, '--strip-components', '1']);
  cpSync('examples/npm', project, { recursive: true });
});

test.afterAll(() => rmSync(project, { recursive: true, force: true }));

/** The project at an address of this server, so that the page is watched as any other. */
const serve = (page: Page, folder: string) =>
  page.route('**/project/**', (route) => {
    const path = join(folder, new URL(route.request().url()).pathname.replace('/project/', ''));
    return route.fulfill({ path: path.endsWith('/') ? join(path, 'index.html') : path });
  });

test('a program of Node trains, asks, saves and loads', () => {
  const said = execFileSync('node', ['train.mjs'], { cwd: project, encoding: 'utf8' });
  const [, ring, middle] = /on the ring (-?[\d.]+), in its middle (-?[\d.]+) nats/.exec(said) ?? [];
  expect(Number(ring)).toBeGreaterThan(Number(middle));
  expect(said).toContain(`loaded from its file: log p on the ring ${ring} nats`);
  expect(existsSync(join(project, 'ring.safetensors'))).toBe(true);
});

test('its types hold in a strict project', () => {
  const source = `
    import 'density-playground';
    import { load, train, type Experiment, type Model } from 'density-playground/core';
    const experiment: Experiment = { target: { kind: 'crescent' }, model: { family: 'maf', layers: 2 } };
    const model: Model = await train(experiment, { steps: 10, onProgress: ({ step, kl }) => [step, kl] });
    for await (const { nll } of train([[1, 2], [3, 4]], { names: ['a', 'b'] })) nll.toFixed();
    const first: number | undefined = (await load(model.save())).logProb([[0, 0]])[0];
    document.createElement('density-playground').addEventListener('converged', ({ detail }) => detail.step.toFixed());
    // @ts-expect-error: there is no such family
    void train({ model: { family: 'mfa' } });
    void first;`;
  writeFileSync(join(project, 'types.mts'), source);
  const compiler = resolve('node_modules/typescript/bin/tsc');
  const options = [
    '--noEmit',
    '--strict',
    '--skipDefaultLibCheck',
    '--module',
    'nodenext',
    '--target',
    'es2022',
  ];
  const lib = ['--lib', 'es2023,dom,dom.iterable,esnext.disposable'];
  const run = () =>
    execFileSync('node', [compiler, ...options, ...lib, 'types.mts'], { cwd: project, encoding: 'utf8' });
  let said = '';
  try {
    said = run();
  } catch (error) {
    said = String((error as { stdout?: unknown }).stdout);
  }
  expect(said).toBe('');
});

test('a page without a bundler has the element, with its events, and the core', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await serve(page, project);
  await page.goto('/project/index.html');
  await expect(page.locator('#core')).toHaveText(/^step 200, KL \d\.\d+; one sample at /);
  await expect(page.locator('#element')).toHaveText('step 0');
  await page.frameLocator('iframe').getByRole('button', { name: 'Play', exact: true }).click();
  await expect(page.locator('#element')).toHaveText('converged at 100');
});

test('a bundler takes the module of WebAssembly along, to a worker', async ({ page }) => {
  const app = join(project, 'app');
  mkdirSync(app);
  const files = {
    'index.html':
      '<!doctype html><html lang="en"><title>An app</title><body><script type="module" src="./app.js"></script></body></html>',
    'app.js': `
      const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
      worker.onmessage = ({ data }) => (document.body.textContent = 'trained ' + data);`,
    'worker.js': `
      import { train } from 'density-playground/core';
      const experiment = { model: { family: 'made', hidden: [8] }, optimiser: { batch: 32 } };
      postMessage((await train(experiment, { steps: 20 })).step);`,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(app, name), text);
  const es = { worker: { format: 'es' as const }, build: { target: 'es2022' } };
  await build({ root: app, base: './', configFile: false, logLevel: 'error', ...es });
  expect(readFileSync(join(app, 'dist', 'index.html'), 'utf8')).toContain('./assets/');
  await serve(page, join(app, 'dist'));
  await page.goto('/project/index.html');
  await expect(page.locator('body')).toHaveText('trained 20');
});
