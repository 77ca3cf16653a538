import { expect, it } from 'vitest';
import { PageLoad } from './page-load';

/** What a page gets that draws frames in so many milliseconds, one after the other. */
function after(...milliseconds: number[]) {
  const load = new PageLoad();
  for (const one of milliseconds) load.drew(one);
  return { samples: load.samples(2000), side: load.side(112), interval: load.interval };
}
const times = (count: number, milliseconds: number) => Array.from({ length: count }, () => milliseconds);

it('a page that draws quickly gets all that was asked for', () => {
  expect(after()).toEqual({ samples: 2000, side: 112, interval: 0 });
  expect(after(...times(50, 4))).toEqual({ samples: 2000, side: 112, interval: 8 });
});

it('one slow frame changes nothing; two in a row, and it gets less, down to the least that shows a density', () => {
  expect(after(200, 4, 200, 4)).toMatchObject({ samples: 2000, side: 112 });
  expect(after(40, 40)).toEqual({ samples: 1000, side: 80, interval: 80 });
  expect(after(40, 40, 30, 30)).toMatchObject({ samples: 500, side: 56 });
  expect(after(...times(100, 60))).toMatchObject({ samples: 250, side: 56, interval: 120 });
});

it('a slow device draws each frame of what it gets in time, and stays there', () => {
  // Six times slower than one that needs 4 ms and 2 µs a sample: 4000 would take 72 ms.
  const load = new PageLoad();
  const took: number[] = [];
  for (let i = 0; i < 60; i++) {
    const milliseconds = 6 * (4 * (load.side(112) / 112) ** 2 + 0.002 * load.samples(4000));
    took.push(milliseconds);
    load.drew(milliseconds);
  }
  expect(took[0]).toBeCloseTo(72, 5);
  expect(Math.max(...took.slice(4))).toBeLessThan(25);
});

it('it gets more again once it has been quick for a while', () => {
  expect(after(40, 40, ...times(19, 3))).toMatchObject({ samples: 1000, side: 80 });
  expect(after(40, 40, ...times(20, 3))).toMatchObject({ samples: 2000, side: 112 });
  // Quick enough, but with no room for more.
  expect(after(40, 40, ...times(200, 12))).toMatchObject({ samples: 1000, side: 80 });
});

it('asks for no more than was chosen, and no finer a picture than training leaves time for', () => {
  const load = new PageLoad();
  load.drew(40);
  load.drew(40);
  expect(load.samples(500)).toBe(500);
  expect(load.side(56)).toBe(56);
});
