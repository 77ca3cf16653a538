/** A run: trained when it is awaited or asked for its next evaluation. */

import { DensityModel, type Evaluation, type Experiment, provideTable, Run } from '../engine/anywhere';
import type { DataTable } from '../tables/data-table';
import { Model } from './model';

/** What was measured on the way, in nats: step, held-out NLL, of a known target its entropy and the KL between them. */
export type Progress = Evaluation;

export interface TrainOptions {
  /** Is told of each evaluation: every 50 steps, on few points more often at first. */
  onProgress?: (progress: Progress) => void;
  /** Steps at most. Without it training ends where its schedule does, or earlier by early stopping. */
  steps?: number;
  /** Ends the training with the signal's reason. */
  signal?: AbortSignal;
}

/** No turn of training goes beyond a multiple of so many steps, at which a run is evaluated: what is told is not behind. */
const EVALUATED = 50;

/** Milliseconds of training between two looks at what else there is to do. */
const SLICE = 12;

/** Lets timers, messages and drawing have their turn. */
const others = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/**
 * `await` it for the trained {@link Model}; `for await` goes through what is measured on the way. Leaving that loop rests the training: awaiting it
 * then, or asking again, goes on. `stop()` ends it where it is.
 */
export class Training implements AsyncIterable<Progress, void>, PromiseLike<Model> {
  readonly #options: TrainOptions;
  readonly #opened: Promise<Run>;
  #end = Infinity;
  /** Evaluations that nobody was told yet. */
  #waiting: Progress[] = [];
  #told = -1;
  #last: Progress | null = null;
  #stopped = false;
  #model: Promise<Model> | null = null;
  /** Whoever asks waits for whom asked before. */
  #turn: Promise<unknown> = Promise.resolve();

  /** @internal `train` makes them. */
  constructor(
    begin: () => Promise<{ experiment: Experiment; table: DataTable | null }>,
    options: TrainOptions,
  ) {
    this.#options = options;
    this.#opened = begin().then(({ experiment, table }) => this.#open(experiment, table));
    // Whoever awaits it is told.
    this.#opened.catch(() => {});
  }

  #open(experiment: Experiment, table: DataTable | null): Run {
    if (table) provideTable(table.hash, table.names, table.values, table.parts ?? new Uint8Array());
    const run = new Run(experiment);
    const { steps = Infinity } = this.#options;
    this.#end = Math.min(steps, run.stepsLeft ?? Infinity);
    if (this.#end === Infinity && run.stopsAt === undefined)
      throw new Error('This Experiment has no end: give `steps`, or a schedule that has one.');
    this.#measure(run);
    return run;
  }

  #measure(run: Run): void {
    for (const one of run.history(this.#told + 1)) {
      this.#waiting.push(one);
      this.#last = one;
      this.#told = one.step;
      this.#options.onProgress?.(one);
    }
  }

  /** Takes steps until there is something to tell, or no more to take. */
  async #advance(): Promise<Progress | null> {
    const run = await this.#opened;
    let cost = 1;
    for (;;) {
      const first = this.#waiting.shift();
      if (first) return first;
      this.#options.signal?.throwIfAborted();
      const left = Math.min(this.#end, run.stopsAt ?? Infinity) - run.step;
      if (left <= 0 || this.#stopped) return null;
      const most = Math.min(left, EVALUATED - (run.step % EVALUATED));
      const count = Math.min(most, Math.max(1, Math.floor(SLICE / cost)));
      const before = performance.now();
      run.train(count);
      cost = Math.max(1e-3, (performance.now() - before) / count);
      this.#measure(run);
      await others();
    }
  }

  /** The next evaluation, for which it trains as far as is needed; done at the end. */
  next(): Promise<IteratorResult<Progress, void>> {
    const turn = this.#turn.then(async (): Promise<IteratorResult<Progress, void>> => {
      const value = await this.#advance();
      return value ? { value, done: false } : { value: undefined, done: true };
    });
    this.#turn = turn.catch(() => {});
    return turn;
  }

  [Symbol.asyncIterator](): AsyncIterator<Progress, void> {
    return { next: () => this.next() };
  }

  /** Ends the training where it is: what is awaited is the model of that step. */
  stop(): void {
    this.#stopped = true;
  }

  async #finish(): Promise<Model> {
    while (!(await this.next()).done);
    const run = await this.#opened;
    const evaluation = this.#last?.step === run.step ? this.#last : run.evaluate();
    const model = new Model(DensityModel.of(run), evaluation);
    run.free();
    return model;
  }

  then<A = Model, B = never>(
    fulfilled?: ((model: Model) => A | PromiseLike<A>) | null,
    rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.#model ??= this.#finish();
    return this.#model.then(fulfilled, rejected);
  }
}
