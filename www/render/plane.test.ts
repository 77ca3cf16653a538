import { expect, test } from 'vitest';
import { densityAt, paint, place } from './heat';
import { square, toPixels, toPlane, valueAt } from './plane';
import { maps } from '../theme/colourmap';

const window = { x_min: -4, x_max: 4, y_min: -3, y_max: 5 };

test('pixels and points of the plane are inverse to each other', () => {
  const { x, y } = toPixels(window, 400);
  expect([x(-4), y(5), x(4), y(-3)]).toEqual([0, 0, 400, 400]);
  const [x1, x2] = toPlane(window, 400, x(1.25), y(-2.5));
  expect(x1).toBeCloseTo(1.25);
  expect(x2).toBeCloseTo(-2.5);
});

test('a window becomes the smallest square around it', () => {
  expect(square({ x_min: 0, x_max: 8, y_min: 1, y_max: 3 })).toEqual({
    x_min: 0,
    x_max: 8,
    y_min: -2,
    y_max: 6,
  });
});

test('values are looked up where they lie', () => {
  const field = { window, side: 2, values: new Float32Array([1, 2, 3, 4]) };
  expect([
    valueAt(field, -1, -1),
    valueAt(field, 1, -1),
    valueAt(field, -1, 4),
    valueAt(field, 1, 4),
  ]).toEqual([1, 2, 3, 4]);
  expect(valueAt(field, 9, 0)).toBeNull();
});

test('colour scales go there and back', () => {
  for (const logarithmic of [false, true]) {
    const scale = { most: 0.7, logarithmic };
    for (const t of [0.1, 0.5, 1]) expect(place(scale, densityAt(scale, t))).toBeCloseTo(t);
    expect(place(scale, 0)).toBe(0);
    expect(place(scale, Infinity)).toBe(1);
    expect(place(scale, NaN)).toBe(0);
  }
});

test('fields are painted with the least x2 at the bottom', () => {
  const data = new Uint8ClampedArray(16);
  const image = { data, width: 2, height: 2 } as unknown as ImageData;
  const map = maps.light.model;
  paint(
    { window, side: 2, values: new Float32Array([1, 0, 0, 0]) },
    { most: 1, logarithmic: false },
    map,
    image,
  );
  expect([...data.slice(8, 12)]).toEqual([...map.slice(4 * 255)]);
  expect([...data.slice(0, 4)]).toEqual([...map.slice(0, 4)]);
});
