import { expect, test } from 'vitest';
import { dab, fromDensity, stroke, type Brush } from './brush';

const SIDE = 64;
const blank = () => new Uint8Array(SIDE * SIDE);
const ink = (cells: Uint8Array) => cells.reduce((sum, c) => sum + c, 0);
const brush: Brush = { tool: 'brush', size: 6, softness: 0.5 };

test('a dab is round, centred, and fades outwards', () => {
  const cells = blank();
  dab(cells, SIDE, brush, 32, 20);
  const at = (x: number, y: number) => cells[y * SIDE + x] ?? -1;
  expect(at(32, 20)).toBeGreaterThan(0);
  expect(at(32 + 4, 20)).toBeLessThan(at(32, 20));
  expect(at(32 + 7, 20)).toBe(0);
  // The centre lies between cells 31 and 32: mirror images are equal.
  for (let d = 0; d < 6; d++) expect(at(31 - d, 20)).toBe(at(32 + d, 20));
});

test('the eraser takes away, and never below nothing', () => {
  const cells = blank();
  dab(cells, SIDE, brush, 30, 30);
  const before = ink(cells);
  dab(cells, SIDE, { ...brush, tool: 'eraser' }, 33, 30);
  expect(ink(cells)).toBeLessThan(before);
  for (let i = 0; i < 20; i++) dab(cells, SIDE, { ...brush, tool: 'eraser', softness: 0, size: 20 }, 30, 30);
  expect(ink(cells)).toBe(0);
});

test('passing often saturates at 255', () => {
  const cells = blank();
  for (let i = 0; i < 20; i++) dab(cells, SIDE, brush, 30, 30);
  expect(Math.max(...cells)).toBe(255);
});

test('a stamp is a Gaussian whose deviation is half its size', () => {
  const cells = blank();
  dab(cells, SIDE, { tool: 'stamp', size: 10, softness: 0 }, 32, 32);
  let [mass, square] = [0, 0];
  cells.forEach((c, i) => {
    mass += c;
    square += c * ((i % SIDE) + 0.5 - 32) ** 2;
  });
  expect(Math.sqrt(square / mass)).toBeCloseTo(5, 0);
});

test('a stroke leaves no gaps and reaches its end', () => {
  const cells = blank();
  stroke(cells, SIDE, { ...brush, size: 3 }, [5, 10], [60, 50]);
  for (let t = 0.05; t <= 1; t += 0.01) {
    const [x, y] = [Math.floor(5 + 55 * t), Math.floor(10 + 40 * t)];
    expect(cells[y * SIDE + x]).toBeGreaterThan(0);
  }
});

test('dabs beyond the edge stay inside', () => {
  const cells = blank();
  for (const [x, y] of [
    [-3, -3],
    [SIDE + 3, SIDE + 3],
    [0, SIDE],
    [500, 500],
  ] as const)
    dab(cells, SIDE, brush, x, y);
  expect(cells.length).toBe(SIDE * SIDE);
});

test('a density becomes a drawing whose darkest cell is full', () => {
  expect([...fromDensity(new Float32Array([0, 1, 2, 4]))]).toEqual([0, 64, 128, 255]);
  expect([...fromDensity(new Float32Array([0, 0]))]).toEqual([0, 0]);
});
