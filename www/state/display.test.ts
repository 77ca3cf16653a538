import { expect, test } from 'vitest';
import { DISPLAY, readDisplay, writeDisplay, type Display } from './display';
import { BrokenLink, fromLink, toLink } from './link';
import { manifest } from './manifest';

const PACES = [null, 100, 20, 4];
const linkOf = (display: Display) =>
  toLink({
    experiments: [manifest.recommended_experiment],
    views: '',
    temperature: 1,
    display: writeDisplay(display),
  });

test('what is as at the beginning is not in the link, and a link without it brings the beginning', async () => {
  expect(await linkOf(DISPLAY)).toBe('');
  expect(readDisplay((await fromLink('#seed=3')).display ?? {}, PACES)).toEqual(DISPLAY);
});

test.each<[string, Display]>([
  ['shown=density,model,samples', { ...DISPLAY, shown: { ...DISPLAY.shown, target: false } }],
  [
    'shown=density,model,target,samples,logarithmic',
    { ...DISPLAY, shown: { ...DISPLAY.shown, logarithmic: true } },
  ],
  [
    'shown=none&pace=20&samples=10000',
    {
      shown: { density: false, model: false, target: false, samples: false, logarithmic: false },
      pace: 20,
      samples: 10_000,
    },
  ],
])('a link holds what is shown, the pace and the number of samples: %s', async (link, display) => {
  expect(await linkOf(display)).toBe(`defaults=2&${link}`);
  expect(readDisplay((await fromLink(`#${link}`)).display ?? {}, PACES)).toEqual(display);
});

test.each([
  ['shown=kitchen', 'kitchen'],
  ['shown=', 'not shown on a stage'],
  ['shown=__proto__', '__proto__'],
  ['pace=7', '7'],
  ['pace=null', 'null'],
  ['samples=0', '0'],
  ['samples=1e5', '1e5'],
  ['samples=100001', '100001'],
])('what it can’t be is refused: %s', async (link, why) => {
  const { display = {} } = await fromLink(`#${link}`);
  expect(() => readDisplay(display, PACES)).toThrow(BrokenLink);
  expect(() => readDisplay(display, PACES)).toThrow(why);
});
