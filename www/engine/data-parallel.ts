/** The helpers of a run: as many workers as the machine has processors, where they can share memory. */

import type { Join } from './data-parallel-worker';
import type { Run } from './pkg/density_playground';
import { Member, shared } from './shared';

/** A step that takes fewer milliseconds is not worth the meeting. */
const WORTH = 0.25;
/** Milliseconds of undisturbed training after which helpers are called: a drawing that changes would call them in vain. */
const SETTLED = 400;

let helpers: Worker[] = [];

/** Trains a run, with helpers where that is possible and pays; alone, and without a word, where not. */
export class DataParallel {
  #run: Run;
  #leader: Member | null = null;
  #ready = 0;
  #members = 1;
  #trainingSince = 0;
  #wanted: boolean;
  #lost = 0;
  #most: number;

  /** `most`: processors that the run may use. */
  constructor(run: Run, most: number) {
    this.#run = run;
    this.#most = Math.min(most, run.shards);
    this.#wanted = globalThis.crossOriginIsolated && this.#most > 1;
  }

  /** Workers that take part in each step now. */
  get members(): number {
    return this.#isComplete ? this.#members : 1;
  }

  get #isComplete(): boolean {
    return this.#leader !== null && this.#ready === this.#members - 1;
  }

  /** Takes steps; throws what the core says of one that failed. `stepCost` is in milliseconds. */
  train(steps: number, stepCost: number): void {
    if (this.#isComplete && this.#leader) {
      const before = this.#run.step;
      try {
        if (this.#leader.lead(steps)) return;
      } catch (error) {
        this.end();
        throw error;
      }
      // The helpers are lost, or the machine slept: go on alone, and don't try for ever.
      this.end();
      this.#lost += 1;
      this.#wanted = this.#lost < 3;
      steps -= this.#run.step - before;
    } else if (this.#wanted && this.#leader === null && stepCost > WORTH) {
      const now = performance.now();
      this.#trainingSince ||= now;
      if (now - this.#trainingSince > SETTLED) this.#call();
    }
    this.#run.train(steps);
  }

  /** Calls the helpers; they join when they have built their runs. */
  #call(): void {
    this.#members = this.#most;
    while (helpers.length < this.#members - 1)
      helpers.push(new Worker(new URL('./data-parallel-worker.ts', import.meta.url), { type: 'module' }));
    const memory = shared(this.#members, this.#run.shards, this.#run.parameterCount);
    const leader = new Member(this.#run, memory, 0);
    this.#leader = leader;
    const experiment = this.#run.experiment();
    helpers.slice(0, this.#members - 1).forEach((helper, index) => {
      helper.onmessage = () => {
        // An answer to an earlier call counts for nothing.
        if (this.#leader !== leader) return;
        this.#ready += 1;
        if (this.#isComplete) leader.start();
      };
      helper.onerror = (event) => {
        event.preventDefault();
        helpers.forEach((lost) => lost.terminate());
        helpers = [];
        this.end();
        this.#wanted = false;
      };
      helper.postMessage({ experiment, memory, member: index + 1 } satisfies Join);
    });
  }

  /** Sends the helpers away; the next training calls them again. */
  end(): void {
    this.#leader?.end();
    this.#leader = null;
    this.#ready = 0;
    this.#trainingSince = 0;
  }
}
