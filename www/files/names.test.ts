import { describe, expect, it } from 'vitest';
import { fromJson } from './json';
import { fileName, plainName } from './names';
import { readText } from './text';

describe('a name from outside', () => {
  it.each([
    ['as it is', 'Höhe (cm), 身長 — ارتفاع', 'Höhe (cm), 身長 — ارتفاع'],
    ['with a mark that turns what follows', 'photo\u202egpj.exe', 'photo gpj.exe'],
    ['with marks of an island', '\u2067a\u2069b', 'a b'],
    ['with controls', 'a\0b\u0007\u001b[31mc\nd', 'a b [31mc d'],
    ['with half a character', 'a\ud800b', 'a b'],
    ['with a whole one', 'a🌙b', 'a🌙b'],
    ['with what nobody sees', 'a\u200bb\ufeff', 'a b'],
    ['with lines of their own kind', 'a\u2028b\u2029c', 'a b c'],
  ])('%s', (_, name, plain) => {
    expect(plainName(name)).toBe(plain);
  });

  it('of nothing that can be seen is none', () => {
    expect(plainName('\u202e\0 \u200b')).toBeNull();
    expect(plainName('')).toBeNull();
  });

  it('is no longer than a line, and no character is cut in two', () => {
    const name = plainName('🌙'.repeat(10_000)) ?? '';
    expect([...name]).toHaveLength(100);
    expect(name.endsWith('🌙…')).toBe(true);
    expect(name.isWellFormed()).toBe(true);
  });
});

it.each<[string, () => { names: (string | null)[] }]>([
  ['a text', () => readText(`x\u202ey,${'b'.repeat(10_000)},\0\n1,2,3\n4,5,6\n`)],
  [
    'objects',
    () => fromJson(JSON.stringify([{ ['x\u202ey']: 1, ['b'.repeat(10_000)]: 2, '\0': 3 }])) ?? { names: [] },
  ],
  [
    'columns',
    () =>
      fromJson(JSON.stringify({ ['x\u202ey']: [1], ['b'.repeat(10_000)]: [2], '\0': [3] })) ?? { names: [] },
  ],
])('columns of %s have plain names', (_, read) => {
  expect(read().names).toEqual(['x y', `${'b'.repeat(99)}…`, null]);
});

it('fields with the names of what all objects have are columns like others', () => {
  const table = fromJson('{"__proto__": [1, 2], "constructor": [3, 4], "toString": [5, 6]}');
  expect(table?.names).toEqual(['__proto__', 'constructor', 'toString']);
  const rows = fromJson(
    '[{"__proto__": 1, "constructor": 3}, {"__proto__": 2}, {"__proto__": 2, "constructor": 4}]',
  );
  expect(rows?.names).toEqual(['__proto__', 'constructor']);
  expect([...(rows?.column(1) ?? [])]).toEqual([3, NaN, 4]);
  expect(Object.hasOwn(Object.prototype, '0')).toBe(false);
});

describe('a file is written under a name that every system takes', () => {
  it.each([
    ['maf-two-moons-step-7-samples.csv', 'maf-two-moons-step-7-samples.csv'],
    ['../../etc/passwd', 'etc-passwd'],
    ['C:\\windows\\x', 'C-windows-x'],
    ['CON', 'file-CON'],
    ['nul.csv', 'file-nul.csv'],
    ['com1.tar.gz', 'file-com1.tar.gz'],
    ['console.csv', 'console.csv'],
    ['ends with a dot. ', 'ends-with-a-dot'],
    ['a\u202eb\0c\nd:e*f?.csv', 'a-b-c-d-e-f-.csv'],
    ['', 'file-'],
    ['....', 'file-'],
  ])('%s', (name, safe) => {
    expect(fileName(name)).toBe(safe);
  });

  it('however long it is, its ending stays', () => {
    const name = fileName(`${'x'.repeat(10_000)}.csv`);
    expect(name).toHaveLength(100);
    expect(name.endsWith('x.csv')).toBe(true);
  });
});
