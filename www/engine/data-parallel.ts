/** Shares the steps of a run among as many workers as the machine has processors, where they can share memory and it pays. */

import { allocate, Replica } from './all-reduce';
import type { CoreRun } from './core';
import { Given, tableOf } from './given-tables';
import type { Join } from './data-parallel-worker';
import type { Scheduler } from './scheduler';
import { canShareMemory } from './shared-memory';
import type { Trainer } from './training-run';
import { Trial } from './trial';
import { ownScript } from './trusted-types';
import followerUrl from './data-parallel-worker?worker&url';

/** A step that takes fewer milliseconds is not worth the waiting for each other. */
const WORTH = 0.25;
/** Milliseconds of undisturbed training after which followers are called: a drawing that changes would call them in vain. */
const SETTLED = 400;
/** So often the others may be lost before a run trains alone for good. */
const MAX_LOSSES = 3;

/** What of a worker is needed. */
export type Follower = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>;

/** The workers that can be called, for as long as this one lives. */
let followers: Follower[] = [];

/** The tables that each has. */
const tables = new WeakMap<Follower, Given>();
function given(follower: Follower): Given {
  const all = tables.get(follower) ?? new Given();
  tables.set(follower, all);
  return all;
}

const newFollower = (): Follower => new Worker(ownScript(followerUrl), { type: 'module' });

/** Trains a run, with others where that is possible and pays; alone, and without a word, where not. */
export class DataParallel implements Trainer {
  readonly #run: CoreRun;
  readonly #now: Scheduler['now'];
  readonly #spawn: () => Follower;
  readonly #worldSize: number;
  #leader: Replica | null = null;
  #joined = 0;
  #since: number | null = null;
  #wanted: boolean;
  #losses = 0;
  /** Milliseconds of a step taken alone. */
  #alone = 0;
  #trial: Trial | null = null;

  /** `processors`: that the run may use. */
  constructor(
    run: CoreRun,
    processors: number,
    now: Scheduler['now'],
    spawn: () => Follower = newFollower,
    canShare: () => boolean = canShareMemory,
  ) {
    this.#run = run;
    this.#now = now;
    this.#spawn = spawn;
    this.#worldSize = Math.min(processors, run.shards);
    this.#wanted = this.#worldSize > 1 && canShare();
  }

  get workers(): number {
    return this.#isComplete ? this.#worldSize : 1;
  }

  get #isComplete(): boolean {
    return this.#leader !== null && this.#joined === this.#worldSize - 1;
  }

  train(steps: number, stepCost: number): void {
    if (this.#isComplete && this.#leader) {
      const before = this.#run.step;
      const since = this.#now();
      try {
        if (this.#leader.lead(steps)) {
          // Single steps are no measure.
          if (stepCost > 0) this.#judge(steps, this.#now() - since);
          return;
        }
      } catch (error) {
        this.end();
        throw error;
      }
      // The others are lost, or the machine slept: go on alone, and don't try for ever.
      this.end();
      this.#losses += 1;
      this.#wanted = this.#losses < MAX_LOSSES;
      steps -= this.#run.step - before;
    } else if (this.#wanted && this.#leader === null && stepCost > WORTH) {
      this.#since ??= this.#now();
      if (this.#now() - this.#since > SETTLED) this.#call();
    }
    if (stepCost > 0) this.#alone = stepCost;
    this.#run.train(steps);
  }

  /** Where sharing gains nothing the others are sent away, and this run goes on alone. */
  #judge(steps: number, milliseconds: number): void {
    this.#trial ??= new Trial(this.#alone);
    if (this.#trial.gains(steps, milliseconds)) return;
    this.end();
    this.#wanted = false;
  }

  /** Calls the others; where that can't be done the run trains alone. */
  #call(): void {
    try {
      this.#gather();
    } catch {
      this.#giveUp();
    }
  }

  /** They join when they have built their replicas. */
  #gather(): void {
    while (followers.length < this.#worldSize - 1) followers.push(this.#spawn());
    const memory = allocate(this.#worldSize, this.#run.shards, this.#run.parameterCount);
    const leader = new Replica(this.#run, memory, 0);
    this.#leader = leader;
    const experiment = this.#run.experiment();
    followers.slice(0, this.#worldSize - 1).forEach((follower, index) => {
      follower.onmessage = () => {
        // An answer to an earlier call counts for nothing.
        if (this.#leader !== leader) return;
        this.#joined += 1;
        if (this.#isComplete) leader.start();
      };
      follower.onerror = (event) => {
        event.preventDefault();
        this.#giveUp();
      };
      const table = given(follower).first(tableOf(experiment));
      follower.postMessage({ experiment, table, memory, rank: index + 1 } satisfies Join);
    });
  }

  #giveUp(): void {
    followers.forEach((lost) => lost.terminate());
    followers = [];
    this.end();
    this.#wanted = false;
  }

  end(): void {
    this.#leader?.end();
    this.#leader = null;
    this.#joined = 0;
    this.#since = null;
  }
}
