/** A core, a clock and a page for tests of what stands on them. */

import type { Core, CoreRun, Floats } from './core';
import type { GpuTraining } from './device';
import type { Evaluation, Experiment, TargetSpec } from './protocol';
import type { Scheduler } from './scheduler';

/** A clock that goes when it is told to. */
export class FakeClock implements Scheduler {
  #now = 0;
  #soon: (() => void)[] = [];
  #timers: { at: number; task: () => void }[] = [];
  /** Tasks that were done. */
  tasks = 0;

  now = (): number => this.#now;

  soon(task: () => void): void {
    this.#soon.push(task);
  }

  after(milliseconds: number, task: () => void): () => void {
    const timer = { at: this.#now + milliseconds, task };
    this.#timers.push(timer);
    return () => (this.#timers = this.#timers.filter((other) => other !== timer));
  }

  /** Timers that are set. */
  get timers(): number {
    return this.#timers.length;
  }

  /** Work takes time. */
  spend(milliseconds: number): void {
    this.#now += milliseconds;
  }

  /** Lets that much time go by, with all that is due in it. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    for (;;) {
      // What waits for a promise is done first, as in a browser.
      for (let i = 0; i < 20; i++) await Promise.resolve();
      this.#timers.sort((a, b) => a.at - b.at);
      const [timer] = this.#timers;
      const task = timer && timer.at <= this.#now ? timer.task : this.#soon[0];
      if (task && task === timer?.task) this.#timers.shift();
      else if (task) this.#soon.shift();
      else if (timer && timer.at <= end) {
        this.#now = timer.at;
        continue;
      } else break;
      this.tasks += 1;
      task();
      if (this.#now > end) return;
    }
    this.#now = Math.max(this.#now, end);
  }
}

/** An Experiment as far as a test needs one; `cells` of a drawing are empty where it has nothing on it. */
export const experimentOf = (target: unknown, extra: object = {}): Experiment =>
  ({ target, model: { family: 'maf' }, ...extra }) as unknown as Experiment;

export const MOONS = { kind: 'two-moons' } as unknown as TargetSpec;
export const CRESCENT = { kind: 'crescent' } as unknown as TargetSpec;
export const EMPTY_DRAWING = { kind: 'drawn', cells: '' } as unknown as TargetSpec;
export const EMPTY = 'empty';

const EVALUATED = 50;

/** A run that counts. */
export class FakeRun implements CoreRun {
  step = 0;
  freed = false;
  shards = 4;
  parameterCount = 3;
  stopsAt: number | undefined = undefined;
  /** Milliseconds of a step. */
  stepTime = 1;
  /** Thrown by the next step. */
  trouble: Error | null = null;
  asked: number[] = [];
  #experiment: Experiment;
  #cycle: number | null;
  #history: Evaluation[] = [];
  #cycleStart = 0;
  readonly #clock: FakeClock;

  constructor(experiment: Experiment, clock: FakeClock, cycle: number | null = null) {
    this.#experiment = experiment;
    this.#clock = clock;
    this.#cycle = cycle;
    this.#evaluate();
  }

  get stepsLeft(): number | undefined {
    return this.#cycle === null ? undefined : this.#cycle - ((this.step - this.#cycleStart) % this.#cycle);
  }

  #evaluate(): void {
    const now = { step: this.step, target: this.#experiment.target.kind } as unknown as Evaluation;
    this.#history = [...this.#history.filter((e) => e.step < this.step), now];
  }

  train(steps: number): void {
    for (let i = 0; i < steps; i++) {
      if (this.trouble) throw this.trouble;
      this.step += 1;
      this.#clock.spend(this.stepTime);
      if (this.step % EVALUATED === 0) this.#evaluate();
    }
  }

  retarget(target: TargetSpec): void {
    if (target.kind === 'drawn' && target.cells === '') throw new Error(EMPTY);
    this.#experiment = { ...this.#experiment, target };
    this.#cycleStart = this.step;
    this.#evaluate();
  }

  load(step: number): void {
    this.step = step;
    this.#evaluate();
  }

  experiment(): Experiment {
    return this.#experiment;
  }

  table(): null {
    return null;
  }

  samplePoints(): Floats {
    return new Float32Array();
  }

  history(from: number): Evaluation[] {
    this.asked.push(from);
    return this.#history.filter((e) => e.step >= from);
  }

  parameters = (): Floats => new Float32Array([this.step, 0, 0]);
  samples = (count: number): Floats => new Float32Array(2 * count);
  densityField = (_: unknown, side: number): Floats => new Float32Array(side * side).fill(1);
  coverage = () => ({}) as never;
  offSupportMass = () => 0;
  state = (): Floats => new Float32Array(9).fill(this.step);
  clock = () => new Uint32Array([this.step, 0, 0]);
  restore(_: Float32Array, clock: Uint32Array): void {
    this.step = clock[0] ?? 0;
    if (this.step % EVALUATED === 0) this.#evaluate();
  }
  shard = () => 0;
  finishStep = () => 0;
  free(): void {
    if (this.freed) throw new Error('freed twice');
    this.freed = true;
  }
}

/** A core whose Experiments may have a `fault`, which is why they are refused, and a `cycle`. */
export class FakeCore implements Core {
  runs: FakeRun[] = [];
  readonly #clock: FakeClock;

  constructor(clock: FakeClock) {
    this.#clock = clock;
  }

  get last(): FakeRun {
    const run = this.runs.at(-1);
    if (!run) throw new Error('no run has begun');
    return run;
  }

  open(experiment: unknown): FakeRun {
    const { fault, cycle } = experiment as { fault?: string; cycle?: number };
    if (fault !== undefined) throw new Error(fault);
    const run = new FakeRun(experiment as Experiment, this.#clock, cycle ?? null);
    this.runs.push(run);
    return run;
  }

  provideTable = (): void => undefined;
  targetField = (_: TargetSpec, __: unknown, side: number): Floats => new Float32Array(side * side).fill(1);
}

/** A GPU whose every answer waits until the test lets it come. */
export class FakeGpu implements GpuTraining {
  readonly adapter = { name: 'fake', software: false } as never;
  step: number;
  freed: boolean | null = null;
  target: TargetSpec | null = null;
  /** What it was asked and has not answered. */
  waiting: { what: string; answer: (error?: Error) => void }[] = [];

  constructor(run: CoreRun) {
    this.step = run.step;
  }

  get behind(): boolean {
    return this.target !== null;
  }

  #wait(what: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ what, answer: (error) => (error ? reject(error) : resolve()) });
    });
  }

  /** Answers, or fails. */
  answer(error?: Error): string {
    const next = this.waiting.shift();
    if (!next) throw new Error('the GPU was asked nothing');
    next.answer(error);
    return next.what;
  }

  stepsFor = (_: number, left: number): number => Math.min(10, left);

  async train(run: CoreRun, count: number): Promise<void> {
    const from = this.step;
    this.target = null;
    this.step += count;
    await this.#wait(`train ${count}`);
    run.restore(run.state(), new Uint32Array([from, 0, 0]), false);
  }

  retarget(target: TargetSpec): void {
    this.target = target;
  }

  async draw(viewport: { sampleCount: number }, _: unknown, side: number | null) {
    await this.#wait('draw');
    const values = side === null ? null : new Float32Array(side * side).fill(1);
    return { samples: new Float32Array(2 * viewport.sampleCount), values };
  }

  paint = (): Promise<void> => this.#wait('paint');

  free(lost = false): void {
    if (this.freed !== null) throw new Error('freed twice');
    this.freed = lost;
  }
}
