import { expect, test } from 'vitest';
import { BrokenLink } from './link';
import { OpenViews } from './open-views.svelte';

const openViews = () => new OpenViews(() => undefined);

test('a view takes the place of those that are not pinned', () => {
  const one = openViews();
  one.toggle('layers');
  one.toggle('modes');
  expect(one.open).toEqual(['modes']);
  one.pin('modes');
  one.toggle('base');
  expect(one.open).toEqual(['modes', 'base']);
  one.toggle('cost');
  expect(one.open).toEqual(['modes', 'cost']);
});

test('what is written can be read', () => {
  const one = openViews();
  one.toggle('layers');
  one.pin('layers');
  one.toggle('modes');
  one.enlarge('modes');
  expect(one.written).toBe('layers*,modes!');
  const other = openViews();
  other.read(one.written);
  expect(other.written).toBe(one.written);
  expect(other.large).toBe('modes');
});

test('what is no view is refused, and a closed view is not large', () => {
  expect(() => openViews().read('layers,kitchen')).toThrow(BrokenLink);
  expect(() => openViews().read('LAYERS')).toThrow('“LAYERS” in it is not a view');
  const one = openViews();
  one.read('layers!');
  one.close('layers');
  expect(one.large).toBeNull();
});
