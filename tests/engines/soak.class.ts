/**
 * Works the page as a class does: at random, the same for the same seed. Watches what the browser holds, long tasks, and errors; `npm run soak` for
 * longer and in another engine.
 */

import { mkdirSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { en } from '../../www/i18n/en';
import { random } from '../fuzz/mutate';
import type { Held } from './adapter';
import type { Driver, Locator } from './driver';
import { allIsWell, button, engine, openAtRest, output, radio, until, visit } from './session';

const MINUTES = Number(process.env['SOAK_MINUTES'] ?? 1);
const SEED = Number(process.env['SOAK_SEED'] ?? 1);
/** Between two looks at what the browser holds, in milliseconds. */
const LOOK = MINUTES > 5 ? 30_000 : 10_000;

const here = visit();

const draw = random(SEED);
const below = (bound: number) => draw() % bound;
const share = () => below(1000) / 1000;

/** Presses it if it is there and can be pressed; whether it was. */
async function press(one: Locator): Promise<boolean> {
  if ((await one.count()) !== 1 || (await one.property('disabled')) === true) return false;
  await one.click();
  return true;
}
async function anyOf(all: Locator): Promise<boolean> {
  const count = await all.count();
  return count > 0 && press(all.nth(below(count)));
}

const POINTS = Array.from({ length: 40 }, (_, i) => `${Math.sin(i)},${Math.cos(3 * i)}`).join('\n');

/** What a class does, and how often of a hundred times. */
const ACTS: Record<string, [often: number, act: (driver: Driver) => Promise<unknown>]> = {
  target: [12, (driver) => anyOf(driver.role('radiogroup', 'Target').role('radio'))],
  family: [12, (driver) => anyOf(driver.role('radiogroup', 'Family').role('radio'))],
  play: [10, (driver) => driver.press(' ')],
  step: [4, (driver) => driver.press('s')],
  reset: [3, (driver) => driver.press('r')],
  flip: [6, (driver) => driver.press('o')],
  undo: [8, (driver) => driver.press('Control+z')],
  redo: [4, (driver) => driver.press('Control+y')],
  temperature: [5, (driver) => driver.role('slider', 'Temperature').fill(String(1.5 * share()))],
  view: [12, (driver) => anyOf(driver.role('group', en.view.views).role('button'))],
  compare: [4, (driver) => press(button(driver, 'Copy'))],
  alone: [5, (driver) => anyOf(driver.role('button', /^Remove run/))],
  draw: [
    5,
    async (driver) => {
      await press(radio(driver, 'Draw your own'));
      const plane = driver.role('application');
      if ((await plane.count()) !== 1) return false;
      await plane.drag(Array.from({ length: 4 }, () => [0.1 + 0.8 * share(), 0.1 + 0.8 * share()] as const));
      await driver.press('Escape');
      return true;
    },
  ],
  bring: [
    3,
    async (driver) => {
      await driver.label(en.page.files.input).upload(driver.file('points.csv', POINTS));
      await driver.role('region', 'What you brought').waitFor();
      return press(button(driver, below(2) === 0 ? 'Make it the target' : 'Leave it'));
    },
  ],
  take: [
    3,
    async (driver) => {
      // The first samples come after the first numbers, of many variables a while after.
      await until(driver, en.panels.spread).not.toBe(0);
      await button(driver, en.page.files.files).click();
      const { bytes } = await driver.saved(() => button(driver, 'Samples (CSV)').click());
      expect(bytes.toString().split('\n').length).toBeGreaterThan(100);
      await driver.press('Escape');
    },
  ],
  link: [
    2,
    async (driver) => {
      // It follows what was done a moment later.
      let link = '';
      const settled = async () => link === (link = await driver.link());
      await expect.poll(settled, { interval: 400 }).toBe(true);
      await openAtRest(driver, link);
      await expect.poll(() => driver.link()).toBe(link);
    },
  ],
  lesson: [
    2,
    async (driver) => {
      await driver.open('?lesson=ordering');
      await driver.role('heading', 'The same model twice').waitFor();
      await press(button(driver, 'Show it trained'));
      await press(button(driver, 'Next →'));
      await openAtRest(driver);
    },
  ],
};
const NAMES = Object.entries(ACTS).flatMap(([name, [often]]) => Array.from({ length: often }, () => name));

/** Tasks of the main thread above 50 ms, in milliseconds, since the last look; null where the engine doesn't tell. */
function longTasks(): number[] | null {
  if (!PerformanceObserver.supportedEntryTypes.includes('longtask')) return null;
  const page = window as { watched?: number[] };
  if (!page.watched) {
    const watched: number[] = (page.watched = []);
    new PerformanceObserver((list) => watched.push(...list.getEntries().map((one) => one.duration))).observe({
      type: 'longtask',
      buffered: true,
    });
  }
  return page.watched.splice(0);
}

test(
  `a class works with it: ${MINUTES} min from seed ${SEED}`,
  async () => {
    const { driver } = here;
    await openAtRest(driver);
    const done: Record<string, number> = {};
    const held: (Held & { seconds: number })[] = [];
    const tasks: number[] = [];
    const said = new Set<string>();
    const begin = Date.now();
    const end = begin + 60_000 * MINUTES;
    let acts = 0;
    let last = '';
    const report = () => {
      const name = `test-results/engines/soak-${engine}.json`;
      mkdirSync('test-results/engines', { recursive: true });
      const [median, longest] = [
        tasks.sort((a, b) => a - b)[tasks.length >> 1] ?? null,
        tasks.at(-1) ?? null,
      ];
      const seen = {
        engine,
        version: driver.adapter.version,
        seed: SEED,
        seconds: Math.round((Date.now() - begin) / 1000),
        acts,
        last,
        done,
        longTasks: { count: tasks.length, median, longest },
        errors: driver.errors(),
        said: [...said],
        held,
      };
      writeFileSync(name, `${JSON.stringify(seen, null, 2)}\n`);
      return seen;
    };
    try {
      for (let next = begin; Date.now() < end; acts++) {
        last = NAMES[below(NAMES.length)] ?? 'play';
        if ((await ACTS[last]?.[1](driver)) !== false) done[last] = (done[last] ?? 0) + 1;
        if (Date.now() < next) continue;
        next = Date.now() + LOOK;
        held.push({ seconds: Math.round((Date.now() - begin) / 1000), ...(await driver.adapter.held()) });
        tasks.push(...((await driver.ask(longTasks)) ?? []));
        for (const text of await driver.role('alert').texts()) said.add(text);
        allIsWell(driver);
        expect([...said].filter((text) => text.includes('stopped'))).toEqual([]);
      }
    } finally {
      console.log(JSON.stringify(report()));
    }
    // It answers still.
    await openAtRest(driver, '#model.family=made');
    await button(driver, 'One step').click();
    await expect.poll(() => output(driver, 'Steps taken').said()).toBe('1');
    expect(acts).toBeGreaterThan(5 * MINUTES);
    // After the tenth minute a heap that grows is one that grows for ever.
    const heaps = (from: number, to: number) =>
      held.filter(({ seconds }) => seconds >= from && seconds < to).flatMap(({ heap }) => heap ?? []);
    const mean = (all: number[]) => all.reduce((sum, one) => sum + one, 0) / all.length;
    const [early, late] = [heaps(600, 900), heaps(60 * MINUTES - 300, Infinity)];
    if (MINUTES >= 20 && early.length > 0) expect(mean(late)).toBeLessThan(1.1 * mean(early));
  },
  60_000 * MINUTES + 240_000,
);
