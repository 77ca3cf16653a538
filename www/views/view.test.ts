import { expect, test } from 'vitest';
import { VIEWS } from './registry';
import { whyNot } from './view';

const open = (dim: number, density: boolean) =>
  VIEWS.filter((view) => whyNot(view, { dim, density }) === null).map(({ name }) => name);

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
  expect(whyNot({ plane: true }, { dim: 3, density: true })).toMatch(/two variables/);
  expect(whyNot({ plane: true, density: true }, { dim: 3, density: false })).toMatch(/density/);
});
