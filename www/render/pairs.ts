/** Scatter plots of pairs of variables on one canvas: where its cells are, and the dots in them, drawn into its pixels. */

/** Where values of a variable lie. */
export type Range = readonly [from: number, to: number];

/** A square of a raster, in its pixels. */
export interface Box {
  left: number;
  top: number;
  side: number;
}

/** Pixels of a square canvas, each four bytes with red in the lowest. */
export interface Raster {
  side: number;
  pixels: Uint32Array;
}

/** The share of a column's values on each side that may lie outside of the plot: one value far out would make the others a speck. */
const CUT = 0.004;

/** Room beside the values, as a share of their range. */
const MARGIN = 0.06;

/** Where nearly all values of a column of row-major points lie, with some room; around 0 where there are none. */
export function rangeOf(points: ArrayLike<number>, dim: number, variable: number): Range {
  const values: number[] = [];
  for (let at = variable; at < points.length; at += dim) {
    const value = points[at] ?? NaN;
    if (Number.isFinite(value)) values.push(value);
  }
  if (values.length === 0) return [-3, 3];
  values.sort((a, b) => a - b);
  const cut = Math.floor(CUT * values.length);
  const [from, to] = [values[cut] ?? 0, values[values.length - 1 - cut] ?? 0];
  const room = MARGIN * (to - from) || 1;
  return [from - room, to + room];
}

/** The square in row and column of a grid of so many, with a gap between them, on whole pixels. */
export function cell(count: number, size: number, gap: number, row: number, column: number): Box {
  const side = Math.floor((size - gap * (count - 1)) / count);
  return { left: column * (side + gap), top: row * (side + gap), side };
}

/** Shares of a column's values, of all that there are, in `bins` equal parts of a range. */
export function histogram(
  points: ArrayLike<number>,
  dim: number,
  variable: number,
  [from, to]: Range,
  bins: number,
): Float64Array {
  const shares = new Float64Array(bins);
  const rows = Math.floor(points.length / dim);
  for (let at = variable; at < points.length; at += dim) {
    const bin = Math.floor((((points[at] ?? NaN) - from) / (to - from)) * bins);
    if (bin >= 0 && bin < bins) shares[bin] = (shares[bin] ?? 0) + 1 / rows;
  }
  return shares;
}

/** A round dot: pixels from its middle, and how much of each it covers, 0 to 256. */
interface Dot {
  x: Int32Array;
  y: Int32Array;
  cover: Int32Array;
}

function dotOf(radius: number): Dot {
  const reach = Math.ceil(radius);
  const [x, y, cover]: [number[], number[], number[]] = [[], [], []];
  for (let dy = -reach; dy <= reach; dy++)
    for (let dx = -reach; dx <= reach; dx++) {
      const inside = Math.min(1, Math.max(0, radius + 0.5 - Math.hypot(dx, dy)));
      if (inside <= 0.02) continue;
      x.push(dx);
      y.push(dy);
      cover.push(Math.round(256 * inside));
    }
  return { x: Int32Array.from(x), y: Int32Array.from(y), cover: Int32Array.from(cover) };
}

/**
 * Row-major points as dots in a box, `x` and `y` by their number, over what is there. A whole grid of thousands of points is drawn at every
 * frame of a training: into the pixels, that takes a tenth of the time that paths would. `most`: points at most. `colour`: four
 * bytes, red in the lowest, as see-through as the last says. `radius` is in pixels.
 */
export function dots(
  { side, pixels }: Raster,
  box: Box,
  points: ArrayLike<number>,
  dim: number,
  variables: { x: number; y: number },
  ranges: { x: Range; y: Range },
  colour: number,
  radius: number,
  most = Infinity,
): void {
  const dot = dotOf(radius);
  const opacity = (colour >>> 24) / 255;
  const [redBlue, green] = [colour & 0xff00ff, colour & 0x00ff00];
  const scaleX = box.side / (ranges.x[1] - ranges.x[0]);
  const scaleY = box.side / (ranges.y[1] - ranges.y[0]);
  const end = Math.min(points.length, most * dim);
  const alphas = dot.cover.map((cover) => Math.round(cover * opacity));
  const reach = Math.ceil(radius);
  for (let at = 0; at + dim <= end; at += dim) {
    const x = Math.floor(((points[at + variables.x] ?? NaN) - ranges.x[0]) * scaleX);
    const y = Math.floor((ranges.y[1] - (points[at + variables.y] ?? NaN)) * scaleY);
    // A dot is whole or not there: none is over the edge. Not a number is nowhere.
    if (!(x >= reach && y >= reach && x < box.side - reach && y < box.side - reach)) continue;
    const middle = (box.top + y) * side + box.left + x;
    for (let k = 0; k < alphas.length; k++) {
      const place = middle + (dot.y[k] ?? 0) * side + (dot.x[k] ?? 0);
      const alpha = alphas[k] ?? 0;
      const under = pixels[place] ?? 0;
      // Red and blue in one product: neither reaches into the other.
      const mixed = (((under & 0xff00ff) * (256 - alpha) + redBlue * alpha) >>> 8) & 0xff00ff;
      const mixedGreen = (((under & 0x00ff00) * (256 - alpha) + green * alpha) >>> 8) & 0x00ff00;
      pixels[place] = (0xff000000 | mixed | mixedGreen) >>> 0;
    }
  }
}

/** A box in one colour. */
export function fill({ side, pixels }: Raster, box: Box, colour: number): void {
  for (let row = box.top; row < box.top + box.side; row++) {
    const from = row * side + box.left;
    pixels.fill(colour, from, from + box.side);
  }
}
