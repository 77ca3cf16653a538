/** What the lesson “Needles and bits” says of its dice. */

import { expect, test } from 'vitest';
import { unpackRows } from '../../www/state/packed-rows';
import { dice, probability } from './dice';
import { opened } from './harness';
import { all, figures } from './read';

const lesson = all().find(({ name }) => name === 'needles')?.lesson;

test('its links have the rows that were thrown', async () => {
  for (const { figure } of lesson ? figures(lesson) : []) {
    const { rows = [], experiments } = await opened(figure.link);
    expect(rows).toHaveLength(1);
    expect(await unpackRows(rows[0] ?? '')).toEqual(dice());
    expect(experiments[0]).toMatchObject({ target: { kind: 'table' } });
  }
  expect.hasAssertions();
});

test('its entropies are those of the dice', () => {
  const faces = [1, 2, 3, 4, 5, 6];
  const all = faces.flatMap((first) => faces.map((larger) => probability(first, larger)));
  const possible = all.filter((p) => p > 0);
  expect(possible).toHaveLength(21);
  expect(possible.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1);
  const entropy = -possible.reduce((sum, p) => sum + p * Math.log(p), 0);
  expect(entropy).toBeCloseTo(2.777, 3);
  expect(entropy / (2 * Math.LN2)).toBeCloseTo(2.003, 3);
  const { values, parts } = dice();
  const test = [...(parts ?? [])].flatMap((part, row) =>
    part === 2 ? [-Math.log2(probability(values[2 * row] ?? 0, values[2 * row + 1] ?? 0)) / 2] : [],
  );
  expect(test).toHaveLength(800);
  expect(test.reduce((sum, bits) => sum + bits, 0) / 800).toBeCloseTo(2.012, 3);
});
