import { expect, it } from 'vitest';
import { PageLoad } from './page-load';
import { PicturePlan } from './picture-plan';

/** Takes quick pictures while training, of a model that needs so many milliseconds a cell. */
function side(plan: PicturePlan, cost: number): number {
  plan.trained();
  const { quick } = plan.next(true, 0);
  if (quick === null) throw new Error('a picture while training is a quick one');
  plan.took(cost * quick ** 2);
  return quick;
}

it('pictures of a slow model are coarse while it trains, and fine again when it is fast', () => {
  const plan = new PicturePlan();
  const slow = 30 / 112 ** 2;
  const fast = 10 / 112 ** 2;
  expect([slow, slow, slow, fast, fast].map((cost) => side(plan, cost))).toEqual([112, 80, 80, 80, 112]);
});

it('pictures of a very slow model are coarser still', () => {
  const plan = new PicturePlan();
  const slow = 60 / 112 ** 2;
  expect([slow, slow, slow].map((cost) => side(plan, cost))).toEqual([112, 56, 56]);
  const slowest = 1000 / 112 ** 2;
  expect([slowest, slowest].map((cost) => side(plan, cost))).toEqual([56, 28]);
});

it('where a density takes long the first picture is a coarse one, and no sharp one keeps anybody waiting', () => {
  const plan = new PicturePlan(new PageLoad(), true);
  expect(side(plan, 500 / 40 ** 2)).toBe(40);
  // 1,500 ms are three times as many cells.
  expect(plan.resting(224)).toBe(69);
  expect(new PicturePlan().resting(224)).toBe(224);
});

it('pictures for a page that draws slowly are coarse and far apart, whatever the model costs', () => {
  const load = new PageLoad();
  load.drew(40);
  load.drew(40);
  const plan = new PicturePlan(load);
  expect([0, 0].map((cost) => side(plan, cost))).toEqual([80, 80]);
  plan.trained();
  expect(plan.frameAt(true)).toBe(80);
  // At rest there is time for all of it.
  plan.rested();
  expect(plan.next(false, 0).quick).toBeNull();
});

it('pictures take a fifth of the time at most', () => {
  const plan = new PicturePlan();
  plan.next(true, 1000);
  plan.took(30);
  plan.trained();
  expect(plan.frameAt(true)).toBe(1150);
  // A GPU trains while it is waited for.
  plan.took(30, true);
  expect(plan.frameAt(true)).toBe(1090);
  plan.took(1);
  expect(plan.frameAt(true)).toBe(1060);
});

it('at rest a quick picture comes first, then a sharp one', () => {
  const plan = new PicturePlan();
  expect(plan.next(false, 0).quick).toBe(112);
  expect(plan.next(false, 0).quick).toBeNull();
  expect(plan.frameAt(false)).toBe(-Infinity);
  expect(plan.coverageDue(false, 0)).toBe(true);
  expect(plan.frameAt(false)).toBe(Infinity);
});
