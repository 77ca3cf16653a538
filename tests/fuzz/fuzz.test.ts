/**
 * Whatever a person brings is read or refused with a sentence; nothing else is thrown, nothing is half read. A fixed number of inputs each
 * time; `npm run fuzz` goes on from there, see scripts/fuzz.mjs.
 */

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { mutant } from './mutate';
import { isRefusal, targets, type Target } from './targets';

/** Inputs that once went wrong, each in the folder of its reader: they are read first, for ever. */
const FOUND = join(import.meta.dirname, 'found');
const folderOf = ({ name }: Target) => join(FOUND, name.replaceAll(' ', '-'));
const kept = (target: Target): string[] => {
  try {
    return readdirSync(folderOf(target));
  } catch {
    return [];
  }
};

const only = process.env['FUZZ_READER'];
const seconds = Number(process.env['FUZZ_SECONDS'] ?? '0');
const ROUNDS = 1500;

/** True where the reader took the input. */
async function taken(target: Target, input: Uint8Array<ArrayBuffer>): Promise<boolean> {
  try {
    await target.read(input);
    return true;
  } catch (error) {
    if (isRefusal(error)) return false;
    throw error;
  }
}

describe.each(targets.filter(({ name }) => only === undefined || name === only))('$name', (target) => {
  test.each(target.good.map((input, i) => [i, input] as const))(
    'good input %d is taken',
    async (_, input) => {
      expect(await taken(target, Uint8Array.from(input))).toBe(true);
    },
  );

  test.each(kept(target))('once found: %s', async (name) => {
    await taken(target, Uint8Array.from(readFileSync(join(folderOf(target), name))));
  });

  const timeout = 60_000 + 1000 * seconds;
  test('inputs with changes are taken or refused', { timeout }, async () => {
    const end = Date.now() + 1000 * seconds;
    // Without a wish for more the same inputs each time.
    const first = seconds > 0 ? Date.now() : 0;
    let count = 0;
    let good = 0;
    for (; seconds > 0 ? Date.now() < end : count < ROUNDS; count++) {
      const input = mutant(target.good, target.words, first + count);
      try {
        good += Number(await taken(target, input));
      } catch (error) {
        if (seconds > 0) {
          mkdirSync(folderOf(target), { recursive: true });
          writeFileSync(join(folderOf(target), `seed-${first + count}`), input);
        }
        throw new Error(
          `seed ${first + count}: ${JSON.stringify(new TextDecoder().decode(input)).slice(0, 400)}`,
          {
            cause: error,
          },
        );
      }
    }
    if (seconds > 0) console.log(`${target.name}: ${count} inputs, ${good} of them taken`);
    // Were none of them readable, only the first line of a reader would be tested.
    expect(good).toBeGreaterThan(0);
  });
});
