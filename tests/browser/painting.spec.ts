/** The stage painted by the GPU itself, which only some browsers do with an adapter made of software: so it is asked for, and given Vulkan. */

import { expect, test, type Locator, type Page } from './page-test';
import { readFileSync } from 'node:fs';
import { WITH_WEBGPU } from './chromium';
import { button, notTheFirstTime, output, rest, until } from './actions';

test.use({
  launchOptions: {
    ...(process.env['CHROMIUM'] ? { executablePath: process.env['CHROMIUM'] } : {}),
    args: [...WITH_WEBGPU, '--enable-features=Vulkan', '--use-vulkan=swiftshader', '--use-angle=vulkan'],
  },
});

const MODEL = '#model.family=realnvp&model.layers=1&model.hidden=[8]&optimiser.batch=64';

const stage = (page: Page): Locator => page.getByRole('img', { name: /^Learned density/ }).first();
const paint = (page: Page): Locator => page.locator('canvas.paint').first();

/** Opens the page at rest, its run where it is to train. */
async function open(page: Page, where: 'cpu' | 'gpu', hash = MODEL): Promise<void> {
  await notTheFirstTime(page);
  await page.addInitScript((wanted) => {
    // An empty page has no storage.
    if (location.protocol !== 'about:') localStorage.setItem('density-playground.compute', wanted);
  }, where);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('about:blank');
  await page.goto(`/${where === 'gpu' ? '?force=canvas' : ''}${hash}`);
  await expect(output(page, 'Held-out NLL in nats')).not.toHaveText('–');
  if (where === 'gpu') await expect(paint(page)).not.toHaveClass(/hidden/);
}

/** Mean difference of two pictures of one size, 0 to 255 a channel; of one alone, from the pixel in its middle. */
async function difference(page: Page, a: Buffer, b: Buffer | null = null): Promise<number> {
  const texts = [a, b ?? a].map((png) => png.toString('base64'));
  return page.evaluate(
    async ([texts, alone]) => {
      const pixels = await Promise.all(
        texts.map(async (text) => {
          const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
          const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
          const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
          context?.drawImage(bitmap, 0, 0);
          return context?.getImageData(0, 0, bitmap.width, bitmap.height).data ?? new Uint8ClampedArray();
        }),
      );
      const [first = new Uint8ClampedArray(), second = new Uint8ClampedArray()] = pixels;
      if (first.length !== second.length) return NaN;
      const middle = 4 * Math.floor(first.length / 8 + Math.sqrt(first.length) / 4);
      const other = (i: number) => (alone ? (first[middle + (i % 4)] ?? 0) : (second[i] ?? 0));
      let sum = 0;
      for (let i = 0; i < first.length; i++) sum += Math.abs((first[i] ?? 0) - other(i));
      return sum / first.length;
    },
    [texts, b === null] as const,
  );
}

/** The stage at rest: two looks that are the same. */
async function still(page: Page): Promise<Buffer> {
  let last = await stage(page).screenshot();
  await expect
    .poll(
      async () => {
        const next = await stage(page).screenshot();
        const changed = await difference(page, last, next);
        last = next;
        return changed;
      },
      { intervals: [400] },
    )
    .toBeLessThan(0.01);
  return last;
}

/** Has the runs trained elsewhere. */
async function take(page: Page, where: RegExp): Promise<void> {
  await page
    .getByTitle(/Press to choose/)
    .first()
    .click();
  await page.getByRole('radio', { name: where }).check();
  await page.keyboard.press('Escape');
}

test('is what the page would have painted from the processor’s numbers', async ({ page }) => {
  await open(page, 'cpu');
  const own = await still(page);
  await open(page, 'gpu');
  const painted = await still(page);
  expect(await difference(page, painted)).toBeGreaterThan(5);
  expect(await difference(page, own, painted)).toBeLessThan(2);
});

test('follows the training, the colours, what is shown, and up to 100,000 samples', async ({ page }) => {
  // 100,000 samples, several times over, in software.
  test.setTimeout(300_000);
  // Every pixel is the processor's.
  await page.setViewportSize({ width: 1000, height: 640 });
  await open(page, 'gpu');
  const before = await still(page);
  await button(page, 'Play').click();
  await until(page, 'Steps taken').toBeGreaterThan(60);
  await rest(page);
  const after = await still(page);
  expect(await difference(page, before, after)).toBeGreaterThan(2);

  const counts = page.getByRole('combobox', { name: 'How many samples' });
  await counts.selectOption('100,000');
  let many = after;
  await expect.poll(async () => difference(page, after, (many = await still(page)))).toBeGreaterThan(5);
  // As many as each can paint.
  await take(page, /^Processor/);
  await expect(counts).toHaveValue('10000');
  await take(page, /^GPU/);
  await expect(counts).toHaveValue('100000');
  await expect.poll(async () => difference(page, many, await still(page))).toBeLessThan(2);
  await counts.selectOption('500');
  await page.getByRole('checkbox', { name: 'samples' }).uncheck();
  await button(page, 'Dark colours').click();
  await expect.poll(async () => difference(page, after, await still(page))).toBeGreaterThan(60);
  await page.getByRole('checkbox', { name: 'model density' }).uncheck();
  await page.getByRole('checkbox', { name: 'model', exact: true }).uncheck();
  await page.getByRole('checkbox', { name: 'target', exact: true }).uncheck();
  // Paper alone, but for the frame at its edge.
  await expect.poll(async () => difference(page, await still(page))).toBeLessThan(1);
});

test('is in the picture that is taken away', async ({ page }) => {
  const taken = async () => {
    await still(page);
    await button(page, 'Files').click();
    const download = page.waitForEvent('download');
    await button(page, 'Picture (PNG)').click();
    return readFileSync(await (await download).path());
  };
  await open(page, 'gpu');
  const painted = await taken();
  await open(page, 'cpu');
  expect(await difference(page, painted, await taken())).toBeLessThan(3);
});

test('goes along when a run leaves the GPU, and for each of several runs', async ({ page }) => {
  await open(page, 'gpu', `${MODEL}&2.model.ordering=[1,0]`);
  const shown = page.locator('canvas.paint:not(.hidden)');
  await expect(shown).toHaveCount(2);
  const painted = await still(page);
  await take(page, /^Processor/);
  await expect(shown).toHaveCount(0);
  expect(await difference(page, painted, await still(page))).toBeLessThan(2);
  await take(page, /^GPU/);
  await expect(shown).toHaveCount(2);
});
