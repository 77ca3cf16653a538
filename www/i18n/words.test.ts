import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'svelte/compiler';
import { describe, expect, it } from 'vitest';
import { sentences } from '../engine/sentences';
import { coreManifest as contents } from '../engine/manifest';
import { measures } from '../lessons/measures';
import { de } from './de';
import { en } from './en';

const WWW = join(import.meta.dirname, '..');
const SRC = join(WWW, '../src');

type Leaf = string | ((...values: never[]) => unknown);

/** All texts of a language with their paths; those that take values are called with marks in their places. */
function textsOf(words: unknown, path = ''): [string, string][] {
  if (typeof words === 'string') return [[path, words]];
  if (typeof words === 'function') {
    const marks = Array.from({ length: words.length }, (_, i) => `⟨${i}⟩`);
    return [[path, String((words as (...values: string[]) => unknown)(...marks))]];
  }
  return Object.entries(words as Record<string, Leaf>).flatMap(([key, inner]) =>
    textsOf(inner, path === '' ? key : `${path}.${key}`),
  );
}

/** What the language leaves to the core in English. */
const OWN = /^(catalogue|sentences)\./;
const english = textsOf(en).filter(([path]) => !OWN.test(path));

describe.each([['de', de]] as const)('%s', (_, language) => {
  const own = new Map(textsOf(language).filter(([path]) => !OWN.test(path)));

  it('has every text of English, and no other', () => {
    expect([...own.keys()].sort()).toEqual(english.map(([path]) => path).sort());
    for (const [path, text] of own) expect(text.trim() !== '' || path.endsWith('.='), path).toBe(true);
  });

  it('leaves no place for an element or a value out', () => {
    // Values of a plural may be words; what stands for itself must be there.
    const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
    for (const [path, text] of english) expect(places(own.get(path) ?? ''), path).toEqual(places(text));
    const values = (text: string) => [...new Set(text.match(/⟨\d⟩/g) ?? [])].sort();
    for (const [path, text] of english) expect(values(own.get(path) ?? ''), path).toEqual(values(text));
  });

  it('names every family and target', () => {
    const { families, targets } = language.catalogue;
    expect(Object.keys(families).sort()).toEqual(contents.families.map((row) => row.family).sort());
    expect(Object.keys(targets).sort()).toEqual(contents.targets.map((row) => row.spec.kind).sort());
  });

  it('has a sentence for each that the core and the workers have', () => {
    const missing = [...Object.values(sentences), ...coreSentences()].filter(
      (sentence) => !Object.hasOwn(language.sentences, sentence),
    );
    expect(missing).toEqual([]);
    for (const [sentence, translation] of Object.entries(language.sentences))
      expect(translation.match(/\{\d*\}/g)?.length ?? 0, sentence).toBe(sentence.match(/\{\}/g)?.length ?? 0);
  });
});

it('has a name for each measure of the lessons', () => {
  expect(Object.keys(en.lessons.measures).sort()).toEqual(Object.keys(measures).sort());
});

/** Files of the core whose texts people see, and what in them is for programmers or for shaders. */
const CORE = [
  ...['bijections/batch_norm', 'bijections/conditioned_spec', 'error', 'targets/drawn', 'models/model_spec'],
  ...['session/mod', 'session/checks', 'session/queries', 'diagnostics/chain_rule', 'baselines/gaussian'],
  ...['experiment', 'targets/tables', 'targets/table', 'targets/rows', 'targets/shares', 'targets/transform'],
  ...['training/objective', 'training/optimiser', 'training/trainer'],
  ...[
    'bindings/mod',
    'bindings/reader',
    'gpu/runs',
    'gpu/sources',
    'gpu/device',
    'gpu/buffers',
    'gpu/layout',
    'gpu/queries',
  ],
].map((name) => `${name}.rs`);
const NOT_SAID = [
  /\| null$/,
  /^\/\*\*|^\\n|const |^Drawing\(/,
  /^(Validation Error|Caused by:|basic render|hidden layers|In )$/,
  // Names of the field, in all languages.
  /^(ln|logit) \{\}$/,
  // What no table of the page can be.
  /^(whole rows|a part for each row)$/,
  // Labels for who debugs a GPU, and what no run can meet.
  /^(scratch of queries|settings of a query|a trainer refuses [^"]*)$/,
];

/** The texts of the core that are sentences or parts of them, `{}` for values. */
function coreSentences(): string[] {
  const found = CORE.flatMap((file) => {
    const source = readFileSync(join(SRC, file), 'utf8')
      .replace(/#\[cfg\(test\)\][^]*/, '')
      .replace(/^\s*\/\/.*$/gm, '');
    return [...source.matchAll(/"((?:[^"\\]|\\.)*)"/gs)].map(([, text = '']) =>
      text.replace(/\\\n\s*/g, '').replace(/\{[^}]*\}/g, '{}'),
    );
  });
  const said = found.filter((text) => /[a-z]+ |\} [a-z]/.test(text));
  return [...new Set(said)].filter((text) => !NOT_SAID.some((pattern) => pattern.test(text)));
}

describe('no text of the page stands outside of this folder', () => {
  const files = readdirSync(WWW, { recursive: true, encoding: 'utf8' }).filter(
    (name) => !/^(i18n|engine\/pkg)\//.test(name) && !name.includes('.test.'),
  );

  /** Names, letters of the field, and what a formula has. */
  const SAME =
    /\b(Density Playground|KL|NLL|ELBO|GPU|CPU|WebGPU|T|H|log|ln|exp|cos|sin|div|spline|nats|nbsp|p|q|x|u|F|ReLU|SiLU|tanh|MB|kB|MiB)\b/g;
  const isText = (text: string) => /[A-Za-z]{2}/.test(text.replace(SAME, ''));

  it.each(files.filter((name) => name.endsWith('.svelte')))('%s', (name) => {
    const found: string[] = [];
    const visit = (node: unknown, attribute = false): void => {
      if (Array.isArray(node)) return node.forEach((one) => visit(one, attribute));
      if (typeof node !== 'object' || node === null) return;
      const { type, name: own, data, value } = node as Record<string, unknown>;
      if (type === 'StyleDirective') return;
      if (type === 'Attribute') {
        if (['aria-label', 'aria-valuetext', 'title', 'alt', 'placeholder', 'label'].includes(String(own)))
          visit(value, true);
        return;
      }
      if (type === 'Text' && typeof data === 'string' && isText(data)) found.push(data.trim());
      if (attribute && type === 'Literal' && typeof value === 'string' && isText(value)) found.push(value);
      for (const [key, inner] of Object.entries(node)) if (key !== 'metadata') visit(inner, attribute);
    };
    visit(parse(readFileSync(join(WWW, name), 'utf8'), { modern: true }).fragment);
    expect(found).toEqual([]);
  });

  it.each(files.filter((name) => /\.(ts|svelte)$/.test(name)))('%s: code', (name) => {
    const source = readFileSync(join(WWW, name), 'utf8')
      .replace(/<style>[^]*<\/style>/, '')
      .replace(/<!--[^]*?-->|\/\*[^]*?\*\/|^\s*\/\/.*$|\s\/\/ .*$/gm, '')
      .replace(/(?:throw|reject\()\s*new (?:Type)?Error\([^]*?\)/g, '');
    const texts = [...source.matchAll(/'([^'\n]*)'|`([^`]*)`/g)].map(([, a, b]) => a ?? b ?? '');
    // A sentence has a capital and a blank, or ends like one.
    const said = texts
      .map((text) => text.replace(/\$\{[^}]*\}/g, '{}'))
      .filter((text) => /^[A-Z][a-z’]+ [a-z]|[a-z]{3,} [a-z]{2,} [a-z]{2,}/.test(text));
    const known = new Set<string>([...Object.values(sentences)]);
    expect(said.filter((text) => !known.has(text))).toEqual([]);
  });
});
