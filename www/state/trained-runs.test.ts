import { describe, expect, it } from 'vitest';
import type { Experiment } from '../engine/protocol';
import { MOST, TrainedRuns, type Trained } from './trained-runs';
import { manifest } from './manifest';

const experiment = (seed: number): Experiment => ({ ...manifest.default_experiment, seed });
const trained = (step: number): Trained => ({
  saved: { step, values: new Float32Array([step]) },
  evaluations: [],
});

describe('trained runs', () => {
  it('are kept by the Experiment itself, and found by its value', async () => {
    const runs = new TrainedRuns();
    const [first, second] = [experiment(1), experiment(1)];
    await runs.keep(first, Promise.resolve(trained(7)));
    expect(runs.of(first)?.saved.step).toBe(7);
    expect(runs.has(second)).toBe(false);
    expect(runs.like(second)).toBe(first);
    expect(runs.like(experiment(2))).toBeNull();
  });

  it('are there at once, and what comes too late is dropped', async () => {
    const runs = new TrainedRuns();
    const one = experiment(1);
    let bring: (run: Trained) => void = () => undefined;
    const late = runs.keep(one, new Promise((resolve) => (bring = resolve)));
    expect(runs.has(one)).toBe(true);
    expect(runs.of(one)).toBeNull();
    runs.forget(one);
    bring(trained(3));
    await late;
    expect(runs.has(one)).toBe(false);
  });

  it('which could not be had are none', async () => {
    const runs = new TrainedRuns();
    const one = experiment(1);
    await runs.keep(one, Promise.reject(new Error('the worker is lost')));
    expect(runs.has(one)).toBe(false);
  });

  it('go, the oldest first, when there are too many', async () => {
    const runs = new TrainedRuns();
    const all = Array.from({ length: MOST + 1 }, (_, seed) => experiment(seed));
    for (const [step, one] of all.entries()) await runs.keep(one, Promise.resolve(trained(step)));
    expect(all.map((one) => runs.has(one))).toEqual(all.map((_, i) => i > 0));
  });
});
