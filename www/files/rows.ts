/** Rows of numbers, gathered one after the other: as large as they get and no larger, whatever the file promises. */
export class Rows {
  readonly #width: number;
  #values = new Float64Array(1024);
  #lines = new Uint32Array(1024);
  length = 0;

  constructor(width: number) {
    this.#width = width;
  }

  /** Makes room for another row and returns where its numbers go. */
  add(line: number): Float64Array {
    const from = this.length * this.#width;
    if (from + this.#width > this.#values.length) {
      const larger = new Float64Array(2 * Math.max(this.#values.length, this.#width));
      larger.set(this.#values);
      this.#values = larger;
    }
    if (this.length === this.#lines.length) {
      const larger = new Uint32Array(2 * this.#lines.length);
      larger.set(this.#lines);
      this.#lines = larger;
    }
    this.#lines[this.length++] = line;
    return this.#values.subarray(from, from + this.#width);
  }

  line(row: number): number {
    return this.#lines[row] ?? 0;
  }

  column(index: number): Float64Array {
    return Float64Array.from(
      { length: this.length },
      (_, row) => this.#values[row * this.#width + index] ?? NaN,
    );
  }

  /** How many numbers a column has. */
  finite(index: number): number {
    let count = 0;
    for (let at = index; at < this.length * this.#width; at += this.#width)
      count += Number(Number.isFinite(this.#values[at]));
    return count;
  }
}
