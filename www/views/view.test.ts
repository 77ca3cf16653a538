import { expect, test } from 'vitest';
import { VIEWS } from './registry';
import { familyRow } from '../state/manifest';
import { whyNot } from './view';

const maf = familyRow('maf');
const open = (dim: number, density: boolean, family = maf) =>
  VIEWS.filter((view) => whyNot(view, { dim, density, family }) === null).map(({ name }) => name);

test('of a known density in the plane there is every view but that of tables', () => {
  expect(VIEWS.map(({ name }) => name).filter((name) => !open(2, true).includes(name))).toEqual([
    'baselines',
  ]);
  expect(open(2, false)).toContain('baselines');
});

test('of a table there is what asks for no density, of many variables what asks for no plane', () => {
  const any = ['masks', 'cost', 'memory'];
  expect(open(4, false)).toEqual(expect.arrayContaining(any));
  expect(open(4, false)).not.toContain('layers');
  expect(open(2, false)).toEqual(expect.arrayContaining([...any, 'layers', 'base']));
  expect(open(2, false)).not.toContain('efficiency');
});

test('what is missing is said', () => {
  expect(whyNot({ plane: true }, { dim: 3, density: true, family: maf })).toMatch(/two variables/);
  expect(whyNot({ plane: true, density: true }, { dim: 3, density: false, family: maf })).toMatch(/density/);
});

test('a family has the views of what it is', () => {
  const of = (family: string) => open(2, true, familyRow(family));
  expect(of('flow-matching')).toEqual(expect.arrayContaining(['layers', 'base', 'breaking', 'modes']));
  expect(of('flow-matching')).not.toContain('masks');
  expect(of('vae')).toEqual(expect.arrayContaining(['conditionals', 'temperature', 'modes']));
  expect(of('vae')).not.toContain('base');
  expect(of('gan')).toEqual(expect.arrayContaining(['modes', 'ruler']));
  expect(of('gan')).not.toContain('conditionals');
  expect(whyNot({ model: 'density' }, { dim: 2, density: true, family: familyRow('gan') })).toMatch(/GAN/);
});
