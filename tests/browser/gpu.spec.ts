/** Training on the GPU: with the browser's WebGPU made of software, which is right and slow. */

import { expect, test, type Page } from './page-test';
import { axe } from './axe';
import { WITH_WEBGPU } from './chromium';
import {
  button,
  choose,
  curve,
  kl,
  notTheFirstTime,
  openAtRest,
  output,
  rest,
  steps,
  until,
} from './actions';

test.use({
  launchOptions: {
    ...(process.env['CHROMIUM'] ? { executablePath: process.env['CHROMIUM'] } : {}),
    args: WITH_WEBGPU,
  },
});

/** Small enough for software, whose time goes into compiling the kernels of each layer. */
const SMALL = '#model.layers=2&model.hidden=[16]&optimiser.batch=64&optimiser.schedule.kind=constant';

const badge = (page: Page) => page.locator('button.badge');

async function want(page: Page, label: 'Automatic' | 'GPU' | 'Processor'): Promise<void> {
  await badge(page).click();
  await page
    .getByRole('group', { name: 'Where it trains' })
    .getByRole('radio', { name: new RegExp(`^${label} `) })
    .check();
  await page.keyboard.press('Escape');
}

test('a run trains on the GPU when asked to, with the numbers of the processor', async ({ page }) => {
  await openAtRest(page, SMALL);
  await expect(badge(page)).toContainText('CPU');
  // Slow enough for the curve's table to have every evaluation.
  await page.getByLabel('Speed').selectOption({ label: '100 steps/s' });
  await button(page, 'Play').click();
  await until(page, 'Steps taken').toBeGreaterThan(110);
  await rest(page);
  const onProcessor = await curve(page);

  await want(page, 'GPU');
  await expect(badge(page)).toContainText('GPU');
  await expect(badge(page)).toContainText('swiftshader');
  await button(page, 'Reset').click();
  await expect(badge(page)).toContainText('swiftshader');
  await button(page, 'Play').click();
  await until(page, 'Steps taken').toBeGreaterThan(110);
  await rest(page);
  const onGpu = await curve(page);
  for (const step of ['0', '50', '100']) {
    const [a, b] = [Number(onProcessor.get(step)), Number(onGpu.get(step))];
    expect(Math.abs(a - b), `NLL at step ${step}: ${a} and ${b}`).toBeLessThanOrEqual(0.01 * Math.abs(a));
  }
});

test('a run changes places and goes on from where it is, and the choice is remembered', async ({ page }) => {
  await openAtRest(page, SMALL);
  await want(page, 'GPU');
  await expect(badge(page)).toContainText('swiftshader');
  await button(page, 'Play').click();
  await until(page, 'Steps taken').toBeGreaterThan(60);
  const before = await kl(page);
  await want(page, 'Processor');
  await expect(badge(page)).toContainText('CPU');
  const at = await steps(page);
  expect(at).toBeGreaterThan(60);
  await until(page, 'Steps taken').toBeGreaterThan(at + 50);
  expect(await kl(page)).toBeLessThan(before + 0.1);
  await want(page, 'GPU');
  await page.reload();
  await expect(badge(page)).toContainText('swiftshader');
});

test('a new target comes under the running model on the GPU', async ({ page }) => {
  await openAtRest(page, `${SMALL}&optimiser.learning_rate=0.01`);
  await want(page, 'GPU');
  await expect(badge(page)).toContainText('swiftshader');
  await choose(page, 'Crescent');
  await expect(badge(page)).toContainText('swiftshader');
  await button(page, 'Play').click();
  await until(page, 'KL in nats').toBeLessThan(1);
  // Single steps go there too; the steps that were on their way arrive first.
  await button(page, 'Reset').click();
  await until(page, 'Steps taken').toBe(0);
  await expect(badge(page)).toContainText('swiftshader');
  await button(page, 'One step').click();
  await until(page, 'Steps taken').toBe(1);
  await button(page, 'One step').click();
  await until(page, 'Steps taken').toBe(2);
});

test('what the GPU cannot do stays on the processor, and the badge says why', async ({ page }) => {
  await openAtRest(page, SMALL);
  await want(page, 'GPU');
  await choose(page, 'NADE');
  await expect(badge(page)).toContainText('CPU');
  await badge(page).click();
  const sheet = page.getByRole('group', { name: 'Where it trains' });
  await expect(sheet).toContainText('The GPU is not used: NADE’s running sum'.replace('’', "'"));
  const { violations } = await axe(page).include('[popover]:popover-open').analyze();
  expect(violations).toEqual([]);
  await page.keyboard.press('Escape');
  await choose(page, 'NICE');
  await expect(badge(page)).toContainText('swiftshader');
});

test('an adapter of software is not taken by itself', async ({ page }) => {
  await openAtRest(page, SMALL);
  await button(page, 'Play').click();
  await until(page, 'Steps taken').toBeGreaterThan(100);
  await expect(badge(page)).toContainText('CPU');
});

/** Small flows under the reverse KL, begun narrow: as few steps as lose the modes. */
const collapse = (layers: number, steps: number) =>
  `#target.kind=eight-gaussians&model.family=realnvp&model.layers=${layers}&model.hidden=[16,16]&optimiser.batch=64` +
  `&optimiser.schedule.steps=${steps}&optimiser.learning_rate=0.005` +
  '&objective.kind=reverse-kl&objective.start=0.3&objective.path_gradient=false&objective.annealing=null&views=ensemble';

async function manySeeds(page: Page, steps: number): Promise<void> {
  await page.getByRole('combobox', { name: 'Seeds', exact: true }).selectOption('4');
  await button(page, 'Train them').click();
  await expect(output(page, 'Steps of the ensemble')).toHaveText(String(steps));
}

/** The table of lost modes: row by row the numbers of seeds. */
const losses = (page: Page) =>
  page
    .getByRole('table', { name: /Seeds that lost/ })
    .getByRole('row')
    .evaluateAll((rows) =>
      rows.slice(1).map((row) => [...row.querySelectorAll('td')].map((c) => c.innerText.trim())),
    );

test('many seeds make collapse a statistic, on the GPU as on the processor', async ({ page }) => {
  // A processor that plays the GPU needs its time.
  test.setTimeout(400_000);
  await openAtRest(page, collapse(2, 300));
  await manySeeds(page, 300);
  const view = page.getByRole('region', { name: 'Many seeds' });
  await expect(view).toContainText('8 runs on the processor');
  await expect(view.getByRole('region', { name: 'annealed', exact: true }).getByRole('listitem')).toHaveCount(
    4,
  );
  const onProcessor = await losses(page);
  const total = (column: number) => onProcessor.reduce((sum, row) => sum + Number(row[column]), 0);
  expect([total(0), total(1)]).toEqual([4, 4]);
  const lost = (column: number) => onProcessor.reduce((sum, row, k) => sum + k * Number(row[column]), 0);
  expect(lost(0), 'modes that a narrow start loses without annealing').toBeGreaterThan(lost(1));

  // The same seeds without annealing on the GPU. Rounding grows in 300 steps: the statistic stays, not every mode.
  await want(page, 'GPU');
  await page.getByRole('combobox', { name: 'Compare', exact: true }).selectOption('seed');
  await button(page, 'Train them again').click();
  await expect(view).toContainText('4 runs on the GPU');
  await expect(output(page, 'Steps of the ensemble')).toHaveText('300', { timeout: 240_000 });
  const onGpu = await losses(page);
  const lostThere = onGpu.reduce((sum, row, k) => sum + k * Number(row[0]), 0);
  expect(Math.abs(lostThere - lost(0)), `${lostThere} and ${lost(0)} modes lost`).toBeLessThanOrEqual(3);
  const { violations } = await axe(page).include('section.views').analyze();
  expect(violations).toEqual([]);

  // A picture is a seed that can be looked at.
  await view.getByRole('region', { name: 'as on the stage' }).getByRole('button').nth(2).click();
  await expect.poll(() => page.url()).toContain('seed=3');
});

test('depths that differ are trained side by side, and a lost GPU begins them anew on the processor', async ({
  page,
}) => {
  await notTheFirstTime(page);
  await page.addInitScript(() => localStorage.setItem('density-playground.compute', 'gpu'));
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(`/?force=lost${collapse(2, 100)}`);
  await page.getByRole('combobox', { name: 'Compare', exact: true }).selectOption('depth');
  await manySeeds(page, 100);
  const view = page.getByRole('region', { name: 'Many seeds' });
  await expect(view.getByRole('alert')).toContainText('begins anew on the processor');
  await expect(view).toContainText('8 runs on');
  await expect(view.getByRole('region', { name: '2 layers' })).toBeVisible();
});

for (const [force, says] of [
  ['no-adapter', 'no adapter'],
  ['limit', 'refused a device'],
  ['shader', 'a kernel was refused'],
  ['memory', 'memory was refused'],
  ['lost', 'the device was lost'],
] as const) {
  test(`trouble with the GPU costs nothing: ${force}`, async ({ page }) => {
    await notTheFirstTime(page);
    await page.addInitScript(() => localStorage.setItem('density-playground.compute', 'gpu'));
    await page.goto(`/?force=${force}${SMALL}`);
    const notice = page.getByRole('alert').filter({ hasText: 'The GPU is not used' });
    await expect(notice).toContainText(says);
    if (force === 'lost') await expect(notice).toContainText('Training goes on on the processor, from step');
    await expect(badge(page)).toContainText('CPU');
    const at = await steps(page);
    await until(page, 'Steps taken').toBeGreaterThan(at + 100);
    await expect(output(page, 'Steps taken')).toBeVisible();
  });
}

test('while its build is still being made the page says so, and trains', async ({ page }) => {
  // What `cargo xtask build --quick` leaves in its place.
  await page.route('**/assets/density_playground_gpu-*.js', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: 'export default null;' }),
  );
  await notTheFirstTime(page);
  await page.addInitScript(() => localStorage.setItem('density-playground.compute', 'gpu'));
  await page.goto(`/${SMALL}`);
  const notice = page.getByRole('alert').filter({ hasText: 'The GPU is not used' });
  await expect(notice).toContainText('its build of the core is still being made');
  await expect(badge(page)).toContainText('CPU');
  await until(page, 'Steps taken').toBeGreaterThan(100);
});
