/** The Python script that the page gives away: its numbers against the core's, for every family, conditional and base. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeModel } from '../../www/files/model';
import { fromLink } from '../../www/state/link';
import { manifest, floats, run, stage } from '../browser/core';

const PYTHON = process.env['PYTHON'] ?? 'python3';
const folder = mkdtempSync(join(tmpdir(), 'density-model-'));
const SMALL = 'model.hidden=[16,16]&optimiser.learning_rate=0.003&optimiser.batch=128';

interface Said {
  log_prob: number[];
  base: [number, number][];
  back: number;
  log_dets: number;
  spread: number;
  torch: { log_prob: number[]; gradient: boolean; samples: number[] } | null;
}

function script(args: string[], input?: string): string {
  const { status, stdout, stderr, error } = spawnSync(PYTHON, args, { input, encoding: 'utf8' });
  expect(status, `${error?.message ?? ''}${stderr}`).toBe(0);
  return stdout;
}

const links = [
  // What an autoencoder's parameters mean, and a generator's, is not told yet.
  ...manifest.families
    .filter(({ group }) => group !== 'latent' && group !== 'adversarial')
    .map(({ family, stacks }) => `model.family=${family}${stacks ? '&model.layers=3' : ''}`),
  'model.family=flow-matching&model.layers=4&model.solver=midpoint&model.activation=silu',
  'model.family=diffusion&model.layers=8&model.solver=midpoint&model.prediction=noise&model.activation=tanh',
  'model.family=cnf&model.layers=4&model.solver=euler',
  'model.family=made&model.conditionals=[{"kind":"mixture","components":3}]',
  'model.family=nade&model.conditionals=[{"kind":"laplace"},{"kind":"student-t"}]&model.activation=tanh',
  'model.family=made&model.order_agnostic=true&model.conditionals=[{"kind":"mixture","components":2}]',
  'model.family=realnvp&model.layers=3&model.batch_norm=true',
  'model.family=maf&model.layers=3&model.ordering_policy=random&model.reads=base',
  'model.family=maf&model.layers=2&model.base={"kind":"student-t","degrees":4}',
  'model.family=glow&model.layers=2&model.base={"kind":"mixture","components":3}',
  'model.family=iaf&model.layers=2&objective.kind=reverse-kl&objective.start=1&objective.path_gradient=false',
];

describe.each(links)('%s', (link) => {
  test('gives the core’s numbers', { timeout: 60_000 }, async () => {
    const { experiments } = await fromLink(`#${SMALL}&${link}`);
    const one = run(experiments[0]);
    one.train(150);
    const model = join(folder, 'model.safetensors');
    const values = one.parameters() as Float32Array<ArrayBuffer>;
    writeFileSync(model, writeModel(one.experiment(), { step: one.step, values }, one.description()));

    const window = stage((one.experiment() as { target: unknown }).target);
    const [side, temperature] = [24, 0.8];
    const at = (i: number, from: number, to: number) => from + ((i + 0.5) * (to - from)) / side;
    const points = Array.from({ length: side * side }, (_, i) => [
      at(i % side, window.x_min, window.x_max),
      at(Math.floor(i / side), window.y_min, window.y_max),
    ]);
    const field = one.densityField(window, side, temperature);
    const { data, base } = one.dataInBase(60) as unknown as { data: Uint8Array; base: Uint8Array };
    const [x, u] = [floats(data), floats(base)];
    const pairs = (all: Float32Array) =>
      Array.from({ length: all.length / 2 }, (_, i) => [all[2 * i], all[2 * i + 1]]);
    const job = JSON.stringify({ model, points, temperature, data: pairs(x) });
    const said = JSON.parse(script(['tests/python/check.py'], job)) as Said;

    // Single precision against double: densities above what it can tell from 0.
    const close = (values: number[]) =>
      values.forEach((value, i) => {
        const own = field[i] ?? NaN;
        if (own > 1e-12)
          expect(Math.abs(value - Math.log(own)), `at ${String(points[i])}`).toBeLessThan(5e-4);
        else expect(value).toBeLessThan(-26);
      });
    close(said.log_prob);
    const apart = said.base.flat().map((value, i) => Math.abs(value - (u[i] ?? NaN)));
    expect(Math.max(...apart)).toBeLessThan(1e-4);
    // A solver's step back is not quite the inverse of its step there.
    const solved = ['cnf', 'flow-matching', 'diffusion'].some((family) => link.includes(`=${family}`));
    if (!solved) {
      expect(said.back).toBeLessThan(1e-9);
      expect(said.log_dets).toBeLessThan(1e-9);
    }

    // Samples of its own generator have the spread of the core's own.
    const [tempered] = one.temperatures(Float64Array.of(0.7)) as unknown as { spread: number }[];
    // Predicted noise is divided by little at the base: an untrained network carries a few of the draws far out.
    const wavers = link.includes('prediction=noise') ? 0.25 : 0.1;
    expect(Math.abs(said.spread / (tempered?.spread ?? NaN) - 1)).toBeLessThan(wavers);

    if (said.torch) {
      close(said.torch.log_prob);
      expect(said.torch.gradient).toBe(true);
      expect(said.torch.samples).toEqual([10, 2]);
    }
  });
});

test('from a terminal: samples, and log p of a table with a heading', { timeout: 60_000 }, () => {
  const one = run({});
  const model = join(folder, 'terminal.safetensors');
  const values = one.parameters() as Float32Array<ArrayBuffer>;
  writeFileSync(model, writeModel(one.experiment(), { step: 0, values }, one.description()));
  const file = 'www/files/density_model.py';
  const samples = script([file, model, '--samples', '5', '--seed', '1']).trim();
  expect(samples.split('\n')).toHaveLength(5);
  const table = join(folder, 'points.csv');
  writeFileSync(table, `x1,x2\n${samples}\n`);
  expect(script([file, model, '--points', table]).trim().split('\n').map(Number).every(Number.isFinite)).toBe(
    true,
  );
  expect(script([file, model])).toContain('"family": "maf"');
});

test('a model without its description is refused with what to do', () => {
  const one = run({});
  const model = join(folder, 'old.safetensors');
  const values = one.parameters() as Float32Array<ArrayBuffer>;
  writeFileSync(model, writeModel(one.experiment(), { step: 0, values }));
  const { status, stderr } = spawnSync(PYTHON, ['www/files/density_model.py', model], { encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stderr).toContain('open it in Density Playground and save it again');
});
