import { expect, it } from 'vitest';
import { run as open } from '../../tests/browser/core';
import { allocate, Replica } from './all-reduce';
import type { CoreRun, Floats } from './core';

/** Ends within a test's patience. */
const SMALL = { model: { layers: 2, hidden: [8, 8] }, optimiser: { batch: 64 } };

/** In Node the core's numbers are typed as any array; the page's workers say more. */
const opened = (): CoreRun => open(SMALL) as unknown as CoreRun;

it('the history can be had from a step on', () => {
  const run = opened();
  run.train(120);
  const steps = (from: number) => run.history(from).map((e) => e.step);
  expect([steps(0), steps(50), steps(51), steps(101)]).toEqual([[0, 50, 100], [50, 100], [100], []]);
  run.free();
});

it('a run that is trained shard by shard is the run that is trained alone, to the last bit', () => {
  const alone = opened();
  alone.train(60);
  const leader = opened();
  const replica = new Replica(leader, allocate(1, leader.shards, leader.parameterCount), 0);
  replica.start();
  expect(replica.lead(60)).toBe(true);
  expect(leader.step).toBe(60);
  expect(leader.parameters()).toEqual(alone.parameters());
  expect(leader.history(0)).toEqual(alone.history(0));
  alone.free();
  leader.free();
});

it('a run goes on elsewhere from where another one stands', () => {
  const first = opened();
  first.train(30);
  const second = opened();
  second.restore(first.state() as Floats, first.clock(), false);
  first.train(30);
  second.train(30);
  expect(second.parameters()).toEqual(first.parameters());
  first.free();
  second.free();
});
