import { beforeEach, expect, it, vi } from 'vitest';
import { Diverged } from './device';
import { CRESCENT, experimentOf, FakeClock, FakeRun, MOONS } from './fakes';
import { GpuRun } from './gpu';
import type { TargetSpec } from './protocol';

/** The core's runs on a GPU: a submission ends when the test lets it. */
class FakeRuns {
  step = 0;
  target: TargetSpec | null = null;
  freed = 0;
  submissions: { from: number; end: (failed?: number) => void }[] = [];

  restore(_: unknown, clock: Uint32Array): void {
    this.step = clock[0] ?? 0;
  }

  free(): void {
    this.freed += 1;
  }

  retarget(target: TargetSpec): Promise<void> {
    this.target = target;
    return Promise.resolve();
  }

  train(steps: number): void {
    this.step += steps;
  }

  submit(steps: number): Promise<unknown> {
    const from = this.step;
    this.step += steps;
    return new Promise((resolve) => {
      this.submissions.push({
        from,
        end: (failed) =>
          resolve({ clock: new Uint32Array([from, 0, 0]), failed, numbers: new Float32Array(9) }),
      });
    });
  }
}

let runs = new FakeRuns();
let onGpu = () => Promise.resolve(runs);
/** The devices that were asked for, each with how often it was freed. */
let devices: { freed: number }[] = [];

vi.mock('./pkg/density_playground_gpu', () => ({
  default: () => Promise.resolve(),
  refusal: () => undefined,
  Device: {
    request: () => {
      const one = {
        freed: 0,
        adapter: () => ({ name: 'fake', software: false }),
        free: () => (one.freed += 1),
      };
      devices.push(one);
      return Promise.resolve(one);
    },
  },
  Runs: { onGpu: () => onGpu() },
}));

let run: FakeRun;
let there: GpuRun;

beforeEach(async () => {
  runs = new FakeRuns();
  onGpu = () => Promise.resolve(runs);
  run = new FakeRun(experimentOf(MOONS), new FakeClock());
  there = await GpuRun.start(run, 'nothing');
});

/** Takes a submission to its end. */
async function submission(count: number, failed?: number): Promise<void> {
  const done = there.train(run, count);
  await vi.waitFor(() => expect(runs.submissions.length).toBeGreaterThan(0));
  runs.submissions.shift()?.end(failed);
  await done;
}

it('the run follows a submission behind', async () => {
  await submission(4);
  expect([run.step, there.step]).toEqual([0, 4]);
  await submission(4);
  expect([run.step, there.step]).toEqual([4, 8]);
  await submission(0);
  expect([run.step, there.step]).toEqual([8, 8]);
});

it('a target that comes during a submission begins where the run is: the steps under way count for nothing', async () => {
  await submission(4);
  const done = there.train(run, 4);
  run.retarget(CRESCENT);
  there.retarget(CRESCENT);
  expect(there.behind).toBe(true);
  runs.submissions.shift()?.end();
  await done;
  // Its clock, which begins anew with the target, was not overwritten.
  expect(run.step).toBe(0);
  await submission(2);
  expect(there.behind).toBe(false);
  expect(runs.target).toEqual(CRESCENT);
  expect([run.step, there.step]).toEqual([0, 2]);
});

it('a run that leaves the finite numbers goes back, and says so', async () => {
  await submission(4);
  await expect(submission(4, 3)).rejects.toThrow(Diverged);
  expect([run.step, there.step]).toEqual([0, 0]);
});

it('a start that fails half-way gives back what it has begun, and the next one asks for another device', async () => {
  there.free(true);
  devices = [];
  runs = new FakeRuns();
  const restore = vi.spyOn(runs, 'restore').mockImplementation(() => {
    throw new Error('no memory');
  });
  await expect(GpuRun.start(run, 'nothing')).rejects.toThrow('no memory');
  expect([runs.freed, ...devices.map(({ freed }) => freed)]).toEqual([1, 1]);
  restore.mockRestore();
  await GpuRun.start(run, 'nothing');
  expect([runs.freed, ...devices.map(({ freed }) => freed)]).toEqual([1, 1, 0]);
});

it('a device that runs begin on is freed when the last of them has begun', async () => {
  there.free(true);
  devices = [];
  const begin: ((one: FakeRuns) => void)[] = [];
  onGpu = () => new Promise((resolve) => begin.push(resolve));
  const slow = GpuRun.start(run, 'nothing');
  await vi.waitFor(() => expect(begin).toHaveLength(1));
  onGpu = () => Promise.reject(new Error('no memory'));
  await expect(GpuRun.start(run, 'nothing')).rejects.toThrow('no memory');
  expect(devices.map(({ freed }) => freed)).toEqual([0]);
  begin.forEach((end) => end(runs));
  await slow;
  expect(devices.map(({ freed }) => freed)).toEqual([1]);
});
