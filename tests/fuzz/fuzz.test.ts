/**
 * Whatever a person brings is read or refused with a sentence; nothing else is thrown, nothing is half read. The kept inputs and a fixed number
 * of new ones each time; `npm run fuzz` goes on from there, see by-coverage.ts.
 */

import { describe, expect, test } from 'vitest';
import { corpusOf, foundOf, readFound, shown, taken } from './corpus';
import { mutant } from './mutate';
import { targets } from './targets';

const ROUNDS = 1500;

describe.each(targets)('$name', (target) => {
  test.each(target.good.map((input, i) => [i, input] as const))(
    'good input %d is taken',
    async (_, input) => {
      expect(await taken(target, Uint8Array.from(input))).toBe(true);
    },
  );

  test.each(foundOf(target))('once found: %s', async (name) => {
    await taken(target, readFound(target, name));
  });

  test('the kept inputs are taken or refused', { timeout: 60_000 }, async () => {
    for (const input of corpusOf(target)) await taken(target, input).catch(wrong(shown(input)));
  });

  test('inputs with changes are taken or refused', { timeout: 60_000 }, async () => {
    let good = 0;
    for (let seed = 0; seed < ROUNDS; seed++) {
      const input = mutant(target.good, target.words, seed);
      good += Number(await taken(target, input).catch(wrong(`seed ${seed}: ${shown(input)}`)));
    }
    // Were none of them readable, only the first line of a reader would be tested.
    expect(good).toBeGreaterThan(0);
  });
});

const wrong = (which: string) => (cause: unknown) => {
  throw new Error(which, { cause });
};
