import { expect, test } from 'vitest';
import { coreManifest } from './manifest';
import { needsAll, OTHER_FAMILIES } from './families';

test('the other families are those of the catalogue that are no compositions', () => {
  const rows = coreManifest.families.filter(({ structure }) => structure === null);
  expect(OTHER_FAMILIES).toEqual(rows.map(({ family }) => family));
});

test('what is no Experiment needs no other build', () => {
  for (const nothing of [null, undefined, 7, {}, { model: null }, { model: { family: 3 } }])
    expect(needsAll(nothing)).toBe(false);
  expect(needsAll({ model: { family: 'maf' } })).toBe(false);
  expect(needsAll({ model: { family: 'vae' } })).toBe(true);
});
