import { describe, expect, it } from 'vitest';
import { StageCanvas } from './canvas';
import { Unsuited } from './device';
import { CRESCENT, EMPTY, EMPTY_DRAWING, experimentOf, FakeClock, FakeCore, FakeGpu, MOONS } from './fakes';
import { OUT_OF_SIGHT } from './out-of-sight';
import type { Frame, TrainingEvent, TrainingRequest, Viewport } from './protocol';
import { RunLoop } from './run-loop';

const VIEWPORT: Viewport = {
  window: { x_min: -4, x_max: 4, y_min: -4, y_max: 4 },
  temperature: 1,
  sampleCount: 10,
};

/** A loop with a page that draws frames at once, unless told not to. */
class Bench {
  clock = new FakeClock();
  core = new FakeCore(this.clock);
  events: TrainingEvent[] = [];
  /** The page acknowledges. */
  draws = true;
  /** Starts of the GPU that wait. */
  starts: { come: (error?: Error) => FakeGpu | null }[] = [];
  loop: RunLoop;

  constructor(gpu: 'none' | 'real' | 'software' = 'none') {
    this.loop = new RunLoop({
      core: this.core,
      scheduler: this.clock,
      post: (event) => {
        this.events.push(event);
        if (event.kind === 'frame' && this.draws) this.clock.after(5, () => this.acknowledge(event));
      },
      gpus: {
        exists: () => gpu !== 'none',
        isReal: () => Promise.resolve(gpu === 'real'),
        start: (run) =>
          new Promise((resolve, reject) => {
            this.starts.push({
              come: (error) => {
                if (error) {
                  reject(error);
                  return null;
                }
                const there = new FakeGpu(run);
                resolve(there);
                return there;
              },
            });
          }),
      },
      stage: new StageCanvas(),
      trainer: (run) => ({ workers: 1, train: (steps) => run.train(steps), end: () => undefined }),
      processors: 2,
    });
  }

  acknowledge({ id, evaluations }: Frame): void {
    const evaluatedTo = evaluations.at(-1)?.step ?? Infinity;
    this.loop.hear({ kind: 'ack', id, evaluatedTo });
  }

  hear(request: TrainingRequest): void {
    this.loop.hear(request);
  }

  start(id: number, extra: object = {}, play = true): void {
    const experiment = experimentOf(MOONS, extra);
    this.hear({ kind: 'start', id, experiment, viewport: VIEWPORT, play, saved: null });
  }

  of<K extends TrainingEvent['kind']>(kind: K): Extract<TrainingEvent, { kind: K }>[] {
    return this.events.filter((event) => event.kind === kind) as Extract<TrainingEvent, { kind: K }>[];
  }

  last<K extends TrainingEvent['kind']>(kind: K): Extract<TrainingEvent, { kind: K }> | undefined {
    return this.of(kind).at(-1);
  }

  /** A run that has come to the GPU. */
  async onGpu(): Promise<FakeGpu> {
    await this.clock.pass(200);
    const there = this.starts.shift()?.come();
    if (!there) throw new Error('nothing was taken to the GPU');
    await this.clock.pass(0);
    return there;
  }
}

describe('a run on the processor', () => {
  it('trains, sends frames one at a time, and the evaluations once each', async () => {
    const bench = new Bench();
    bench.start(1);
    await bench.clock.pass(1000);
    expect(bench.of('started').map(({ id }) => id)).toEqual([1]);
    expect(bench.core.last.step).toBeGreaterThan(900);
    const told = [...bench.of('started'), ...bench.of('frame')].flatMap((event) =>
      event.evaluations.map((e) => e.step),
    );
    expect(told).toEqual(Array.from({ length: told.length }, (_, i) => 50 * i));
    expect(told.length).toBeGreaterThan(15);
    // The core is asked for what is new alone.
    expect(bench.core.last.asked.slice(1).every((from) => from > 0)).toBe(true);
  });

  it('says what a table at rest is, and then nothing more', async () => {
    const bench = new Bench();
    const experiment = experimentOf({ kind: 'table', columns: [0, 1, 2] });
    bench.hear({ kind: 'start', id: 1, experiment, viewport: VIEWPORT, play: false, saved: null });
    await bench.clock.pass(1000);
    expect(bench.last('target')).toMatchObject({ id: 1, picture: null });
    const frames = bench.of('frame').length;
    expect(frames).toBeLessThan(4);
    await bench.clock.pass(1000);
    expect(bench.of('frame')).toHaveLength(frames);
  });

  it('waits until the page has drawn, and trains meanwhile', async () => {
    const bench = new Bench();
    bench.draws = false;
    bench.start(1);
    await bench.clock.pass(1000);
    expect(bench.of('frame')).toHaveLength(1);
    expect(bench.core.last.step).toBeGreaterThan(900);
    // An acknowledgement of another frame counts for nothing.
    bench.hear({ kind: 'ack', id: 99, evaluatedTo: 0 });
    await bench.clock.pass(200);
    expect(bench.of('frame')).toHaveLength(1);
  });

  it('sends again what a frame told that the page has dropped', async () => {
    const bench = new Bench();
    bench.draws = false;
    bench.start(1);
    await bench.clock.pass(10);
    const [first] = bench.of('frame');
    bench.hear({ kind: 'ack', id: first?.id ?? 0, evaluatedTo: 0 });
    await bench.clock.pass(500);
    const dropped = bench.of('frame')[1];
    expect(dropped?.evaluations.length).toBeGreaterThan(0);
    bench.hear({ kind: 'ack', id: dropped?.id ?? 0, evaluatedTo: 0 });
    await bench.clock.pass(500);
    expect(bench.of('frame')[2]?.evaluations[0]?.step).toBe(50);
  });

  it('ends at the end of its cycle, also where it began within it', async () => {
    const bench = new Bench();
    const experiment = experimentOf(MOONS, { cycle: 150 });
    const saved = { step: 100, values: new Float32Array(3) };
    bench.hear({ kind: 'start', id: 1, experiment, viewport: VIEWPORT, play: true, saved });
    await bench.clock.pass(1000);
    expect(bench.core.last.step).toBe(150);
    expect(bench.last('paused')).toMatchObject({ run: 1, reason: { why: 'end' } });
    bench.hear({ kind: 'play' });
    await bench.clock.pass(1000);
    expect(bench.core.last.step).toBe(300);
  });

  it('is ended by early stopping as soon as the core says where, and goes on where the person does', async () => {
    const bench = new Bench();
    bench.start(1, { cycle: 5000 });
    const run = bench.core.last;
    // Each lesser validation NLL moves it.
    run.stopsAt = 400;
    await bench.clock.pass(300);
    run.stopsAt = 600;
    await bench.clock.pass(1000);
    expect(run.step).toBe(600);
    expect(bench.last('paused')).toMatchObject({ run: 1, reason: { why: 'end' } });
    bench.hear({ kind: 'play' });
    await bench.clock.pass(1000);
    expect(run.step).toBeGreaterThan(1000);
  });

  it('takes single steps at rest, and says what one failed of', async () => {
    const bench = new Bench();
    bench.start(1, {}, false);
    bench.hear({ kind: 'step', count: 1 });
    bench.hear({ kind: 'step', count: 1 });
    await bench.clock.pass(100);
    expect(bench.core.last.step).toBe(2);
    bench.core.last.trouble = new Error('The NLL is no longer a finite number.');
    bench.hear({ kind: 'step', count: 1 });
    await bench.clock.pass(100);
    expect(bench.last('paused')).toMatchObject({ reason: { why: 'trouble' } });
    expect(bench.core.last.step).toBe(2);
  });

  it('at rest sends a quick picture, then a sharp one, then nothing', async () => {
    const bench = new Bench();
    bench.start(1, {}, false);
    await bench.clock.pass(1000);
    expect(bench.of('frame').map(({ picture }) => picture?.field.side)).toEqual([112, 224]);
    const { tasks } = bench.clock;
    await bench.clock.pass(10_000);
    expect(bench.clock.tasks).toBe(tasks);
  });
});

describe('slow paces', () => {
  it.each([100, 20, 4])('%i steps a second, with one timer and no spinning', async (pace) => {
    const bench = new Bench();
    bench.core.open = (
      (open) => (experiment: unknown) =>
        Object.assign(open(experiment), { stepTime: 0 })
    )(bench.core.open.bind(bench.core));
    bench.hear({ kind: 'pace', stepsPerSecond: pace });
    bench.start(1);
    await bench.clock.pass(1000);
    const { tasks } = bench.clock;
    const { step } = bench.core.last;
    // What the page says on the way begins no chain of timers of its own.
    for (let i = 0; i < 50; i++) {
      bench.hear({ kind: 'viewport', viewport: VIEWPORT });
      bench.hear({ kind: 'paint', paint: {} as never });
      await bench.clock.pass(1);
      expect(bench.clock.timers).toBeLessThanOrEqual(2);
    }
    await bench.clock.pass(3950);
    expect(bench.core.last.step - step).toBe(4 * pace);
    // A step and a frame, with its acknowledgement, each a task; and those that the messages made.
    expect(bench.clock.tasks - tasks).toBeLessThan(4 * (pace + 3 * 17) + 200);
  });
});

describe('a person who is refused', () => {
  it('an Experiment: what ran goes on', async () => {
    const bench = new Bench();
    bench.start(1);
    await bench.clock.pass(100);
    const run = bench.core.last;
    const { step } = run;
    bench.start(2, { fault: 'model.layers is 99; allowed: a whole number from 1 to 64.' });
    await bench.clock.pass(100);
    expect(bench.last('refused')).toMatchObject({ id: 2, sentence: expect.stringContaining('model.layers') });
    expect(run.step).toBeGreaterThan(step);
    expect(bench.last('frame')?.run).toBe(1);
  });

  it('an empty drawing: the run keeps its target', async () => {
    const bench = new Bench();
    bench.start(1);
    bench.hear({ kind: 'retarget', id: 2, target: EMPTY_DRAWING });
    expect(bench.last('refused')).toEqual({ kind: 'refused', id: 2, sentence: EMPTY });
    await bench.clock.pass(100);
    expect(bench.core.last.experiment().target).toEqual(MOONS);
    bench.hear({ kind: 'retarget', id: 3, target: CRESCENT });
    await bench.clock.pass(300);
    expect(bench.last('target')).toMatchObject({ id: 3, run: 1 });
    expect(bench.of('refused')).toHaveLength(1);
  });

  it('a save or a target before there is a run', () => {
    const bench = new Bench();
    bench.hear({ kind: 'save', id: 1, past: false });
    bench.hear({ kind: 'retarget', id: 2, target: CRESCENT });
    expect(bench.of('refused').map(({ id }) => id)).toEqual([1, 2]);
  });

  it('nothing more by a core that is broken', async () => {
    const bench = new Bench();
    bench.start(1);
    await bench.clock.pass(50);
    bench.core.last.trouble = new WebAssembly.RuntimeError('unreachable');
    await bench.clock.pass(50);
    expect(bench.of('failed')).toHaveLength(1);
    bench.start(2);
    await bench.clock.pass(50);
    expect(bench.of('failed')).toHaveLength(1);
    expect(bench.of('started')).toHaveLength(1);
  });
});

describe('a page out of sight', () => {
  it('rests after a moment, and goes on by itself', async () => {
    const bench = new Bench();
    bench.start(1);
    await bench.clock.pass(100);
    bench.hear({ kind: 'visibility', visible: false });
    await bench.clock.pass(OUT_OF_SIGHT - 100);
    expect(bench.of('paused')).toEqual([]);
    await bench.clock.pass(200);
    expect(bench.last('paused')).toEqual({ kind: 'paused', run: 1, reason: { why: 'hidden' } });
    const { step } = bench.core.last;
    await bench.clock.pass(60_000);
    expect(bench.core.last.step).toBe(step);
    bench.hear({ kind: 'visibility', visible: true });
    await bench.clock.pass(100);
    expect(bench.of('resumed')).toEqual([{ kind: 'resumed', run: 1 }]);
    expect(bench.core.last.step).toBeGreaterThan(step);
  });

  it('that is only left for a moment goes on', async () => {
    const bench = new Bench();
    bench.start(1);
    bench.hear({ kind: 'visibility', visible: false });
    await bench.clock.pass(1000);
    bench.hear({ kind: 'visibility', visible: true });
    await bench.clock.pass(2 * OUT_OF_SIGHT);
    expect(bench.of('paused')).toEqual([]);
  });

  it('begins nothing, and does not go on where a person has paused', async () => {
    const bench = new Bench();
    bench.hear({ kind: 'visibility', visible: false });
    await bench.clock.pass(2 * OUT_OF_SIGHT);
    bench.start(1);
    await bench.clock.pass(1000);
    expect(bench.core.last.step).toBe(0);
    expect(bench.last('paused')).toMatchObject({ reason: { why: 'hidden' } });
    bench.hear({ kind: 'pause' });
    expect(bench.last('paused')).toMatchObject({ reason: { why: 'asked' } });
    bench.hear({ kind: 'visibility', visible: true });
    await bench.clock.pass(1000);
    expect(bench.core.last.step).toBe(0);
  });

  it('at a slow pace does not make up for the steps that it missed', async () => {
    const bench = new Bench();
    bench.hear({ kind: 'pace', stepsPerSecond: 4 });
    bench.start(1);
    bench.hear({ kind: 'visibility', visible: false });
    await bench.clock.pass(OUT_OF_SIGHT + 60_000);
    const { step } = bench.core.last;
    bench.hear({ kind: 'visibility', visible: true });
    await bench.clock.pass(1000);
    expect(bench.core.last.step - step).toBeLessThanOrEqual(4);
  });
});

describe('a run on the GPU', () => {
  it('does not train on its way there, and trains there then', async () => {
    const bench = new Bench('real');
    bench.start(1);
    await bench.clock.pass(500);
    expect(bench.core.last.step).toBe(0);
    expect(bench.last('device')?.device.on).toBe('moving');
    const there = await bench.onGpu();
    expect(bench.last('device')?.device.on).toBe('gpu');
    for (let i = 0; i < 20; i++) {
      there.answer();
      await bench.clock.pass(20);
    }
    expect(bench.core.last.step).toBeGreaterThan(20);
    expect(there.waiting).toHaveLength(1);
  });

  it('that is lost goes on on the processor from where it is, and says so', async () => {
    const bench = new Bench('real');
    bench.start(1);
    const there = await bench.onGpu();
    for (let i = 0; i < 6; i++) {
      there.answer();
      await bench.clock.pass(20);
    }
    const { step } = bench.core.last;
    there.answer(new Error('The GPU is not used: the device was lost.'));
    await bench.clock.pass(0);
    expect(bench.last('device')?.device).toMatchObject({
      on: 'cpu',
      sentence: `The GPU is not used: the device was lost. Training goes on on the processor, from step ${step}.`,
    });
    expect(there.freed).toBe(true);
    await bench.clock.pass(200);
    expect(bench.core.last.step).toBeGreaterThan(step + 100);
    expect(bench.last('frame')?.step).toBeGreaterThan(step);
    // The next run does not try again.
    bench.start(2);
    await bench.clock.pass(500);
    expect(bench.starts).toHaveLength(0);
  });

  it('whose GPU is lost while it draws still gets its pictures', async () => {
    const bench = new Bench('real');
    bench.start(1, {}, false);
    const there = await bench.onGpu();
    expect(there.answer(new Error('lost'))).toBe('draw');
    await bench.clock.pass(200);
    expect(bench.last('frame')).toMatchObject({ run: 1 });
    expect(bench.last('frame')?.picture).not.toBeNull();
  });

  it('that was retargeted on its way has the new target there', async () => {
    const bench = new Bench('real');
    bench.start(1);
    await bench.clock.pass(200);
    bench.hear({ kind: 'retarget', id: 2, target: CRESCENT });
    const there = bench.starts[0]?.come();
    await bench.clock.pass(0);
    expect(there?.waiting[0]?.what).toBe('train 0');
    expect(bench.core.last.experiment().target).toEqual(CRESCENT);
  });

  it('is taken back by somebody who wants the processor, and freed when it is done', async () => {
    const bench = new Bench('real');
    bench.start(1);
    const there = await bench.onGpu();
    bench.hear({ kind: 'device', preference: 'cpu', force: 'nothing' });
    expect(there.freed).toBe(null);
    there.answer();
    await bench.clock.pass(100);
    expect(there.freed).toBe(false);
    expect(bench.last('device')?.device).toEqual({ on: 'cpu', adapter: null, sentence: null });
    expect(bench.core.last.step).toBeGreaterThan(50);
  });

  it('that another one replaces is freed once the GPU has let go of it', async () => {
    const bench = new Bench('real');
    bench.start(1);
    const there = await bench.onGpu();
    const first = bench.core.last;
    bench.start(2);
    expect([first.freed, there.freed]).toEqual([false, null]);
    bench.events = [];
    there.answer();
    await bench.clock.pass(100);
    expect([first.freed, there.freed]).toEqual([true, false]);
    expect(bench.of('frame').filter(({ run }) => run === 1)).toEqual([]);
  });

  it('that comes too late is given back', async () => {
    const bench = new Bench('real');
    bench.start(1);
    await bench.clock.pass(200);
    const late = bench.starts.shift();
    bench.start(2);
    const there = late?.come();
    await bench.clock.pass(0);
    expect(there?.freed).toBe(false);
    expect(bench.core.runs[0]?.freed).toBe(true);
    expect(bench.last('device')).toMatchObject({ run: 2, device: { on: 'moving' } });
  });

  it('for which a model is unsuited stays, and the next one tries', async () => {
    const bench = new Bench('real');
    bench.start(1);
    await bench.clock.pass(200);
    bench.starts.shift()?.come(new Unsuited('a Student-t conditional needs double precision'));
    await bench.clock.pass(100);
    expect(bench.core.last.step).toBeGreaterThan(0);
    bench.start(2);
    await bench.clock.pass(200);
    expect(bench.starts).toHaveLength(1);
  });

  it('of software is not taken by itself', async () => {
    const bench = new Bench('software');
    bench.start(1);
    await bench.clock.pass(500);
    expect(bench.starts).toHaveLength(0);
    expect(bench.core.last.step).toBeGreaterThan(300);
    bench.hear({ kind: 'device', preference: 'gpu', force: 'nothing' });
    await bench.clock.pass(200);
    expect(bench.starts).toHaveLength(1);
  });
});

it('a save comes back with the model as it is', async () => {
  const bench = new Bench();
  bench.start(1);
  await bench.clock.pass(100);
  bench.hear({ kind: 'save', id: 2, past: false });
  bench.start(3);
  expect(bench.of('saved')).toMatchObject([{ id: 2, saved: { step: bench.core.runs[0]?.step } }]);
});

describe('a look back', () => {
  it('shows a kept step at rest, and the run goes on where it was', async () => {
    const bench = new Bench();
    bench.start(1);
    await bench.clock.pass(600);
    const { steps, bytes } = bench.last('kept') ?? { steps: [], bytes: 0 };
    expect(steps[0]).toBe(0);
    expect(bytes).toBe(12 * steps.length);

    const live = bench.core.last.step;
    bench.hear({ kind: 'past', step: 20 });
    await bench.clock.pass(200);
    expect(bench.last('paused')).toMatchObject({ reason: { why: 'asked' } });
    const near = steps.reduce((best, step) => (Math.abs(step - 20) < Math.abs(best - 20) ? step : best));
    expect(bench.last('frame')).toMatchObject({ past: { step: near } });
    const own = bench.core.runs[0];
    expect(own?.step).toBe(bench.last('frame')?.step);
    expect(own?.step).toBeLessThan(live + 20);

    // What is saved is the run, and what it was where that is asked for.
    bench.hear({ kind: 'save', id: 7, past: false });
    bench.hear({ kind: 'save', id: 8, past: true });
    expect(bench.of('saved').map(({ saved }) => saved.step)).toEqual([own?.step, near]);

    const before = own?.step ?? 0;
    bench.hear({ kind: 'play' });
    expect(bench.core.last.freed).toBe(true);
    await bench.clock.pass(200);
    expect(bench.last('frame')?.past).toBeNull();
    expect(own?.step).toBeGreaterThan(before);
  });

  it('ends with another target, of which nothing is kept', async () => {
    const bench = new Bench();
    bench.start(1);
    await bench.clock.pass(300);
    bench.hear({ kind: 'past', step: 10 });
    await bench.clock.pass(100);
    bench.hear({ kind: 'retarget', id: 2, target: CRESCENT });
    await bench.clock.pass(100);
    expect(bench.last('frame')?.past).toBeNull();
    expect(bench.last('kept')?.steps).toEqual([bench.core.runs[0]?.step]);
  });

  it('of a run on a GPU is drawn by the processor', async () => {
    const bench = new Bench('real');
    bench.start(1);
    const there = await bench.onGpu();
    for (let i = 0; i < 6; i++) {
      if (there.waiting.length > 0) there.answer();
      await bench.clock.pass(80);
    }
    bench.hear({ kind: 'past', step: 0 });
    await bench.clock.pass(100);
    expect(bench.last('frame')).toMatchObject({ past: { step: 0 }, painted: false });
  });
});
