import { describe, expect, it } from 'vitest';
import { DataParallel, type Follower } from './data-parallel';
import { experimentOf, FakeClock, FakeRun, MOONS } from './fakes';
import { canShareMemory } from './shared-memory';
import { Trial } from './trial';

describe('whether memory can be shared', () => {
  it('is tried', () => {
    expect(canShareMemory()).toBe(true);
  });

  it('not, where a page is isolated and has none all the same', () => {
    expect(canShareMemory({ MessageChannel, SharedArrayBuffer: undefined })).toBe(false);
    expect(canShareMemory({})).toBe(false);
  });

  it('not, where it is there and can not be handed over', () => {
    class Refusing {
      port1 = {
        postMessage: () => {
          throw new DOMException('could not be cloned', 'DataCloneError');
        },
        close: () => undefined,
      };
      port2 = { close: () => undefined };
    }
    expect(canShareMemory({ SharedArrayBuffer, MessageChannel: Refusing as never })).toBe(false);
  });
});

describe('training together', () => {
  /** Trains for a second, with steps that are worth sharing. */
  function trainAlone(spawn: () => Follower, canShare: () => boolean) {
    const clock = new FakeClock();
    const run = new FakeRun(experimentOf(MOONS), clock);
    const trainer = new DataParallel(run, 2, clock.now, spawn, canShare);
    for (let i = 0; i < 1000; i++) trainer.train(1, 1);
    return { run, trainer };
  }

  it('is not tried where memory can not be shared', () => {
    let spawned = 0;
    const spawn = () => {
      spawned += 1;
      throw new Error('no');
    };
    const { run, trainer } = trainAlone(spawn, () => false);
    expect([run.step, trainer.workers, spawned]).toEqual([1000, 1, 0]);
  });

  it('falls back to one worker, without a word, where it can not begin', () => {
    let spawned = 0;
    const spawn = () => {
      spawned += 1;
      throw new ReferenceError("Can't find variable: SharedArrayBuffer");
    };
    const { run, trainer } = trainAlone(spawn, () => true);
    expect([run.step, trainer.workers, spawned]).toEqual([1000, 1, 1]);
  });

  it('goes on alone until the others have joined', () => {
    const asked: unknown[] = [];
    const follower: Follower = {
      onmessage: null,
      onerror: null,
      postMessage: (join: unknown) => void asked.push(join),
      terminate: () => undefined,
    };
    const { run, trainer } = trainAlone(
      () => follower,
      () => true,
    );
    expect([run.step, trainer.workers]).toEqual([1000, 1]);
    expect(asked).toMatchObject([{ rank: 1, memory: { worldSize: 2, shards: 4 } }]);
    trainer.end();
  });
});

describe('a trial of sharing', () => {
  /** Steps until sharing is given up; null: it is not. */
  function until(alone: number, shared: number): number | null {
    const trial = new Trial(alone);
    for (let step = 2; step <= 400; step += 2) if (!trial.gains(2, 2 * shared)) return step;
    return null;
  }

  it('goes on where a shared step takes less', () => {
    expect(until(2, 1.2)).toBeNull();
  });

  it('ends where it takes as long, once enough steps are measured', () => {
    expect(until(2, 1.95)).toBe(120);
    expect(until(2, 3)).toBe(120);
  });
});
