/** What a field says of each variable alone. */

import type { Field } from './protocol';

/** p(x1) and p(x2) at the cells' centres: the field integrated over the other variable by the midpoint rule. */
export function marginals({
  side,
  values,
  window,
}: Field): [Float32Array<ArrayBuffer>, Float32Array<ArrayBuffer>] {
  const first = new Float32Array(side);
  const second = new Float32Array(side);
  const [across, up] = [(window.x_max - window.x_min) / side, (window.y_max - window.y_min) / side];
  for (let row = 0; row < side; row++) {
    let sum = 0;
    for (let column = 0; column < side; column++) {
      const value = values[row * side + column] ?? 0;
      sum += value;
      first[column] = (first[column] ?? 0) + value * up;
    }
    second[row] = sum * across;
  }
  return [first, second];
}
