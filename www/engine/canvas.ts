/** The stage's canvas in the worker: where a run is on a GPU, the GPU paints it. */

import type { GpuTraining } from './device';
import type { Paint, Viewport } from './protocol';

/** Cells on each side, while training and at rest. */
const QUICK = 256;
const SHARP = 1024;
/** The same with an adapter made of software. */
const QUICK_IN_SOFTWARE = 112;
const SHARP_IN_SOFTWARE = 224;

export class StageCanvas {
  /** The page's, from the moment that it gives it. */
  canvas: OffscreenCanvas | null = null;
  /** What is to be on it. */
  paint: Paint | null = null;
  /** It is not as it should be: other colours, or another size. */
  stale = false;
  /** The last picture was a quick one. */
  quick = true;
  /** The browser does not let the GPU paint on it, or would not survive it: one made of software can take all canvases of the page along. */
  refused = false;

  /** True where it is for the GPU to paint. */
  get paintable(): boolean {
    return this.canvas !== null && this.paint !== null && !this.refused;
  }

  /** True where the GPU has to paint again what is on it already. */
  get needsPaint(): boolean {
    return this.stale && this.paintable;
  }

  /** Paints it; false where the browser does not let the GPU: the page paints then. */
  async by(there: GpuTraining, view: Viewport): Promise<boolean> {
    const { canvas, paint } = this;
    if (!canvas || !paint || this.refused) return false;
    this.stale = false;
    const { software } = there.adapter;
    const [quick, sharp] = software ? [QUICK_IN_SOFTWARE, SHARP_IN_SOFTWARE] : [QUICK, SHARP];
    const cells = this.quick ? quick : Math.min(sharp, paint.pixels);
    // At temperature 0 all mass is on one point: there is no density to draw.
    const resolution = view.temperature < 0.05 ? 0 : cells;
    try {
      await there.paint(canvas, view, paint, resolution);
      return true;
    } catch {
      // A device that is lost says so when it is asked for something else.
      this.refused = true;
      return false;
    }
  }
}
