/** States to go back to. A state is a value that nobody changes in place. */
export class Undo<T> {
  #past: T[] = [];
  #future: T[] = [];
  #last = { what: '', time: -Infinity };
  readonly #most: number;

  /** Keeps up to `most` states. */
  constructor(most = 200) {
    this.#most = most;
  }

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  /**
   * Notes the state that is about to be left. Changes of the same thing within a second are one: dragging a slider
   * is undone as a whole, and only the first of them is noted: true. An empty `what` is never joined to another.
   */
  leave(state: T, what: string, time: number): boolean {
    const joined = what !== '' && what === this.#last.what && time - this.#last.time < 1000;
    this.#last = { what, time };
    this.#future = [];
    if (joined && this.#past.length > 0) return false;
    this.#past.push(state);
    if (this.#past.length > this.#most) this.#past.shift();
    return true;
  }

  /** All states, those to go back to and those to go forth to, the next one last. */
  get states(): { past: readonly T[]; future: readonly T[] } {
    return { past: this.#past, future: this.#future };
  }

  /** Takes over states, in place of what was noted. */
  restore(past: readonly T[], future: readonly T[]): void {
    this.#past = past.slice(-this.#most);
    this.#future = future.slice(-this.#most);
    this.#last = { what: '', time: -Infinity };
  }

  /** The state that `undo` would go back to. */
  get before(): T | undefined {
    return this.#past.at(-1);
  }

  /** The state before `current`, or null where there is none. */
  undo(current: T): T | null {
    return this.#move(this.#past, this.#future, current);
  }

  /** The state that was left last, as if it had never been left: nothing leads on from it. Null where there is none. */
  takeBack(): T | null {
    this.#last = { what: '', time: -Infinity };
    return this.#past.pop() ?? null;
  }

  redo(current: T): T | null {
    return this.#move(this.#future, this.#past, current);
  }

  #move(from: T[], to: T[], current: T): T | null {
    const state = from.pop();
    if (state === undefined) return null;
    to.push(current);
    this.#last = { what: '', time: -Infinity };
    return state;
  }
}
