import { expect, test } from 'vitest';
import { cell, dots, fill, histogram, rangeOf, type Raster } from './pairs';

const raster = (side: number): Raster => ({ side, pixels: new Uint32Array(side * side) });
const RED = 0xff0000ff;
const WHITE = 0xffffffff;

test('the cells of a grid stand beside each other, on whole pixels, and fit', () => {
  for (const [count, size] of [
    [2, 100],
    [6, 701],
  ] as const) {
    const last = cell(count, size, 6, count - 1, count - 1);
    expect(last.left + last.side).toBeLessThanOrEqual(size);
    expect(last.left + last.side).toBeGreaterThan(size - count);
    const [first, below] = [cell(count, size, 6, 0, 0), cell(count, size, 6, 1, 0)];
    expect(below.top - first.top - first.side).toBe(6);
  }
});

test('a range holds nearly all values, and one far out does not stretch it', () => {
  const points = Array.from({ length: 1000 }, (_, row) => [row / 999, row === 500 ? 1e6 : -row]).flat();
  const [from, to] = rangeOf(points, 2, 0);
  expect(from).toBeCloseTo(-0.06, 1);
  expect(to).toBeCloseTo(1.06, 1);
  expect(rangeOf(points, 2, 1)[1]).toBeLessThan(100);
  expect(rangeOf([], 2, 0)).toEqual([-3, 3]);
  expect(rangeOf([NaN, 4, NaN, 4], 2, 1)).toEqual([3, 5]);
});

test('a histogram has the shares of all values', () => {
  const shares = histogram([0.1, 9, 0.2, 9, 0.9, 9, 5, 9], 2, 0, [0, 1], 2);
  expect([...shares]).toEqual([0.5, 0.25]);
});

test('dots are where their points are, the second variable upwards, and stay in their box', () => {
  const sheet = raster(20);
  fill(sheet, { left: 10, top: 0, side: 10 }, WHITE);
  const ranges = { x: [0, 10], y: [0, 10] } as const;
  const points = [7.5, 0, 2.5, 100, 0, 5, NaN, 0, 5];
  dots(sheet, { left: 10, top: 0, side: 10 }, points, 3, { x: 2, y: 0 }, ranges, RED, 0.5);
  // (2.5, 7.5): column 2 of the box, row 2 from its top. The others are outside, or nowhere.
  const red = [...sheet.pixels].flatMap((pixel, at) => (pixel === RED ? [at] : []));
  expect(red).toEqual([2 * 20 + 12]);
});

test('a dot that is half see-through is mixed with what is under it', () => {
  const sheet = raster(9);
  fill(sheet, { left: 0, top: 0, side: 9 }, WHITE);
  const ranges = { x: [0, 9], y: [0, 9] } as const;
  dots(sheet, { left: 0, top: 0, side: 9 }, [4.5, 4.5], 2, { x: 0, y: 1 }, ranges, 0x80000000, 1);
  const middle = sheet.pixels[4 * 9 + 4] ?? 0;
  for (const shift of [0, 8, 16]) expect(Math.abs(((middle >>> shift) & 255) - 127)).toBeLessThan(3);
  expect(middle >>> 24).toBe(255);
  expect(sheet.pixels[0]).toBe(WHITE);
});

test('no more points are drawn than are asked for', () => {
  const sheet = raster(9);
  const ranges = { x: [0, 9], y: [0, 9] } as const;
  const points = [4.5, 4.5, 2.5, 2.5];
  dots(sheet, { left: 0, top: 0, side: 9 }, points, 2, { x: 0, y: 1 }, ranges, RED, 0.5, 1);
  expect(sheet.pixels.filter((pixel) => pixel === RED)).toHaveLength(1);
});
