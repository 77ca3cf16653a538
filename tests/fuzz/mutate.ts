/** Inputs that nobody would write, made from ones that somebody would: the same for the same seed. */

/** Whole numbers from 0 to 2^32 - 1 (mulberry32). */
export type Random = () => number;

export function random(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
}

/** Numbers at which programs stumble. */
const NUMBERS = [
  ...[
    '0',
    '-0',
    '-1',
    '1',
    '2',
    '65',
    '128',
    '255',
    '1024',
    '65536',
    '2147483648',
    '4294967295',
    '4294967296',
  ],
  ...[
    '9007199254740993',
    '1e308',
    '1e309',
    '-1e309',
    '1e-320',
    '0.1',
    'NaN',
    'Infinity',
    '0x10',
    '1_000',
    '٣',
  ],
];
/** What every format has, and what none does. */
const PIECES = [
  ...[
    '\n',
    '\r\n',
    '\r',
    '\0',
    '\t',
    ' ',
    ',',
    ';',
    '"',
    "'",
    '{',
    '}',
    '[',
    ']',
    ':',
    '=',
    '&',
    '#',
    '%',
    '%zz',
  ],
  ...[
    'null',
    'true',
    '[]',
    '{}',
    '""',
    '\u{feff}',
    '\u{202e}',
    'é',
    '🌙',
    '__proto__',
    'constructor',
    'toString',
  ],
];

const encoder = new TextEncoder();
const bytesOf = (text: string) => encoder.encode(text);
const pick = <T>(all: readonly T[], next: Random): T => all[next() % all.length] as T;

function joined(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** One change of the bytes at a place that chance chooses. */
function changed(bytes: Uint8Array, others: readonly Uint8Array[], words: readonly string[], next: Random) {
  const at = next() % (bytes.length + 1);
  const to = Math.min(bytes.length, at + (next() % 16));
  const [before, within, after] = [bytes.subarray(0, at), bytes.subarray(at, to), bytes.subarray(to)];
  switch (next() % 9) {
    case 0:
      return joined(
        before,
        within.map((byte) => byte ^ (1 << (next() % 8))),
        after,
      );
    case 1:
      return joined(
        before,
        Uint8Array.from(within, () => next() % 256),
        after,
      );
    case 2:
      return joined(before, after);
    case 3:
      return joined(before, within, within, within, after);
    case 4:
      return joined(before, bytesOf(pick(PIECES, next)), bytes.subarray(at));
    case 5:
      return joined(before, bytesOf(pick(words.length > 0 ? words : PIECES, next)), after);
    case 6: {
      const other = pick(others, next);
      return joined(before, other.subarray(next() % (other.length + 1)));
    }
    case 7:
      return joined(before);
    default: {
      // A number becomes another one.
      const text = new TextDecoder('latin1').decode(bytes);
      const found = [...text.matchAll(/-?\d[\d.e+]*/g)];
      const one = found[next() % Math.max(1, found.length)];
      if (!one) return joined(bytes, bytesOf(pick(NUMBERS, next)));
      const end = one.index + one[0].length;
      return joined(bytes.subarray(0, one.index), bytesOf(pick(NUMBERS, next)), bytes.subarray(end));
    }
  }
}

/** A good input with a few changes. `words`: what the format gives a meaning; `others`: what parts of others are taken from. */
export function mutant(
  good: readonly Uint8Array[],
  words: readonly string[],
  seed: number,
  others: readonly Uint8Array[] = good,
): Uint8Array<ArrayBuffer> {
  const next = random(seed);
  let bytes = joined(pick(good, next));
  for (let left = 1 + (next() % 6); left > 0; left--) bytes = changed(bytes, others, words, next);
  return bytes;
}
