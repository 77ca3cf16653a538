/**
 * The readers by coverage: an input that reaches what none before it reached is changed further. `npm run fuzz` runs it for FUZZ_SECONDS a
 * reader, writes the least set of inputs that reaches as much, and what goes wrong, see corpus.ts.
 */

import { describe, test } from 'vitest';
import { corpusOf, foundOf, keepCorpus, keepFound, readFound, shown, taken } from './corpus';
import { Coverage } from './coverage';
import { mutant, random } from './mutate';
import { targets, type Target } from './targets';

const only = process.env['FUZZ_READER'];
const seconds = Number(process.env['FUZZ_SECONDS'] ?? '20');
/** Bytes of an input at most: what is longer shows no more, slower. */
const LONGEST = 8192;
/** No input takes longer: milliseconds. */
const PATIENCE = 5000;

const coverage = new Coverage();

/** What an input reaches; what goes wrong is kept and thrown. */
async function reached(target: Target, input: Uint8Array<ArrayBuffer>) {
  coverage.take();
  const begin = performance.now();
  try {
    const took = await taken(target, input);
    if (performance.now() - begin > PATIENCE) throw new Error('that took too long');
    return { took, ...coverage.take() };
  } catch (cause) {
    keepFound(target, `found-${Date.now()}`, input);
    throw new Error(shown(input), { cause });
  }
}

/** Inputs that together reach all that is reached, the short ones first. */
async function least(target: Target, inputs: Uint8Array<ArrayBuffer>[]) {
  const seen = new Set<number>();
  const kept: Uint8Array<ArrayBuffer>[] = [];
  for (const input of inputs.sort((a, b) => a.length - b.length)) {
    const { places } = await reached(target, input);
    if ([...places].every((place) => seen.has(place))) continue;
    kept.push(input);
    for (const place of places) seen.add(place);
  }
  return { kept, places: seen.size };
}

describe.each(targets.filter(({ name }) => only === undefined || name === only))('$name', (target) => {
  test('by coverage', { timeout: 120_000 + 2000 * seconds }, async () => {
    const next = random(Date.now());
    const seen = new Set<number>();
    const all = target.good.map((one) => Uint8Array.from(one));
    const add = (input: Uint8Array<ArrayBuffer>, passes: Set<number>) => {
      const before = seen.size;
      for (const pass of passes) seen.add(pass);
      if (seen.size > before) all.push(input);
    };
    const begin = [
      ...target.good,
      ...corpusOf(target),
      ...foundOf(target).map((name) => readFound(target, name)),
    ];
    for (const input of begin.map((one) => Uint8Array.from(one)))
      add(input, (await reached(target, input)).passes);
    let [count, good] = [0, 0];
    for (const end = Date.now() + 1000 * seconds; Date.now() < end; count++) {
      // One in two from the inputs that came last, which nobody has changed yet.
      const from = next() % 2 === 0 ? all.slice(-20) : all;
      const input = mutant(from, target.words, next(), all).slice(0, LONGEST);
      const { took, passes } = await reached(target, input);
      good += Number(took);
      add(input, passes);
    }
    const { kept, places } = await least(target, all);
    // What only the core's own code reads reaches nothing here: fuzz/ has it.
    if (kept.length > 0) keepCorpus(target, kept);
    console.log(
      `${target.name}: ${count} inputs, ${good} of them taken; ${all.length} reached something new, ` +
        `${kept.length} are kept; ${places} of ${coverage.size} places of all readers`,
    );
  });
});
