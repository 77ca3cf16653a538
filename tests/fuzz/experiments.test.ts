/**
 * Random Experiments in the page's own build of the core, right ones and nearly right ones: each is trained for a few steps with finite numbers,
 * or ends in one sentence. The core has its own, tests/random_experiments.rs; here are also the values that only JavaScript has.
 *
 * A fixed number in every run; more with `RANDOM_EXPERIMENTS=1000 npx vitest run tests/fuzz/experiments.test.ts`.
 */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { validate } from '../../www/engine/pkg/density_playground_views.js';
import { floats, manifest, run } from '../browser/core';
import { isRefusal } from './targets';

const COUNT = 120;
const { limits, families, targets, drawing_side: side, drawing_window: window } = manifest;

/** Objects as JSON has them. */
const record = <T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record<T>(fields, { noNullPrototype: true });

/** What is built and trained is small, so that there can be many. */
const MAX_WORK = 60_000;

const whole = (least: number, most: number) =>
  fc.oneof({ weight: 6, arbitrary: fc.integer({ min: least, max: most }) }, fc.constantFrom(least, most));
const between = (least: number, most: number) =>
  fc.oneof(fc.double({ min: least, max: most, noNaN: true }), fc.constantFrom(least, most));

const drawing = fc
  .oneof(
    fc
      .uint8Array({ minLength: 1, maxLength: 64 })
      .map((some) => Uint8Array.from({ length: side ** 2 }, (_, i) => some[i % some.length] ?? 0)),
    whole(0, side ** 2 - 1).map((at) => new Uint8Array(side ** 2).fill(1, at, at + 1)),
  )
  .map((cells) => ({ kind: 'drawn', cells: Buffer.from(cells).toString('base64') }));
const kind = (...names: string[]) => fc.constantFrom(...names.map((name) => ({ kind: name })));
const mixture = record({ kind: fc.constant('mixture'), components: whole(1, limits.components) });

/** Right ones. Few are large. */
const anyhow = record({
  training_set: fc.oneof(
    { weight: 2, arbitrary: kind('fresh') },
    record({ kind: fc.constant('sample'), count: whole(10, 500) }),
    record({
      kind: fc.constant('points'),
      points: fc.array(between(-1000, 1000), { minLength: 10, maxLength: 30 }).map((all) => [...all, ...all]),
    }),
  ),
  target: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...targets.map(({ spec }) => spec)) }, drawing),
  model: record({
    family: fc.constantFrom(...families.map(({ family }) => family)),
    ordering: fc.constantFrom([0, 1], [1, 0]),
    ordering_policy: fc.constantFrom('same', 'alternate', 'random'),
    layers: fc.oneof({ weight: 20, arbitrary: whole(1, 4) }, whole(1, limits.layers)),
    hidden: fc.oneof(
      { weight: 20, arbitrary: fc.array(whole(1, 12), { minLength: 1, maxLength: 3 }) },
      fc.array(whole(1, limits.units), { minLength: 1, maxLength: limits.hidden_layers }),
    ),
    activation: fc.constantFrom('relu', 'tanh'),
    conditionals: fc.array(fc.oneof(kind('gaussian', 'laplace', 'student-t'), mixture), {
      minLength: 1,
      maxLength: 2,
    }),
    order_agnostic: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.boolean()),
    bins: whole(2, limits.components),
    batch_norm: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, fc.boolean()),
    reads: fc.constantFrom(null, 'data', 'base'),
    base: fc.oneof(
      kind('normal'),
      mixture,
      record({ kind: fc.constant('student-t'), degrees: between(1, 100) }),
    ),
  }),
  objective: fc.oneof(
    { weight: 2, arbitrary: kind('forward-kl') },
    record({
      kind: fc.constant('reverse-kl'),
      start: between(1e-3, 10),
      annealing: fc.option(record({ from: between(5e-324, 1), steps: whole(1, 10_000_000) })),
      path_gradient: fc.boolean(),
    }),
  ),
  optimiser: record({
    learning_rate: fc.oneof({ weight: 3, arbitrary: between(1e-4, 1e-1) }, between(5e-324, 1)),
    batch: fc.oneof({ weight: 30, arbitrary: whole(1, 64) }, whole(1, limits.batch)),
    schedule: fc.oneof(
      kind('constant'),
      record({ kind: fc.constant('cosine'), steps: whole(1, 10_000_000) }),
    ),
    activations: fc.constantFrom('stored', 'recomputed'),
    clip: fc.option(between(5e-324, Number.MAX_VALUE)),
    ema_decay: fc.option(between(0, 0.9999)),
    weight_decay: between(0, 10),
    jitter: between(0, 1),
    early_stopping: fc.boolean(),
  }),
  seed: fc.constantFrom(0, 1, 4_294_967_295),
});
/** The reverse KL looks at no points. */
const right = anyhow.map((one) => {
  const { objective } = one as { objective?: { kind: string } };
  return objective?.kind === 'reverse-kl' ? { ...one, training_set: { kind: 'fresh' } } : one;
});

/** What programs stumble at, of every type, JSON's and others'. */
const wrong = fc.oneof(
  fc.constantFrom<unknown>(null, true, -1, 0, 33, 65, 1025, 65_537, 2 ** 32, 2 ** 53, 0.5, -0, 1e308, 5e-324),
  fc.constantFrom<unknown>(
    undefined,
    NaN,
    Infinity,
    -Infinity,
    1n,
    Symbol('x'),
    () => 1,
    new Date(0),
    new Map([['kind', 1]]),
  ),
  fc.constantFrom<unknown>('', 'NaN', '\u202e', '\0', '\ud800', '__proto__', 'x'.repeat(10_000)),
  fc.constantFrom<unknown>([], {}, [0, 1, 2], new Array(5), new Float32Array(3), new ArrayBuffer(8), {
    kind: 'gaussian',
  }),
);

/** Puts `value` at a place of an Experiment that the numbers choose; a field too many, too, or one too few. */
function spoilt(experiment: unknown, [first = 0, ...rest]: number[], value: unknown): unknown {
  if (typeof experiment !== 'object' || experiment === null) return value;
  const copy = Array.isArray(experiment) ? [...experiment] : { ...experiment };
  const keys = Object.keys(copy);
  const fields = copy as Record<string, unknown>;
  const key = keys[first % (keys.length + 1)];
  if (key === undefined) return { ...fields, x: value };
  if (rest.length === 0) {
    if (first % 3 === 0) return Object.fromEntries(Object.entries(fields).filter(([name]) => name !== key));
    fields[key] = value;
  } else fields[key] = spoilt(fields[key], rest, value);
  return copy;
}

const nearlyRight = fc
  .tuple(right, fc.array(fc.nat(1000), { minLength: 1, maxLength: 4 }), wrong)
  .map(([experiment, place, value]) => spoilt(experiment, place, value));

/** A refusal is a sentence; anything else that is thrown is a fault. */
function refused<T>(act: () => T): T | null {
  try {
    return act();
  } catch (error) {
    if (!isRefusal(error)) throw error;
    expect((error as Error).message).not.toMatch(/below (NaN|inf)/);
    return null;
  }
}

const memory = () => (process.memoryUsage().arrayBuffers + process.memoryUsage().external) / 2 ** 20;

it('each runs or ends in a sentence', { timeout: 600_000 }, () => {
  const counts = { refused: 0, large: 0, notStarted: 0, stopped: 0, trained: 0 };
  const before = memory();
  const one = fc.oneof({ weight: 2, arbitrary: right as fc.Arbitrary<unknown> }, nearlyRight);
  const lives = fc.property(one, fc.constantFrom(1, 3, 51), (experiment, steps) => {
    const taken = refused(() => validate(experiment));
    if (!taken) return void counts.refused++;
    const { model, optimiser } = taken;
    const sizes = [2, ...model.hidden, 6 * limits.components];
    const layer = sizes.slice(1).reduce((sum, size, i) => sum + size * ((sizes[i] ?? 0) + 1), 0);
    if (layer * model.layers + 40 * optimiser.batch > MAX_WORK) return void counts.large++;
    const started = refused(() => run(experiment));
    if (!started) return void counts.notStarted++;
    const value = refused(() => started.train(steps));
    if (value === null) counts.stopped++;
    else {
      expect(value).toSatisfy(Number.isFinite);
      counts.trained++;
    }
    expect(floats(started.parameters()).every(Number.isFinite)).toBe(true);
    for (const now of started.history(0)) expect([now.nll, now.kl].some(Number.isNaN)).toBe(false);
    // A far draw of a base with heavy tails can lead beyond all numbers. All else that does has diverged, which the next evaluation tells.
    const beyond = () => floats(started.samples(64, 1)).filter((v) => !Number.isFinite(v)).length;
    if (beyond() > 12) {
      refused(() => started.train(manifest.evaluate_every - (started.step % manifest.evaluate_every)));
      expect(beyond()).toBeLessThanOrEqual(12);
    }
    expect(floats(started.densityField(window as never, 12, 1)).every((density) => density >= 0)).toBe(true);
    started.free();
  });
  const wanted = Number(process.env['RANDOM_EXPERIMENTS'] ?? COUNT);
  fc.assert(lives, { numRuns: wanted, seed: 18 });
  console.log(JSON.stringify(counts), `${Math.round(memory() - before)} MB more`);
  // Were all of them refused, nothing else would be tested.
  expect(counts.trained).toBeGreaterThan(counts.refused / 2);
  expect(counts.refused).toBeGreaterThan(0);
  expect(memory() - before).toBeLessThan(512);
});

/** Lists in lists, a hundred thousand deep: JSON can say it in 200 kB. */
const deep = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000)) as unknown;

it.each<[string, unknown]>([
  ['an Experiment', deep],
  ['a drawing', { target: { kind: 'drawn', cells: deep } }],
  ['a base', { model: { base: { kind: 'mixture', components: deep } } }],
  ['a field that there is not', { model: { x: deep } }],
])('%s that goes deeper than anything is refused with a sentence', (_, experiment) => {
  expect(refused(() => validate(experiment))).toBeNull();
  // The core stands.
  expect(validate({}).seed).toBe(1);
});
