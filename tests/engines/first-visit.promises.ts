/**
 * The first visit of somebody whose browser asks for German and dark colours, to a server without the headers that let workers share
 * memory: a picture, training that begins by itself, nobody else asked, and all of it again without a network.
 */

import { describe, expect, test } from 'vitest';
import { de } from '../../www/i18n/de';
import { allIsWell, button, openAtRest, output, until, visit } from './session';

const here = visit({
  first: true,
  language: 'de-DE',
  scheme: 'dark',
  motion: 'no-preference',
  isolated: false,
});

const stage = () => here.driver.role('img', /Gelernte Dichte/);

test('the first picture is of a model that learns by itself', async () => {
  const { driver } = here;
  await driver.open();
  await driver.role('dialog', /^Rundgang/).waitFor();
  await until(driver, de.stage.numbers.klInNats, 'de').toBeLessThan(1);
  const { width, height } = await stage().box();
  expect(width).toBe(height);
  expect(await stage().property('ariaLabel')).toMatch(/KL/);
  expect(await driver.ask(painted)).toBeGreaterThan(20);
  expect(await driver.ask(() => crossOriginIsolated)).toBe(false);
});

/** How many colours there are in the canvases of the stage. */
function painted(): number {
  const colours = new Set<number>();
  for (const canvas of document.querySelectorAll<HTMLCanvasElement>('[data-picture=stage] canvas')) {
    const copy = document.createElement('canvas');
    [copy.width, copy.height] = [64, 64];
    const context = copy.getContext('2d');
    context?.drawImage(canvas, 0, 0, 64, 64);
    for (const pixel of new Uint32Array(context?.getImageData(0, 0, 64, 64).data.buffer ?? []))
      colours.add(pixel);
  }
  return colours.size;
}

test('it speaks German, and is dark, as the browser asks', async () => {
  const { driver } = here;
  expect(await driver.ask(() => document.documentElement.lang)).toBe('de');
  await expect.poll(() => button(driver, de.page.transport.pause).count()).toBe(1);
  await expect.poll(() => output(driver, de.stage.numbers.klInNats).said()).toMatch(/^−?\d+,\d+$/);
  const [theme, ground] = await driver.ask(() => [
    document.documentElement.dataset['theme'],
    getComputedStyle(document.body).backgroundColor,
  ]);
  expect(theme).toBe('dark');
  const [red = 255] = (ground ?? '').match(/\d+(\.\d+)?/g)?.map(Number) ?? [];
  expect(red).toBeLessThan(60);
});

test('the tour is walked to its end, and does not come again', async () => {
  const { driver } = here;
  const card = driver.role('dialog', /^Rundgang/);
  for (let at = 1; at < 5; at++) {
    await card.text(de.page.tour.place(at, 5)).waitFor();
    // All of it can be read.
    expect(await card.property('scrollWidth')).toBe(await card.property('clientWidth'));
    await card.role('button', de.page.tour.next).click();
  }
  await card.role('button', de.page.tour.close).click();
  await expect.poll(() => card.count()).toBe(0);
  await driver.reload();
  await until(driver, de.page.progress.steps, 'de').toBeGreaterThan(3);
  expect(await card.count()).toBe(0);
});

test('without a network it opens again, trains, and shows a view and a lesson', async () => {
  const { driver } = here;
  await driver.ask(async () => {
    await navigator.serviceWorker.ready;
  });
  allIsWell(driver);
  await driver.offline();
  await driver.open('?lang=en#target.kind=crescent&model.family=made&views=conditionals');
  await until(driver, 'Steps taken').toBeGreaterThan(20);
  await expect.poll(() => output(driver, 'Humps of the target').said()).toMatch(/hump/);
  await driver.open('?lesson=ordering&lang=en');
  await driver.role('heading', 'The same model twice').waitFor();
  await until(driver, 'Steps taken').toBeGreaterThanOrEqual(0);
});

test('a request to anybody else would have been seen', async () => {
  const { driver } = here;
  await driver.ask(() => void location.assign('http://elsewhere.test/'));
  await expect.poll(() => driver.elsewhere().join()).toContain('elsewhere.test');
});

describe('a browser whose language is none (“C”, as a system without languages has it)', () => {
  const here = visit({ language: 'C' });

  test('gets the page in English', async () => {
    const { driver } = here;
    await openAtRest(driver, '#model.family=made');
    expect(await driver.ask(() => document.documentElement.lang)).toBe('en');
    await button(driver, 'One step').click();
    await expect.poll(() => output(driver, 'Steps taken').said()).toBe('1');
    allIsWell(driver);
  });
});
