/** Each view against the core's own numbers. */

import { expect, type Page, test } from './page-test';
import { speak } from '../../www/i18n';
import { fixed, percent, scientific } from '../../www/i18n/format';
import { manifest, floats, Probe, run, stage } from './core';
import { button, choose, openAtRest, output, read, rest, until } from './actions';

// Numbers are held against the page's as the page writes them.
test.beforeAll(() => speak('en'));

const view = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const crescent = { kind: 'crescent' };

test('conditionals: two humps and the one Gaussian that can’t, as the core counts them', async ({ page }) => {
  const optimiser = { schedule: { kind: 'cosine', steps: 400 } };
  await openAtRest(
    page,
    '#target.kind=crescent&model.family=made&optimiser.schedule.steps=400&views=conditionals',
  );
  await button(page, 'Play').click();
  await until(page, 'Steps taken').toBe(400);
  await page.getByRole('slider', { name: 'Given x₁' }).fill('6');
  const given = Number(await page.getByRole('slider', { name: 'Given x₁' }).inputValue());
  const own = run({ target: crescent, model: { family: 'made' }, optimiser });
  own.train(400);
  const told = (humps: number | undefined) => (humps === 1 ? 'one hump' : `${humps} humps`);
  const { mode_counts: humps } = own.slice(1, given, stage(crescent), 160);
  expect(humps).toEqual([2, 1]);
  await expect(output(page, 'Humps of the target')).toHaveText(told(humps[0]));
  await expect(output(page, 'Humps of the model')).toHaveText(told(humps[1]));

  // The other way round both are one Gaussian.
  await button(page, 'Flip the ordering, now p(x1) p(x2 given x1)').click();
  await expect(page.getByRole('slider', { name: 'Given x₂' })).toBeVisible();
  await expect(output(page, 'Humps of the target')).toHaveText('one hump');

  // A mixture can.
  await button(page, 'Flip the ordering, now p(x2) p(x1 given x2)').click();
  await page.getByRole('combobox', { name: 'Conditionals' }).selectOption('mixture');
  await button(page, 'Play').or(button(page, 'Pause')).first().waitFor();
  if (await button(page, 'Play').isVisible()) await button(page, 'Play').click();
  await expect(output(page, 'Humps of the model')).toHaveText('2 humps');
});

test('the slice follows the mouse over the stage', async ({ page }) => {
  await openAtRest(page, '#target.kind=crescent&model.family=made&views=conditionals');
  const box = await page.getByRole('img', { name: /Learned density/ }).boundingBox();
  if (!box) throw new Error('there is no stage');
  const { x_min, x_max } = stage(crescent);
  const slider = page.getByRole('slider', { name: 'Given x₁' });
  for (const share of [0.25, 0.75]) {
    await page.mouse.move(box.x + share * box.width, box.y + 0.5 * box.height);
    await expect
      .poll(async () => Number(await slider.inputValue()))
      .toBeCloseTo(x_min + share * (x_max - x_min), 0);
  }
});

test('the chart of a conditional is read with the keyboard', async ({ page }) => {
  await openAtRest(page, '#target.kind=crescent&model.family=made&views=conditionals');
  const chart = page.getByRole('img', { name: /Density of x₂ given x₁/ });
  await chart.focus();
  await page.keyboard.press('ArrowRight');
  const reading = view(page, 'Conditionals').getByText(/^x₂ .*model .*target/);
  // Seen, and told to who listens.
  await expect(reading.and(page.getByRole('status'))).toBeVisible();
  await expect(reading.and(page.locator('[aria-live=polite]'))).toHaveCount(1);
});

test('the training curve is one drawing: an evaluation moves its line, and nothing is built anew', async ({
  page,
}) => {
  await openAtRest(page, '#target.kind=crescent&model.family=made');
  const chart = page.locator('[data-picture=curve] svg');
  await button(page, 'One step').click();
  await until(page, 'Steps taken').toBe(1);
  const line = await chart.locator('path.line.model').elementHandle();
  const before = await line?.getAttribute('d');
  await button(page, 'Play').click();
  await until(page, 'Steps taken').toBeGreaterThan(300);
  await rest(page);
  await expect(chart.locator('path.line.model')).not.toHaveAttribute('d', before ?? '');
  expect(await line?.evaluate((path) => path.isConnected)).toBe(true);
  // Other colours are the same drawing too.
  await button(page, 'Dark colours').click();
  expect(await line?.evaluate((path) => path.isConnected)).toBe(true);
  // Keys read it.
  await page.getByRole('img', { name: /^held-out NLL, entropy H/ }).focus();
  await page.keyboard.press('ArrowRight');
  const reading = page.locator('[data-picture=curve]').getByText(/^step [\d,]+: held-out NLL \d/);
  await expect(reading.and(page.getByRole('status'))).toBeVisible();
});

for (const family of ['made', 'realnvp', 'nade'] as const) {
  test(`masks: an output lights up what the mask matrix lets it read, ${family}`, async ({ page }) => {
    await openAtRest(page, `#model.family=${family}&views=masks`);
    const own = run({ model: { family } });
    await page.getByRole('slider', { name: 'Variables' }).fill('5');
    const expectAll = async (ordering: number[]) => {
      const { reads } = own.masks(
        Uint32Array.from(ordering),
        Uint32Array.from(family === 'nade' ? [3] : [9, 9]),
        0,
        null,
      );
      for (let variable = 0; variable < 5; variable++) {
        const inputs = reads[variable]?.flatMap((there, input) => (there ? [`x${input + 1}`] : [])) ?? [];
        const told = `x${variable + 1} may read ${inputs.join(', ') || 'nothing'}`;
        const unit = page.getByRole('img', { name: `Output: ${told}`, exact: true });
        await unit.hover();
        await expect(output(page, 'What is read')).toHaveText(told);
        for (let input = 0; input < 5; input++) {
          const state = inputs.includes(`x${input + 1}`) ? 'lit' : 'dark';
          await expect(
            page.getByRole('img', { name: new RegExp(`^Input x${input + 1}, degree \\d, ${state}$`) }),
          ).toBeVisible();
        }
      }
    };
    // A flow's lowest layer may have the other ordering; the drawing is of the layer that is told.
    const place = page.getByRole('button', { name: /^x5, place/ });
    await expect(place).toHaveAccessibleName(/place 5 of 5/);
    await expectAll([0, 1, 2, 3, 4]);
    await place.focus();
    for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowLeft');
    await expect(place).toHaveAccessibleName(/place 1 of 5/);
    await expectAll([4, 0, 1, 2, 3]);
  });
}

test('masks drawn at random never let an output read what comes later', async ({ page }) => {
  await openAtRest(page, '#model.family=made&views=masks');
  await page.getByRole('slider', { name: 'Variables' }).fill('6');
  for (let draw = 0; draw < 4; draw++) {
    await button(page, 'New masks').click();
    for (let variable = 0; variable < 6; variable++) {
      const name = await page
        .getByRole('img', { name: new RegExp(`^Output: x${variable + 1} `) })
        .getAttribute('aria-label');
      const inputs = [...(name ?? '').matchAll(/x(\d)/g)].slice(1).map((match) => Number(match[1]));
      for (const input of inputs) expect(input).toBeLessThanOrEqual(variable);
    }
  }
});

test('cost: the counted passes are the core’s, for every family and dimension', async ({ page }) => {
  await openAtRest(page, '#views=cost');
  await expect(output(page, 'Passes for a density')).toHaveText('5');
  await expect(output(page, 'Passes for a sample')).toHaveText('10');
  await button(page, 'Measure all families, 2 to 64 variables').click();
  // Stopped before its first answer it would have nothing to measure again.
  await expect(page.getByRole('rowheader').first()).toBeVisible();
  await button(page, 'Cancel').click();
  await button(page, 'Measure again').click();
  await expect(button(page, 'Measure again')).toBeVisible();
  for (const [place, dim] of [2, 4, 8, 16, 32, 64].entries()) {
    await page.getByRole('slider', { name: 'Variables' }).fill(String(place));
    for (const { family, title } of manifest.families.filter(({ structure }) => structure !== null)) {
      const probe = new Probe(family, dim, 2, null);
      const row = page
        .getByRole('row')
        .filter({ has: page.getByRole('rowheader', { name: title, exact: true }) });
      await expect(row.getByRole('cell').nth(0)).toHaveText(String(probe.take(false, 1)));
      await expect(row.getByRole('cell').nth(1)).toHaveText(String(probe.take(true, 1)));
    }
  }
});

test('layers: each step of the way says what the core’s layer is', async ({ page }) => {
  await openAtRest(page, '#model.family=realnvp&model.layers=3&views=layers');
  const own = run({ model: { family: 'realnvp', layers: 3 } });
  const { layers } = own.layers(1, 2, 2, 1);
  expect(layers.map((layer) => layer.kind)).toEqual(['coupling', 'coupling', 'coupling', 'standardise']);
  const slider = page.getByRole('slider', { name: 'Along the layers' });
  await slider.fill('0');
  await expect(page.getByRole('img', { name: 'A grid and samples of the base, base' })).toBeVisible();
  for (const [index, layer] of layers.slice(0, 3).entries()) {
    await slider.fill(String((index + 0.5) / 4));
    const passes = layer.read[0] === 0 ? 'x₁' : 'x₂';
    await expect(view(page, 'Layers').getByText(`coupling: ${passes} passes through`)).toBeVisible();
  }
  await button(page, 'Next layer').click();
  await expect(slider).toHaveValue('0.75');
});

test('base space: distance and circles are the core’s, and a region is marked', async ({ page }) => {
  await openAtRest(page, '#views=base');
  const { normality } = run({}).dataInBase(1500);
  await expect(output(page, 'Distance from the base')).toHaveText(normality.distance.toFixed(3));
  const [ring] = normality.rings;
  await expect(page.getByRole('row', { name: `radius ${ring?.radius.toFixed(2)}` })).toContainText(
    percent(ring?.found ?? 0),
  );
  await page.getByLabel('Region').selectOption({ label: 'mark its left half' });
  const inside = await view(page, 'Base space')
    .getByText(/of 1500 points/)
    .textContent();
  expect(Number(inside?.split(' ')[0])).toBeGreaterThan(400);

  const box = await page.getByRole('img', { name: 'Points of the target' }).boundingBox();
  if (!box) throw new Error('the data is not drawn');
  await page.mouse.move(box.x + 2, box.y + 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 2, box.y + box.height - 2, { steps: 4 });
  await page.mouse.up();
  await expect(page.getByLabel('Region')).toHaveValue('-1');
  await expect(view(page, 'Base space').getByText('1500 of 1500 points')).toBeVisible();
});

test('modes: what is covered is what the core counts, and presets set the run', async ({ page }) => {
  await openAtRest(page, '#target.kind=eight-gaussians&views=modes');
  const coverage = run({ target: { kind: 'eight-gaussians' } }).coverage();
  await expect(output(page, 'Modes covered by this view')).toHaveText(`${coverage.covered} of 8`);
  const masses = view(page, 'Modes').getByRole('row');
  await expect(masses).toHaveCount(9);
  for (const [mode, mass] of coverage.model.entries())
    await expect(
      masses
        .nth(mode + 1)
        .getByRole('cell')
        .nth(1),
    ).toHaveText(percent(mass));
  await button(page, 'Collapse it').click();
  await expect(page.getByRole('radio', { name: 'Reverse KL' })).toBeChecked();
  await button(page, 'Rescue it').click();
  await expect(page).toHaveURL(/objective\.annealing\.from=0\.01/);
  await button(page, 'Beside the forward KL').click();
  await expect(page.getByRole('row', { name: /^B/ })).toBeVisible();
  await expect(page).toHaveURL(/2\.objective\.kind=forward-kl/);
});

test('temperature: quality and diversity are the core’s, and the curve sets the temperature', async ({
  page,
}) => {
  await openAtRest(page, '#views=temperature');
  const own = run({});
  const shown = async (temperature: number) => {
    const [one] = own.temperatures(Float64Array.from([temperature]));
    await expect(output(page, 'Quality at this temperature')).toHaveText(percent(one?.precision ?? NaN));
    await expect(output(page, 'Diversity at this temperature')).toHaveText((one?.spread ?? NaN).toFixed(2));
  };
  await shown(1);
  await button(page, 'T = 0.5').click();
  await expect(page.getByRole('slider', { name: 'Temperature' })).toHaveValue('0.5');
  await shown(0.5);
  await page.getByRole('img', { name: /Quality against diversity/ }).focus();
  await page.keyboard.press('PageUp');
  await expect(page.getByRole('slider', { name: 'Temperature' })).not.toHaveValue('0.5');
  await expect(page).toHaveURL(/temperature=/);
});

test('breaking points: stretch, thread mass and log p are the core’s', async ({ page }) => {
  await openAtRest(page, '#target.kind=two-gaussians&views=breaking');
  const target = { kind: 'two-gaussians' };
  const own = run({ target });
  await expect(output(page, 'Thread mass in this view')).toHaveText(percent(own.offSupport(4000).share));
  await page.getByRole('combobox', { name: 'Map', exact: true }).selectOption('largest');
  const most = Math.max(...floats(own.singularValues(stage(target), 64).largest));
  await expect(output(page, 'Worst value on the map')).toHaveText(scientific(most, 1));
  await page.getByLabel('Another target').selectOption({ label: 'Two Gaussians' });
  const likelier = output(page, 'Likelier than the data’s median');
  await expect.poll(async () => Number.parseFloat((await likelier.textContent()) ?? '')).toBeGreaterThan(40);
});

test('memory: the bytes are the core’s, and a single layer has no depth', async ({ page }) => {
  await openAtRest(page, '#model.hidden=[8,8]&views=memory');
  const bytes = run({ model: { hidden: [8, 8] } }).memory(32, 512);
  await expect(output(page, 'Bytes stored')).toHaveText((bytes.stored / 2 ** 20).toFixed(2));
  await expect(output(page, 'Bytes recomputed')).toHaveText((bytes.recomputed / 2 ** 20).toFixed(2));
  expect(bytes.stored / bytes.recomputed).toBeGreaterThan(10);
  await choose(page, 'MADE');
  await expect(view(page, 'Memory').getByText('This family has one layer')).toBeVisible();
});

test('one ruler: the distances are the core’s, and each run side by side has a column', async ({ page }) => {
  const maf = { family: 'maf', layers: 1, hidden: [8] };
  await openAtRest(
    page,
    '#target.kind=two-gaussians&model.family=maf&model.layers=1&model.hidden=[8]&2.model.family=realnvp&views=ruler',
  );
  const {
    energy_distance: energy,
    modes,
    precision,
  } = run({
    target: { kind: 'two-gaussians' },
    model: maf,
  }).ruler();
  if (!energy || !modes) throw new Error('a sample of an untrained flow is finite');
  const row = (name: string) =>
    view(page, 'One ruler')
      .getByRole('row')
      .filter({ has: page.getByText(name, { exact: true }) });
  const cells = (name: string) => row(name).getByRole('cell');
  const shown = async () => Number.parseFloat((await cells('energy distance').nth(0).textContent()) ?? '');
  await expect.poll(shown).toBeCloseTo(energy.value, 2);
  await expect(cells('precision').nth(0)).toHaveText(percent(precision ?? NaN));
  await expect(cells('modes covered').nth(0)).toHaveText(`${modes.covered} of ${modes.of}`);
  // The other run, which no view looks at, and what a perfect model would have.
  await expect(view(page, 'One ruler').getByRole('columnheader')).toHaveText([
    'measure',
    'A MAF',
    'B RealNVP',
    'perfect',
  ]);
  await expect(cells('energy distance').nth(1)).toHaveText(/\d+\.\d+\s±\s\d+\.\d+/);
  await expect(cells('energy distance').nth(2)).toHaveText(/< 0\.\d+/);
  await expect(cells('network passes, sample')).toHaveText(['2', /\d/, '']);
});

test('sampling: variable after variable for MADE, one pass a layer for a coupling', async ({ page }) => {
  await openAtRest(page, '#model.family=made&model.ordering=[1,0]&views=ancestral');
  const trajectory = run({ model: { family: 'made', ordering: [1, 0] } }).layers(1, 2, 2, 60);
  const last = floats(trajectory.points.at(-1));
  await button(page, 'Next').click();
  await expect(output(page, 'First variable drawn')).toHaveText(fixed(last[17] ?? NaN, 2));
  await expect(output(page, 'Second variable drawn')).toBeHidden();
  await button(page, 'Next').click();
  await expect(output(page, 'Second variable drawn')).toHaveText(fixed(last[16] ?? NaN, 2));
  await choose(page, 'RealNVP');
  await button(page, 'Start over').click();
  await button(page, 'Next').click();
  await expect(output(page, 'Layers passed')).toHaveText('1');
});

test('views stay alive while the model trains', async ({ page }) => {
  await openAtRest(page, '#views=base');
  const before = await read(page, 'Distance from the base');
  await button(page, 'Play').click();
  await until(page, 'Distance from the base').toBeLessThan(before / 2);
});

test('views that can’t be loaded say so, and the training goes on', async ({ page }) => {
  await page.route('**/*views*.wasm', (route) => route.abort());
  await openAtRest(page, '#views=base');
  await expect(page.getByRole('alert')).toContainText('The views could not be loaded');
  await page.unroute('**/*views*.wasm');
  await button(page, 'Start the views again').click();
  await expect(output(page, 'Distance from the base')).not.toHaveText('');
  await button(page, 'Play').click();
  await until(page, 'Steps taken').toBeGreaterThan(10);
});
