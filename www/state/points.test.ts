import { expect, test } from 'vitest';
import { MOST_BY_HAND, Points, told } from './points.svelte';

class Host {
  points = Float32Array.from({ length: 22 }, (_, i) => i);
  size = 11;
  puts = 0;
  put(points: Float32Array): void {
    this.points = Float32Array.from(points);
    this.size = points.length / 2;
    this.puts += 1;
  }
}

test('a point is found, moved, added and taken away', () => {
  const host = new Host();
  const points = new Points(host);
  expect(points.nearest([4.1, 5.1], 1)).toBe(2);
  expect(points.nearest([4.1, 7], 1)).toBeNull();
  points.move(2, [-1, -2]);
  expect(points.at(2)).toEqual([-1, -2]);
  expect(points.at(3)).toEqual([6, 7]);
  expect(points.add([0.5, 0.25])).toBe(true);
  expect([points.count, points.chosen, points.at(11)]).toEqual([12, 11, [0.5, 0.25]]);
  expect(points.remove(2)).toBe(true);
  expect([points.count, points.chosen, points.at(2)]).toEqual([11, null, [6, 7]]);
});

test('ten are the least', () => {
  const host = new Host();
  const points = new Points(host);
  expect(points.remove(0)).toBe(true);
  expect(points.remove(0)).toBe(false);
  expect(points.count).toBe(10);
});

test('no more can be added than can be edited: the way out stays where it was', () => {
  const host = new Host();
  host.put(new Float32Array(2 * MOST_BY_HAND));
  const points = new Points(host);
  expect(points.add([1, 1])).toBe(false);
  expect(points.count).toBe(MOST_BY_HAND);
});

test('until the points of the Experiment have come nothing is done to those of before', () => {
  const host = new Host();
  host.size = 30;
  const points = new Points(host);
  points.move(0, [9, 9]);
  points.add([9, 9]);
  points.remove(0);
  expect(host.puts).toBe(0);
});

test('an Experiment has them to a thousandth', () => {
  expect(told(Float32Array.of(0.12345, -7))).toEqual([0.123, -7]);
});
