/**
 * Data-parallel training: one step shared by several workers, each with a processor and a replica of the run of its own. Every
 * replica computes the gradients of some shards of the batch, writes them down for all to read, and takes the step by the sum over
 * all shards in their order. So replicas stay equal to the last bit, never send parameters, and a run is the same run however
 * many take part.
 *
 * They share a block of memory, where the browser lets a page do so (shared-memory.ts); elsewhere a run trains in its own worker.
 */

import type { CoreRun, Floats } from './core';

/** Places in the control block. */
const GOAL = 0;
const ARRIVED = 1;
const STARTED = 2;
const ENDED = 3;
const CLOCK = 4;

/** Numbers of a run's state for each parameter, as the core has them: the parameters, two moments, what is shown. */
const PARTS = 4;

/** Looks at the others' arrival before a replica sleeps: about as long as a step's shards differ. */
const SPINS = 4000;
/** Milliseconds without an arrival after which the others are taken to be lost. */
const TIMEOUT = 2000;

/** The memory that the replicas share. */
export interface SharedMemory {
  /** How many there are. */
  worldSize: number;
  shards: number;
  /** Goal of rounds, arrivals so far, started, ended; then the clock of the run to go on from. */
  control: Int32Array<SharedArrayBuffer>;
  /** The state of the run to go on from. */
  state: Float32Array<SharedArrayBuffer>;
  /** Two rounds of values and gradients, shard after shard: one round is read while the next is written. */
  values: Float64Array<SharedArrayBuffer>;
  gradients: Float32Array<SharedArrayBuffer>;
}

/** Memory for that many replicas of a run. */
export function allocate(worldSize: number, shards: number, parameters: number): SharedMemory {
  return {
    worldSize,
    shards,
    control: new Int32Array(new SharedArrayBuffer(4 * (CLOCK + 3))),
    state: new Float32Array(new SharedArrayBuffer(4 * PARTS * parameters)),
    values: new Float64Array(new SharedArrayBuffer(8 * 2 * shards)),
    gradients: new Float32Array(new SharedArrayBuffer(4 * 2 * shards * parameters)),
  };
}

/** One replica of a run; that of rank 0 is the page's own, and leads. */
export class Replica {
  readonly #run: CoreRun;
  readonly #memory: SharedMemory;
  readonly #rank: number;
  #round = 0;

  constructor(run: CoreRun, memory: SharedMemory, rank: number) {
    this.#run = run;
    this.#memory = memory;
    this.#rank = rank;
  }

  /** The leader's: its run is what all start from. */
  start(): void {
    const { control, state } = this.#memory;
    state.set(this.#run.state());
    this.#run.clock().forEach((count, place) => Atomics.store(control, CLOCK + place, count));
    Atomics.store(control, STARTED, 1);
    Atomics.notify(control, STARTED);
  }

  /** The leader's: takes steps together with the others. False when they are lost; the step they left was not taken. */
  lead(steps: number): boolean {
    const { control } = this.#memory;
    Atomics.add(control, GOAL, steps);
    Atomics.notify(control, GOAL);
    for (let taken = 0; taken < steps; taken++) if (!this.#step()) return false;
    return true;
  }

  /** The leader's: sends the others away. */
  end(): void {
    const { control } = this.#memory;
    Atomics.store(control, ENDED, 1);
    for (const place of [GOAL, ARRIVED, STARTED]) Atomics.notify(control, place);
  }

  /** A follower's life: from the start to the end, asleep where there is nothing to do. */
  follow(): void {
    const { control, state } = this.#memory;
    const ended = () => Atomics.load(control, ENDED) === 1;
    // A sleeper looks up now and then: an end may come between its last look and its sleep.
    while (Atomics.load(control, STARTED) === 0 && !ended()) Atomics.wait(control, STARTED, 0, 100);
    if (ended()) return;
    this.#run.restore(state.slice(), Uint32Array.from(control.slice(CLOCK, CLOCK + 3)), false);
    while (!ended()) {
      const goal = Atomics.load(control, GOAL);
      if (goal === this.#round) Atomics.wait(control, GOAL, goal, 100);
      else if (!this.#step()) return;
    }
  }

  /** One step; false when training has ended or the others don't come. Throws what the core says of a step that failed. */
  #step(): boolean {
    const { worldSize, shards, values, gradients, control } = this.#memory;
    const size = gradients.length / (2 * shards);
    const first = (this.#round % 2) * shards;
    this.#round += 1;
    for (let shard = this.#rank; shard < shards; shard += worldSize) {
      const place = first + shard;
      const slot = gradients.subarray(place * size, (place + 1) * size);
      values[place] = this.#run.shard(shard, slot as unknown as Floats);
    }
    const all = this.#round * worldSize;
    if (Atomics.add(control, ARRIVED, 1) + 1 === all) Atomics.notify(control, ARRIVED);
    if (!this.#barrier(all)) return false;
    this.#run.finishStep(
      values.subarray(first, first + shards) as unknown as Float64Array<ArrayBuffer>,
      gradients.subarray(first * size, (first + shards) * size) as unknown as Floats,
      this.#rank === 0,
    );
    return true;
  }

  /** Until all have arrived. */
  #barrier(all: number): boolean {
    const { control } = this.#memory;
    for (let spin = 0; spin < SPINS; spin++) if (Atomics.load(control, ARRIVED) >= all) return true;
    for (;;) {
      const arrived = Atomics.load(control, ARRIVED);
      if (arrived >= all) return true;
      if (Atomics.load(control, ENDED) === 1) return false;
      if (Atomics.wait(control, ARRIVED, arrived, TIMEOUT) === 'timed-out') return false;
    }
  }
}
