/** Telephone, tablet and desk, in light and in dark: nothing is wider than the screen, and what is needed most is in reach. */

import { afterAll, describe, expect, test } from 'vitest';
import { en } from '../../www/i18n/en';
import { allIsWell, button, openAtRest, output, radio, until, visit } from './session';

const SIZES = [
  [390, 844],
  [768, 1024],
  [1440, 900],
] as const;

for (const scheme of ['light', 'dark'] as const) {
  describe(`in ${scheme} colours`, () => {
    const here = visit({ scheme });
    afterAll(() => allIsWell(here.driver));

    for (const [width, height] of SIZES) {
      test(`${width} by ${height}`, async () => {
        const { driver } = here;
        await driver.size(width, height);
        await openAtRest(driver, '#target.kind=crescent&model.family=made&model.hidden=[16]');
        expect(await driver.ask(() => document.documentElement.dataset['theme'])).toBe(scheme);
        const over = () => driver.ask(() => Math.max(innerWidth, document.documentElement.scrollWidth));
        expect(await over()).toBe(width);
        const stage = driver.role('img', /Learned density/);
        const box = await stage.box();
        expect(box.width).toBeGreaterThan(250);
        expect(box.left).toBeGreaterThanOrEqual(0);
        expect(box.left + box.width).toBeLessThanOrEqual(width);

        // Each is pressed, which nobody could do who had to scroll sideways.
        await button(driver, 'One step').click();
        await expect.poll(() => output(driver, 'Steps taken').said()).toBe('1');
        const narrow = width < 900;
        for (const tab of narrow ? (['target', 'model', 'views', 'curve'] as const) : []) {
          await button(driver, en.page.tabs[tab]).click();
          await driver.role('region', en.page.tabs[tab]).waitFor();
          expect(await over()).toBe(width);
          if (tab === 'target') await radio(driver, 'Pinwheel').click();
          if (tab === 'model') await radio(driver, 'RealNVP').click();
        }
        if (!narrow) {
          await radio(driver, 'Pinwheel').click();
          await radio(driver, 'RealNVP').click();
        }
        await expect.poll(() => driver.link()).toContain('target.kind=pinwheel');
        await button(driver, 'Play').click();
        await until(driver, 'Steps taken').toBeGreaterThan(5);
        await button(driver, 'Pause').click();
        await button(driver, en.page.files.files).click();
        await button(driver, 'Samples (CSV)').waitFor();
        // A sheet is as high as what is in it.
        const sheet = driver.role('group', en.page.files.files);
        const [own, last] = [await sheet.box(), await sheet.role('button').nth(-1).box()];
        if (own.height < height - 80) expect(own.top + own.height - last.top - last.height).toBeLessThan(24);
        expect(await over()).toBe(width);
        await driver.press('Escape');
        await driver.screenshot(`${width}-${scheme}`);

        await driver.open('?lesson=ordering');
        await driver.role('heading', 'The same model twice').waitFor();
        expect(await over()).toBe(width);
        // Two pictures beside each other, or below: no empty room above them.
        const figures = driver.role('img', /Learned density/);
        await expect.poll(() => figures.count()).toBe(2);
        const head = await button(driver, /^Run A/).box();
        if (narrow) expect((await figures.nth(0).box()).top - head.top - head.height).toBeLessThan(60);
        await driver.screenshot(`lesson-${width}-${scheme}`);
      });
    }
  });
}
