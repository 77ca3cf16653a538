import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { en } from '../i18n/en';
import { VIEWS } from './registry';

test('every view has words, and all words of views have one', () => {
  expect(VIEWS.map(({ name }) => name).sort()).toEqual(Object.keys(en.views).sort());
  expect(Object.keys(en.viewNames)).toEqual(Object.keys(en.views));
});

test('each has a place of its own, and a formula that was set', async () => {
  expect(new Set(VIEWS.map(({ place }) => place)).size).toBe(VIEWS.length);
  for (const { name, formula } of VIEWS)
    expect((await formula()).default, name).toMatch(/^<math .*<\/math>$/s);
});

test('the order is the one that people know', () => {
  expect(VIEWS.map(({ name }) => name).join(' ')).toBe(
    'conditionals ancestral masks variable layers receipt base bubble modes temperature cost breaking memory ensemble efficiency chain orderings baselines ruler',
  );
});

test('each says what it asks the core', () => {
  const folders = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  expect(folders).toHaveLength(VIEWS.length);
  for (const { name: folder } of folders) {
    const source = (file: string) => readFileSync(join(import.meta.dirname, folder, file), 'utf8');
    const components = readdirSync(join(import.meta.dirname, folder)).filter((file) =>
      file.endsWith('.svelte'),
    );
    const asked = components.flatMap((file) =>
      [...source(file).matchAll(/\bask: '(\w+)'/g)].map(([, query]) => query),
    );
    const [, name] = /name: '(\w+)'/.exec(source('index.ts')) ?? [];
    const told = VIEWS.find((view) => view.name === name)?.asks ?? [];
    expect([...new Set(asked)].sort(), folder).toEqual([...told].sort());
  }
});
