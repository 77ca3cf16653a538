/** Milliseconds over which the speed is measured. */
const SPAN = 1000;

/** Steps a second over the last second, all work of the worker counted. */
export class SpeedMeter {
  #marks: [time: number, step: number][] = [];

  clear(): void {
    this.#marks = [];
  }

  /** Notes where the run is, and returns its speed. */
  measure(now: number, step: number): number {
    const marks = this.#marks;
    marks.push([now, step]);
    while (marks.length > 2 && now - (marks[1]?.[0] ?? now) > SPAN) marks.shift();
    const [time, from] = marks[0] ?? [now, step];
    return now > time ? ((step - from) / (now - time)) * 1000 : 0;
  }
}
