/** Whether sharing steps gains anything: on few processors the page's own drawing may need the other one. */

/** Steps until those who share have found their pace, and those that are measured then. */
const WARM_UP = 20;
const MEASURED = 100;
/** A shared step has to take less than this of one that is taken alone. */
const GAIN = 0.9;

export class Trial {
  readonly #alone: number;
  #warming = WARM_UP;
  #steps = 0;
  #time = 0;

  /** `alone`: milliseconds of a step by one worker. */
  constructor(alone: number) {
    this.#alone = alone;
  }

  /** Some steps were shared and took so long together. False once it is clear that they would better not be. */
  gains(steps: number, milliseconds: number): boolean {
    if (this.#warming > 0) {
      this.#warming -= steps;
      return true;
    }
    // The verdict stands: later a slow machine slows both.
    if (this.#steps >= MEASURED) return true;
    this.#steps += steps;
    this.#time += milliseconds;
    return this.#steps < MEASURED || this.#time < GAIN * this.#alone * this.#steps;
  }
}
