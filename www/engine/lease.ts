/** Something with memory of its own, which must not be freed while others use it. */
export class Leased<T> {
  readonly value: T;
  readonly #free: (value: T) => void;
  #users = 0;
  #ended = false;

  constructor(value: T, free: (value: T) => void) {
    this.value = value;
    this.#free = free;
  }

  /** Kept for as long as the work goes on. */
  async during<R>(work: (value: T) => Promise<R>): Promise<R> {
    this.#users += 1;
    try {
      return await work(this.value);
    } finally {
      this.#users -= 1;
      if (this.#ended && this.#users === 0) this.#free(this.value);
    }
  }

  /** It is needed no longer: it is freed now, or when the last user is done. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    if (this.#users === 0) this.#free(this.value);
  }
}
