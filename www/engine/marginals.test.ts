import { expect, test } from 'vitest';
import { marginals } from './marginals';

test('the marginals of two independent normals are those normals', () => {
  const side = 120;
  const window = { x_min: -6, x_max: 6, y_min: -9, y_max: 9 };
  const normal = (x: number, mean: number, deviation: number) =>
    Math.exp(-0.5 * ((x - mean) / deviation) ** 2) / (deviation * Math.sqrt(2 * Math.PI));
  const at = (i: number, from: number, to: number) => from + ((i + 0.5) * (to - from)) / side;
  const values = new Float32Array(side * side);
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++)
      values[row * side + column] = normal(at(column, -6, 6), 0.5, 0.8) * normal(at(row, -9, 9), -1, 1.5);
  const [first, second] = marginals({ side, values, window });
  for (let i = 0; i < side; i++) {
    expect(first[i]).toBeCloseTo(normal(at(i, -6, 6), 0.5, 0.8), 5);
    expect(second[i]).toBeCloseTo(normal(at(i, -9, 9), -1, 1.5), 5);
  }
});
