/** Files that somebody made to take a reader's memory or stack: a sentence each, and no room made for what they promise. */

import { expect, it } from 'vitest';
import { readTextual } from './open';
import { readModel, writeModel } from './model';
import { FileProblem } from './problem';
import { say } from './say';
import { readText } from './text';

async function refusal(read: () => unknown): Promise<string> {
  const before = memory();
  try {
    await read();
  } catch (error) {
    expect(memory() - before).toBeLessThan(64 * 2 ** 20);
    if (error instanceof FileProblem) return say(error.said);
    throw error;
  }
  throw new Error('it was taken');
}

/** Bytes in arrays of numbers. */
const memory = () => process.memoryUsage().arrayBuffers;

const lists = '['.repeat(100_000) + ']'.repeat(100_000);
const fields = Array.from({ length: 1000 }, (_, i) => `"c${i}":1`).join();

it('a row of many fields among empty ones would be eight gigabytes', async () => {
  const text = `[{${fields}}${',{}'.repeat(999_999)}]`;
  expect(await refusal(() => readText(text))).toBe(
    'This table has 1000000 rows and 1000 columns: more numbers than can be read. Take a part of it.',
  );
});

it('more rows of another length than a table may have', async () => {
  expect(await refusal(() => readText(`[[1,2]${',0'.repeat(2_000_000)}]`))).toContain(
    'This table has 2000001 lines',
  );
});

it('lists in lists, in a table', async () => {
  expect(await refusal(() => readText(lists))).toContain('Two columns of numbers are needed');
});

it.each(['{"target":{"kind":"drawn","cells":LISTS}}', '{"model":{"x":LISTS}}', '{"LISTS":1,"x":LISTS}'])(
  'lists in lists, in an experiment: %s',
  async (text) => {
    const whole = text.replaceAll('LISTS', lists);
    expect(await refusal(() => readTextual('x', whole, 128))).toBe(
      'This looks like an experiment in JSON, but can’t be read: it is broken.',
    );
  },
);

it('lists in lists, in a saved model', async () => {
  const file = writeModel(JSON.parse(`{"model":[0]}`), { step: 0, values: new Float32Array(2) });
  const text = new TextDecoder('latin1').decode(file);
  const deep = `[${'['.repeat(60)}${']'.repeat(60)}]`;
  const header = text.slice(8, text.indexOf('\0', 8) === -1 ? undefined : text.indexOf('\0', 8)).trimEnd();
  const longer = header.replace('[0]', deep);
  const bytes = new Uint8Array(8 + longer.length + 8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(longer.length), true);
  bytes.set(new TextEncoder().encode(longer), 8);
  expect(await refusal(() => readModel(bytes))).toContain('the experiment in it is broken');
});

it('keys that other objects have change no other object', async () => {
  const text =
    '{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}, "model": {"__proto__": {"polluted": 1}}}';
  await readTextual('x', text, 128);
  readModel(writeModel(JSON.parse(text), { step: 0, values: new Float32Array(2) }));
  expect('polluted' in {}).toBe(false);
});
