/**
 * One step shared by several workers, each with a processor of its own: every member computes the gradients of some parts of the
 * batch, writes them down for all to read, and follows the sum over all parts in their order. So members stay equal to the last bit,
 * never send parameters, and a run is the same run however many take part.
 *
 * What they share is a block of memory, where the page is cross-origin isolated (two headers of the server). Elsewhere nobody
 * calls this and a run trains in its own worker alone.
 */

import type { Run } from './pkg/density_playground';

/** Places in the control block. */
const GOAL = 0;
const ARRIVED = 1;
const STARTED = 2;
const ENDED = 3;
const CLOCK = 4;

/** Looks at the others' arrival before a member sleeps: about as long as a step's parts differ. */
const LOOKS = 4000;
/** Milliseconds without an arrival after which the others are taken to be lost. */
const PATIENCE = 2000;

/** The memory that the members of a crew share. */
export interface Shared {
  members: number;
  parts: number;
  /** Goal of rounds, arrivals so far, started, ended; then the clock of the run to take over. */
  control: Int32Array<SharedArrayBuffer>;
  /** Parameters and moments to take over. */
  state: Float32Array<SharedArrayBuffer>;
  /** Two rounds of values and gradients, part after part: one round is read while the next is written. */
  values: Float64Array<SharedArrayBuffer>;
  gradients: Float32Array<SharedArrayBuffer>;
}

/** Shared memory for a crew of that many members. */
export function shared(members: number, parts: number, parameters: number): Shared {
  return {
    members,
    parts,
    control: new Int32Array(new SharedArrayBuffer(4 * (CLOCK + 3))),
    state: new Float32Array(new SharedArrayBuffer(4 * 3 * parameters)),
    values: new Float64Array(new SharedArrayBuffer(8 * 2 * parts)),
    gradients: new Float32Array(new SharedArrayBuffer(4 * 2 * parts * parameters)),
  };
}

/** A run as a member of a crew; member 0 leads. */
export class Member {
  #run: Run;
  #memory: Shared;
  #member: number;
  #round = 0;

  constructor(run: Run, memory: Shared, member: number) {
    this.#run = run;
    this.#memory = memory;
    this.#member = member;
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

  /** A helper's life: from the start to the end, asleep where there is nothing to do. */
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

  /** One step; false when the crew has ended or the others don't come. Throws what the core says of a step that failed. */
  #step(): boolean {
    const { members, parts, values, gradients, control } = this.#memory;
    const size = gradients.length / (2 * parts);
    const first = (this.#round % 2) * parts;
    this.#round += 1;
    for (let part = this.#member; part < parts; part += members) {
      const place = first + part;
      const slot = gradients.subarray(place * size, (place + 1) * size);
      values[place] = this.#run.shard(part, slot as unknown as Float32Array<ArrayBuffer>);
    }
    const all = this.#round * members;
    if (Atomics.add(control, ARRIVED, 1) + 1 === all) Atomics.notify(control, ARRIVED);
    if (!this.#wait(all)) return false;
    this.#run.finishStep(
      values.subarray(first, first + parts) as unknown as Float64Array<ArrayBuffer>,
      gradients.subarray(first * size, (first + parts) * size) as unknown as Float32Array<ArrayBuffer>,
      this.#member === 0,
    );
    return true;
  }

  /** Until all have arrived. */
  #wait(all: number): boolean {
    const { control } = this.#memory;
    for (let look = 0; look < LOOKS; look++) if (Atomics.load(control, ARRIVED) >= all) return true;
    for (;;) {
      const seen = Atomics.load(control, ARRIVED);
      if (seen >= all) return true;
      if (Atomics.load(control, ENDED) === 1) return false;
      if (Atomics.wait(control, ARRIVED, seen, PATIENCE) === 'timed-out') return false;
    }
  }
}
