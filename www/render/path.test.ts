import { area as d3Area, line as d3Line } from 'd3-shape';
import { expect, test } from 'vitest';
import { area, line, type Point } from './path';

const points: Point[] = [[0, 1.26], [2, 3], null, null, [5, 1], null, [6, -0.04], [7, 2], [9.99, 4]];

test('a line is that of d3, gaps and single points too', () => {
  const theirs = d3Line<Point>()
    .digits(1)
    .defined((point) => point !== null)
    .x((point) => point?.[0] ?? 0)
    .y((point) => point?.[1] ?? 0);
  expect(line(points)).toBe(theirs(points));
  expect(line([])).toBe('');
});

test('an area is that of d3', () => {
  const theirs = d3Area<Point>()
    .digits(1)
    .defined((point) => point !== null)
    .x((point) => point?.[0] ?? 0)
    .y0(10)
    .y1((point) => point?.[1] ?? 0);
  expect(area(points, 10)).toBe(theirs(points));
});
