import { expect, test } from 'vitest';
import { en } from '../i18n/en';
import { VIEWS } from './registry';

test('every view has words, and all words of views have one', () => {
  expect(VIEWS.map(({ name }) => name).sort()).toEqual(Object.keys(en.views).sort());
});

test('each has a place of its own, and a formula that was set', () => {
  expect(new Set(VIEWS.map(({ place }) => place)).size).toBe(VIEWS.length);
  for (const { name, formula } of VIEWS) expect(formula, name).toMatch(/^<math .*<\/math>$/s);
});

test('the order is the one that people know', () => {
  expect(VIEWS.map(({ name }) => name).join(' ')).toBe(
    'conditionals ancestral masks layers base modes temperature cost breaking memory ensemble',
  );
});
