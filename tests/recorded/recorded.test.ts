/**
 * What was published before stays as it was: curves that were recorded bit for bit on the plain build, links and saved models. A change of
 * the core that is meant to change the numbers records them anew (`RECORD=1 npx vitest run tests/recorded`) and says why.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Experiment } from '../../www/engine/protocol';
import { readModel, writeModel } from '../../www/files/model';
import { fromLink, toLink } from '../../www/state/link';
import { base64Of } from '../../www/state/packing';
import { manifest, run, Run } from '../browser/core';
import { EXPERIMENTS } from './experiments';

const STEPS = 150;
const file = (name: string) => `tests/recorded/${name}`;

interface Recorded {
  experiment: Experiment;
  link: string;
  /** Held-out NLL and KL at every evaluation, and what the parameters add up to bit by bit. */
  curve: [step: number, nll: number, kl: number][];
  parameters: string;
}

/** FNV-1a of the bits. */
function hash(values: Float32Array): string {
  let sum = 0x811c9dc5;
  for (const byte of new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
    sum = Math.imul(sum ^ byte, 0x01000193) >>> 0;
  return sum.toString(16);
}

function drawing(): string {
  const { drawing_side: side } = manifest;
  const ring = (i: number) => Math.hypot((i % side) - side / 2, Math.floor(i / side) - side / 2) / side;
  return base64Of(
    Uint8Array.from({ length: side ** 2 }, (_, i) => (Math.abs(ring(i) - 0.25) < 0.05 ? 200 : 0)),
  );
}

function whole(name: string): Experiment {
  const changes = structuredClone(EXPERIMENTS[name]) as Partial<Record<keyof Experiment, object>>;
  const { default_experiment: start } = manifest;
  const merged = Object.fromEntries(
    Object.entries(start).map(([key, value]) => {
      const change = changes[key as keyof Experiment];
      if (change === undefined) return [key, value];
      return [key, key === 'model' || key === 'optimiser' ? { ...value, ...change } : change];
    }),
  ) as unknown as Experiment;
  if (merged.target.kind === 'drawn') merged.target.cells = drawing();
  return merged;
}

const trained = (experiment: Experiment): Run => {
  const one = run(experiment);
  one.train(STEPS);
  return one;
};
const curveOf = (one: Run): Recorded['curve'] =>
  (one.history() as { step: number; nll: number; kl: number }[]).map(({ step, nll, kl }) => [step, nll, kl]);

/** Models that were saved: what they say of a few points must be the same. */
const SAVED = ['made-two-conditionals', 'maf-mixture-base', 'glow'];
const shown = (one: Run) => [...one.samples(8, 0.8)].map(Number);

/** What the header of a saved model says of its parameters. */
function describedIn(bytes: Buffer): unknown {
  const length = Number(bytes.readBigUInt64LE(0));
  const header = JSON.parse(bytes.toString('utf8', 8, 8 + length)) as { __metadata__: { flow: string } };
  return JSON.parse(header.__metadata__.flow);
}

async function record(): Promise<void> {
  const all: Record<string, Recorded> = {};
  for (const name of Object.keys(EXPERIMENTS)) {
    const experiment = whole(name);
    const link = await toLink({ experiments: [experiment], views: '', temperature: 1 });
    const one = trained(experiment);
    all[name] = { experiment, link, curve: curveOf(one), parameters: hash(one.parameters()) };
    if (!SAVED.includes(name)) continue;
    const saved = { step: one.step, values: one.parameters() };
    writeFileSync(file(`${name}.safetensors`), writeModel(experiment, saved, one.description()));
    writeFileSync(file(`${name}.samples.json`), JSON.stringify(shown(one)));
  }
  writeFileSync(file('recorded.json'), `${JSON.stringify(all, null, 1)}\n`);
}

if (process.env['RECORD']) await record();
const recorded = JSON.parse(readFileSync(file('recorded.json'), 'utf8')) as Record<string, Recorded>;

test('every Experiment has a record', () => {
  expect(Object.keys(recorded)).toEqual(Object.keys(EXPERIMENTS));
});

describe.each(Object.entries(recorded))('%s', (_, { experiment, link, curve, parameters }) => {
  // A page without a link begins as the page of the day does.
  test.skipIf(link === '')('its link means what it meant', async () => {
    const page = await fromLink(link);
    const read = page.experiments.map((one) => run(one).experiment());
    expect(read).toMatchObject([experiment]);
    // What has come since is as it is where nothing is said of it.
    expect(read).toEqual([run(experiment).experiment()]);
  });

  // On a machine that has other things to do a run of a second may take many.
  test('it trains as it did, bit for bit', { timeout: 60_000 }, () => {
    const one = trained(experiment);
    expect(curveOf(one)).toEqual(curve);
    expect(hash(one.parameters())).toBe(parameters);
  });
});

test.each(SAVED)('the saved model %s gives the samples that it gave', (name) => {
  const { experiment, saved } = readModel(readFileSync(file(`${name}.safetensors`)));
  const one = run(experiment);
  expect(one.experiment()).toMatchObject(recorded[name]?.experiment ?? {});
  one.load(saved.step, saved.values);
  expect(shown(one)).toEqual(JSON.parse(readFileSync(file(`${name}.samples.json`), 'utf8')));
  expect(one.description()).toEqual(describedIn(readFileSync(file(`${name}.safetensors`))));
});

test('a link of two runs with views and a temperature', async () => {
  const link =
    '#target.kind=crescent&model.family=made&2.model.ordering=[1,0]&3.seed=5&views=masks,conditionals&temperature=0.7';
  const page = await fromLink(link);
  const [a, b, c] = page.experiments as Experiment[];
  expect([a?.model.ordering, b?.model.ordering, b?.target.kind, c?.seed]).toEqual([
    [0, 1],
    [1, 0],
    'crescent',
    5,
  ]);
  expect([page.views, page.temperature]).toEqual(['masks,conditionals', 0.7]);
});
