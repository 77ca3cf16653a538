/** What the page lacks, and when it gets it. */

import { PageLoad } from './page-load';

/** Least milliseconds between two pictures while training; a slow model has them further apart. */
const FRAME = 60;
/** Least milliseconds between two measurements of the modes. */
const COVERAGE = 1500;
/** From one picture to the next it is this many times as long as a picture takes: training has the rest. */
const SHARE = 5;
/** The same where a GPU makes it: there a picture takes as long as the training that it waits for. */
const SHARE_ON_GPU = 3;
/** Cells on each side of a quick picture: as many as take no longer than so many milliseconds. */
const SIDES = [112, 80, 56, 40, 28] as const;
const [SIDE, , , COARSE_SIDE, LEAST_SIDE] = SIDES;
const COSTLY = 20;
/** A sharp picture at rest takes no longer than about so many milliseconds: it keeps a person who plays again waiting. */
const SHARP = 1500;

/** Which picture is next. */
export interface Due {
  /** A small one, while training or before the sharp one: cells on each side; null: a sharp one. */
  quick: number | null;
  density: boolean;
}

/** Keeps account of what has changed since the page was told. */
export class PicturePlan {
  #samples = true;
  #density = true;
  /** At rest a quick picture is followed by a sharp one. */
  #sharp = false;
  #coverage = true;
  /** The target's picture. */
  target = true;
  #last = -Infinity;
  #measured = -Infinity;
  /** Milliseconds that a quick picture takes, and its cells on each side. */
  #cost = 0;
  #side: number;
  /** Cells on each side of the last quick one. */
  #drawn: number;
  #share = SHARE;

  readonly #load: PageLoad;

  /** `load`: what the page can draw in time. `slow`: a density takes long, so that even the first picture has to be a coarse one. */
  constructor(load = new PageLoad(), slow = false) {
    this.#load = load;
    this.#side = this.#drawn = slow ? COARSE_SIDE : SIDE;
  }

  /** Cells on each side of a sharp picture on the processor: at most so many, fewer where they would take long. */
  resting(most: number): number {
    const affordable = Math.floor(this.#drawn * Math.sqrt(SHARP / Math.max(1, this.#cost)));
    return Math.min(most, Math.max(COARSE_SIDE, affordable));
  }

  /** The parameters are others. */
  trained(): void {
    this.#samples = this.#density = this.#coverage = true;
  }

  /** Whoever paints has to paint again. */
  repaint(): void {
    this.#samples = this.#density = true;
  }

  /** Training has ended: there is time for a sharp picture. */
  rested(): void {
    this.#sharp = this.#samples = true;
  }

  /** The picture did not come about. */
  missed(): void {
    this.#density = true;
  }

  /** When the next frame is due; `Infinity`: nothing is new. */
  frameAt(playing: boolean): number {
    const wanted = this.#samples || this.#density || this.#sharp || (this.#coverage && !playing);
    if (!wanted) return Infinity;
    return playing ? this.#last + Math.max(FRAME, this.#share * this.#cost, this.#load.interval) : -Infinity;
  }

  /** Takes the next frame into account. */
  next(playing: boolean, now: number): Due {
    const density = playing || this.#density || this.#sharp;
    const quick = playing || !this.#sharp ? this.#load.side(this.#side) : null;
    this.#drawn = quick ?? this.#drawn;
    if (density) {
      this.#last = now;
      this.#sharp = !playing && this.#density && !this.#sharp;
      this.#density = false;
    }
    this.#samples = false;
    return { quick, density };
  }

  /** A quick picture took that many milliseconds, on the processor or on a GPU. */
  took(milliseconds: number, onGpu = false): void {
    this.#cost = milliseconds;
    this.#share = onGpu ? SHARE_ON_GPU : SHARE;
    if (onGpu) return;
    // As if it had been another one: so it becomes a fine one again.
    const taken = (side: number) => milliseconds * (side / this.#drawn) ** 2;
    this.#side = SIDES.find((side) => taken(side) <= COSTLY) ?? LEAST_SIDE;
  }

  /** Whether the modes are to be measured: on thousands of samples, so now and then is enough, and once at rest. */
  coverageDue(playing: boolean, now: number): boolean {
    if (!this.#coverage || (playing && now - this.#measured <= COVERAGE)) return false;
    this.#coverage = false;
    return true;
  }

  /** They were measured. */
  covered(now: number): void {
    this.#measured = now;
  }
}
