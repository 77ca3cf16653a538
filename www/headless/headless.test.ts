import { expect, it } from 'vitest';
import { provide, run as open } from '../../tests/browser/core';
import { load, train, type Experiment, type Progress } from '.';
import { tableOf } from './rows';

/** A small model of a target of the page, to its end. */
const SMALL: Experiment = {
  target: { kind: 'crescent' },
  model: { layers: 2, hidden: [8, 8] },
  optimiser: { batch: 64, schedule: { kind: 'cosine', steps: 150 } },
  seed: 3,
};

/** Rows on a ring, far from 0 and in units of their own. */
const RING = Array.from({ length: 200 }, (_, i) => [1e6 + Math.sin(i), 50 * Math.cos(i) + 0.01 * i]);

it('the same Experiment and seed give the numbers of the page’s core, to the last bit', async () => {
  const told: Progress[] = [];
  const model = await train(SMALL, { onProgress: (one) => told.push(one) });
  const page = open(model.experiment);
  page.train(150);
  expect(told).toEqual(page.history(0));
  expect(model.evaluation).toEqual(page.history(150)[0]);
  expect(model.sample(50, 0.8).flatMap((row) => [...row])).toEqual([...page.samples(50, 0.8)]);
  // Half a cell off the middle: the density at cell centres, as the stage has it.
  const field = page.densityField({ x_min: -1, x_max: 1, y_min: -1, y_max: 1 }, 1, 1);
  expect(Math.exp(model.logProb([[0, 0]])[0] ?? NaN)).toBeCloseTo(field[0] ?? NaN, 6);
  // What the page begins with, where nothing is said of it.
  expect(model.experiment.optimiser).toMatchObject({ learning_rate: 0.003, ema_decay: 0.995, batch: 64 });
  page.free();
});

it('is walked through, rests, goes on, and ends when it is told to', async () => {
  const training = train(SMALL);
  const steps: number[] = [];
  for await (const { step } of training) {
    steps.push(step);
    if (step === 50) break;
  }
  for await (const { step } of training) {
    steps.push(step);
    training.stop();
  }
  expect(steps).toEqual([0, 50, 100]);
  expect((await training).step).toBe(100);
});

it('rows are learned in their own units, and a file needs no rows', async () => {
  const experiment: Experiment = { model: { family: 'made', hidden: [8] }, optimiser: { batch: 32 } };
  const model = await train(RING, { experiment, names: ['time', 'height'], steps: 60 });
  expect(model.evaluation?.sample?.best_step).toBeLessThanOrEqual(60);
  const again = await load(model.save());
  expect(again.step).toBe(60);
  const points = [RING[0] ?? [], [1e6, 0]];
  expect(again.logProb(points)).toEqual(model.logProb(points));
  const samples = again.sample(200);
  expect(samples).toEqual(model.sample(200));
  const mean = samples.reduce((sum, row) => sum + (row[0] ?? NaN) / samples.length, 0);
  expect(Math.abs(mean - 1e6)).toBeLessThan(1);
  // The page's run of the same rows.
  provide(tableOf(RING, ['time', 'height']));
  const page = open(model.experiment);
  page.train(60);
  expect(page.history(60)[0]).toEqual(model.evaluation);
  page.free();
});

it('says what is wrong, in sentences', async () => {
  await expect(train({ model: { layers: 99 } })).rejects.toThrow('model.layers is 99');
  await expect(train([[1, 2], [3]])).rejects.toThrow('Row 2 has 1 numbers; the others have 2.');
  await expect(train(RING.slice(0, 5))).rejects.toThrow('it has 5 rows; 20 or more are needed');
  await expect(train({ optimiser: { schedule: { kind: 'constant' } } })).rejects.toThrow('has no end');
  await expect(train(SMALL, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
  await expect(load(new Uint8Array(30))).rejects.toThrow('This model file can’t be read');
  const model = await train(SMALL, { steps: 1 });
  expect(() => model.logProb([[1]])).toThrow('Row 1 has 1 numbers; the others have 2.');
  expect(() => model.sample(3, -1)).toThrow('temperature is -1');
});
