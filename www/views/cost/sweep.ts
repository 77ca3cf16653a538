/** Asks many things one after the other, until it is stopped: what comes back then is not told any more. */
export class Sweep {
  #latest = 0;

  /** True where all was told; false where it was stopped, or another one was begun. */
  async run<Job, Answer>(
    jobs: readonly Job[],
    ask: (job: Job) => Promise<Answer>,
    tell: (job: Job, answer: Answer) => void,
  ): Promise<boolean> {
    const own = ++this.#latest;
    for (const job of jobs) {
      const answer = await ask(job);
      if (own !== this.#latest) return false;
      tell(job, answer);
    }
    return true;
  }

  stop(): void {
    this.#latest += 1;
  }
}
