import { describe, expect, it } from 'vitest';
import { KEPT_BYTES, KeptSteps } from './kept-steps';

/** Keeps what is due of a run that is looked at after every `stride` steps. */
function trained(kept: KeptSteps, parameters: number, to: number, stride = 1): KeptSteps {
  for (let step = 0; step <= to; step += stride)
    if (kept.due(step)) kept.keep({ step, values: new Float32Array(parameters).fill(step) });
  return kept;
}

describe('what is kept of a training', () => {
  it('is spaced geometrically, from the first step on', () => {
    const { steps, bytes } = trained(new KeptSteps(100), 100, 5000);
    expect(steps.slice(0, 4)).toEqual([0, 1, 2, 3]);
    expect(steps.length).toBeLessThan(100);
    expect(bytes).toBe(400 * steps.length);
    for (const [index, step] of steps.entries())
      if (index > 0) expect(step / (steps[index - 1] ?? 0)).toBeGreaterThanOrEqual(step > 20 ? 1.1 : 1);
    expect(steps.at(-1)).toBeGreaterThan(4500);
  });

  it('is thinned when it is full, and never more than the budget', () => {
    const kept = new KeptSteps(100, 400 * 12);
    for (const to of [50, 500, 5000, 50_000]) {
      trained(kept, 100, to, 7);
      expect(kept.bytes).toBeLessThanOrEqual(400 * 12);
      expect(kept.steps.length).toBeGreaterThanOrEqual(6);
      expect(kept.steps[0]).toBe(0);
    }
    const ratios = kept.steps.slice(2).map((step, i) => step / (kept.steps[i + 1] ?? 0));
    expect(Math.max(...ratios)).toBeLessThan(10);
  });

  it('is nothing of a model of which eight steps would not fit', () => {
    const large = KEPT_BYTES / 4 / 7;
    expect(trained(new KeptSteps(large), 1, 10).steps).toEqual([]);
    expect(trained(new KeptSteps(large / 2), 1, 10).steps).not.toEqual([]);
  });

  it('is found by the nearest step, and forgets what a run that diverged has left', () => {
    const kept = trained(new KeptSteps(1), 1, 200);
    const near = kept.near(100);
    expect(Math.abs((near?.step ?? 0) - 100)).toBeLessThan(10);
    expect(near?.values[0]).toBe(near?.step);
    expect(kept.due(150)).toBe(true);
    kept.keep({ step: 150, values: new Float32Array(1) });
    expect(kept.steps.at(-1)).toBe(150);
    kept.clear();
    expect(kept.near(100)).toBeNull();
  });
});
