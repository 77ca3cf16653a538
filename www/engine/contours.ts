/** Outlines of a density's highest-density regions. */

import { contours } from 'd3-contour';
import type { Field, Rings } from './protocol';

/** The masses that the regions hold, in the order in which they are drawn. */
export const MASSES = [0.5, 0.8, 0.95] as const;

/**
 * For each mass m the greatest density c such that the cells with density of at least c hold m of the field's
 * mass (Hyndman, "Computing and graphing highest density regions", 1996). A field without mass gives zeros.
 */
export function densityLevels(values: Float32Array, masses: readonly number[]): number[] {
  const sorted = values.filter((v) => v > 0 && Number.isFinite(v)).sort();
  let total = 0;
  for (const v of sorted) total += v;
  return masses.map((mass) => {
    let held = 0;
    for (let i = sorted.length - 1; i >= 0; i--) {
      held += sorted[i] ?? 0;
      if (held >= mass * total) return sorted[i] ?? 0;
    }
    return 0;
  });
}

/** The rings that enclose each mass. */
export function massContours(field: Field, masses: readonly number[] = MASSES): Rings[] {
  const { side, values, window } = field;
  const scale = (window.x_max - window.x_min) / side;
  const draw = contours().size([side, side]);
  return densityLevels(values, masses).map((level) => {
    if (level <= 0) return { points: new Float32Array(), starts: new Uint32Array([0]) };
    // Just below the level: a region of one constant density is then inside its own outline.
    const { coordinates } = draw.contour(values as unknown as number[], level * 0.98);
    const rings = coordinates.flat();
    const starts = new Uint32Array(rings.length + 1);
    rings.forEach((ring, r) => (starts[r + 1] = (starts[r] ?? 0) + ring.length));
    const points = new Float32Array(2 * (starts[rings.length] ?? 0));
    let at = 0;
    for (const ring of rings) {
      for (const [x = 0, y = 0] of ring) {
        points[at++] = window.x_min + x * scale;
        points[at++] = window.y_min + y * scale;
      }
    }
    return { points, starts };
  });
}
