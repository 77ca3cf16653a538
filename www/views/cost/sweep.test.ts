import { expect, it } from 'vitest';
import { Sweep } from './sweep';

/** Questions that are answered when the test wants. */
function asker() {
  const waiting: (() => void)[] = [];
  const told: string[] = [];
  return {
    waiting,
    told,
    ask: (job: string) => new Promise<string>((resolve) => waiting.push(() => resolve(job))),
    tell: (job: string) => void told.push(job),
  };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

it('asks one thing after the other', async () => {
  const { waiting, told, ask, tell } = asker();
  const done = new Sweep().run(['a', 'b'], ask, tell);
  expect(waiting).toHaveLength(1);
  waiting[0]?.();
  await settle();
  waiting[1]?.();
  expect(await done).toBe(true);
  expect(told).toEqual(['a', 'b']);
});

it('that was stopped says no more, also where another one has begun', async () => {
  const { waiting, told, ask, tell } = asker();
  const sweep = new Sweep();
  const first = sweep.run(['a', 'b'], ask, tell);
  sweep.stop();
  const second = sweep.run(['c'], ask, tell);
  waiting[0]?.();
  expect(await first).toBe(false);
  waiting[1]?.();
  expect(await second).toBe(true);
  expect(waiting).toHaveLength(2);
  expect(told).toEqual(['c']);
});
