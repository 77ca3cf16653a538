/** How much of a frame the page can draw while a run trains: on a slow device fewer samples and coarser pictures, so that it answers the hand. */

/** Milliseconds of the page's own time that a frame may take: half of what a person feels as a halt. */
const DRAWN = 25;
/** A frame that takes less than this leaves room for a richer one. */
const ROOM = DRAWN / 4;
/** Slow frames in a row before the page gets less: one alone may be anything. */
const SLOW = 2;
/** Quick ones in a row before it gets more again. */
const QUICK = 20;

/** From what the person chose down to the least that still shows a density. */
const LEVELS = [
  { samples: Infinity, side: Infinity },
  { samples: 1000, side: 80 },
  { samples: 500, side: 56 },
  { samples: 250, side: 56 },
] as const;

export class PageLoad {
  #level = 0;
  /** Frames in a row, slow ones below 0. */
  #streak = 0;
  #drawnIn = 0;

  /** The page needed that many milliseconds for a frame of a run that trains. */
  drew(milliseconds: number): void {
    this.#drawnIn = milliseconds;
    if (milliseconds > DRAWN) this.#streak = Math.min(0, this.#streak) - 1;
    else if (milliseconds < ROOM) this.#streak = Math.max(0, this.#streak) + 1;
    else this.#streak = 0;
    if (this.#streak <= -SLOW) this.#go(1);
    else if (this.#streak >= QUICK) this.#go(-1);
  }

  #go(by: number): void {
    this.#streak = 0;
    this.#level = Math.min(LEVELS.length - 1, Math.max(0, this.#level + by));
  }

  get #now(): (typeof LEVELS)[number] {
    return LEVELS[this.#level] ?? LEVELS[0];
  }

  /** Samples that it gets, of those that were asked for. */
  samples(wanted: number): number {
    return Math.min(wanted, this.#now.samples);
  }

  /** Cells on each side of its pictures, of those that training leaves time for. */
  side(affordable: number): number {
    return Math.min(affordable, this.#now.side);
  }

  /** Least milliseconds between two frames: half of its time is the page's own. */
  get interval(): number {
    return 2 * this.#drawnIn;
  }
}
