import { afterEach, expect, test, vi } from 'vitest';
import { watchPixelRatio } from './pixel-ratio';

afterEach(() => vi.unstubAllGlobals());

test('each change of the density is told, until nobody listens', () => {
  const queries: { media: string; target: EventTarget }[] = [];
  vi.stubGlobal('devicePixelRatio', 1);
  vi.stubGlobal('matchMedia', (media: string) => {
    const target = new EventTarget();
    queries.push({ media, target });
    return target;
  });
  const to = (ratio: number) => {
    vi.stubGlobal('devicePixelRatio', ratio);
    for (const { target } of [...queries]) target.dispatchEvent(new Event('change'));
  };
  const changed = vi.fn();
  const stop = watchPixelRatio(changed);
  to(2);
  to(1.5);
  expect(changed).toHaveBeenCalledTimes(2);
  expect(queries.map(({ media }) => media)).toEqual([
    '(resolution: 1dppx)',
    '(resolution: 2dppx)',
    '(resolution: 1.5dppx)',
  ]);
  stop();
  to(1);
  expect(changed).toHaveBeenCalledTimes(2);
});
