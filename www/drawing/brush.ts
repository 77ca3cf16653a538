/** Painting on a drawing: a grid of intensities, 0 to 255, rows from the least x2 up. Pure, but for the cells. */

export type Tool = 'brush' | 'eraser' | 'stamp';

export interface Brush {
  tool: Tool;
  /** Radius in cells. */
  size: number;
  /** 0: a sharp edge; 1: fading from the middle. */
  softness: number;
}

/** How dark one dab makes its middle, of 255; a slow hand passes many times and draws darker. */
const FLOW = 96;

/** The share of a dab that falls at a distance, in radii, from its middle. */
function falloff(brush: Brush, distance: number): number {
  // A stamp is one Gaussian whose standard deviation is half its size.
  if (brush.tool === 'stamp') return Math.exp(-2 * distance * distance);
  if (distance >= 1) return 0;
  const edge = 1 - brush.softness;
  if (distance <= edge) return 1;
  return 0.5 * (1 + Math.cos((Math.PI * (distance - edge)) / (1 - edge)));
}

/** One dab at (x, y), counted in cells from the lower left corner. */
export function dab(cells: Uint8Array, side: number, brush: Brush, x: number, y: number): void {
  const reach = brush.size * (brush.tool === 'stamp' ? 2 : 1);
  const from = (v: number) => Math.max(0, Math.floor(v - reach));
  const to = (v: number) => Math.min(side - 1, Math.ceil(v + reach));
  for (let row = from(y); row <= to(y); row++) {
    for (let column = from(x); column <= to(x); column++) {
      const distance = Math.hypot(column + 0.5 - x, row + 0.5 - y) / brush.size;
      const share = falloff(brush, distance);
      const index = row * side + column;
      const old = cells[index] ?? 0;
      if (brush.tool === 'eraser') cells[index] = Math.floor(old * (1 - share));
      else cells[index] = Math.min(255, old + Math.round(share * (brush.tool === 'stamp' ? 200 : FLOW)));
    }
  }
}

/** Dabs along the line between two points, a third of the brush apart, without the first. */
export function stroke(
  cells: Uint8Array,
  side: number,
  brush: Brush,
  from: [number, number],
  to: [number, number],
): void {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const count = Math.max(1, Math.ceil(length / Math.max(0.5, brush.size / 3)));
  for (let i = 1; i <= count; i++) {
    const t = i / count;
    dab(cells, side, brush, from[0] + t * (to[0] - from[0]), from[1] + t * (to[1] - from[1]));
  }
}

/** A density as a drawing: its greatest value becomes 255. */
export function fromDensity(values: Float32Array): Uint8Array<ArrayBuffer> {
  let most = 0;
  for (const v of values) if (Number.isFinite(v) && v > most) most = v;
  return Uint8Array.from(values, (v) => (most > 0 ? Math.round((255 * v) / most) : 0));
}
