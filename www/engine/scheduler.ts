/** Time, and when things are done: handed in, so that a test can have a clock of its own. */

export interface Scheduler {
  /** Milliseconds. */
  now(): number;
  /** As soon as the messages that wait have been heard. */
  soon(task: () => void): void;
  /** After that many milliseconds, unless what is returned is called before. */
  after(milliseconds: number, task: () => void): () => void;
}

/** The browser's. Between two tasks the queue of messages has its turn: a timer would wait, a promise would not let go. */
export function browserScheduler(): Scheduler {
  const channel = new MessageChannel();
  const tasks: (() => void)[] = [];
  channel.port1.onmessage = () => tasks.shift()?.();
  return {
    now: () => performance.now(),
    soon: (task) => {
      tasks.push(task);
      channel.port2.postMessage(null);
    },
    after: (milliseconds, task) => {
      const timer = setTimeout(task, milliseconds);
      return () => clearTimeout(timer);
    },
  };
}

interface Due {
  at: number;
  cancel: (() => void) | null;
}

/** A task that is due once at most, whoever asks for it and however often. */
export class Wakeup {
  #due: Due | null = null;
  readonly #scheduler: Scheduler;
  readonly #task: () => void;

  constructor(scheduler: Scheduler, task: () => void) {
    this.#scheduler = scheduler;
    this.#task = task;
  }

  /** At that time, or before. */
  at(time: number): void {
    if (this.#due && this.#due.at <= time) return;
    this.#due?.cancel?.();
    const wait = time - this.#scheduler.now();
    const due: Due = { at: wait > 0 ? time : -Infinity, cancel: null };
    const act = () => {
      if (this.#due !== due) return;
      this.#due = null;
      this.#task();
    };
    this.#due = due;
    if (wait > 0) due.cancel = this.#scheduler.after(wait, act);
    else this.#scheduler.soon(act);
  }

  soon(): void {
    this.at(-Infinity);
  }
}
