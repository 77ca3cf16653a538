import { expect, test } from 'vitest';
import { columnMarks, planeMarks } from './marks';

const labels = (origin: number, unit: number, letters = 6) =>
  columnMarks(-4, 4, { origin, unit }, letters)?.map(({ label }) => label) ?? null;

test('marks of the plane are round numbers off its edges', () => {
  expect(planeMarks(-4, 4).map(({ label }) => label)).toEqual(['−2', '0', '2']);
});

test('marks of a column are round numbers of its own, at their places in the plane', () => {
  const marks = columnMarks(-4, 4, { origin: 180, unit: 10 }, 8);
  expect(marks).toEqual([
    { at: -2, label: '160' },
    { at: 0, label: '180' },
    { at: 2, label: '200' },
  ]);
  expect(labels(5e-5, 1e-5)).toEqual(['2e−5', '4e−5', '6e−5', '8e−5']);
  expect(labels(0, 1e-300, 8)).toEqual(['−2e−300', '0', '2e−300']);
});

test('numbers that do not fit, or look alike, are left to the plane', () => {
  expect(labels(1.7e9, 10)).toBeNull();
  expect(labels(0, 1e-300, 5)).toBeNull();
});
