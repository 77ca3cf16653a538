/** The instruments that a hand plays: what they show against the core's own numbers, by pointer and by keyboard. */

import { expect, test } from './page-test';
import { speak } from '../../www/i18n';
import { fixed, percent } from '../../www/i18n/format';
import { floats, run, stage } from './core';
import { moved, numbersOf, STRAIGHT } from '../../www/views/one-variable/curve';
import { button, openAtRest, output, until } from './actions';

// Numbers are held against the page's as the page writes them.
test.beforeAll(() => speak('en'));

test('receipt for a point: the terms that are shown add up to the density that the core says, both ways', async ({
  page,
}) => {
  await openAtRest(
    page,
    '#target.kind=two-moons&model.family=maf&model.layers=2&model.hidden=[8,8]&optimiser.batch=64&optimiser.schedule.steps=50&views=receipt',
  );
  await button(page, 'Play').click();
  await until(page, 'Steps taken').toBe(50);
  const target = { kind: 'two-moons' };
  const own = run({
    target,
    model: { family: 'maf', layers: 2, hidden: [8, 8] },
    optimiser: { batch: 64, schedule: { kind: 'cosine', steps: 50 } },
  });
  own.train(50);

  const view = page.getByRole('region', { name: 'Receipt for a point', exact: true });
  const [x1, x2] = [view.getByLabel('x₁', { exact: true }), view.getByLabel('x₂', { exact: true })];
  const total = output(page, 'log p(x) of the point');
  const shown = async () => {
    const cells = await view.getByRole('table').locator('tr').allInnerTexts();
    const parts = cells.map((row) => row.replaceAll('−', '-').split(/\s+/));
    const numbers = parts.map((words) => Math.round(1000 * Number(words.at(-1))));
    const signs = parts.slice(1, -1).map((words) => words.at(-2));
    return { numbers, signs };
  };
  for (const [a, b] of [
    [0.5, -0.25],
    [-1, 1.5],
  ] as const) {
    await x1.fill(String(a));
    await x1.press('Tab');
    await x2.fill(String(b));
    await x2.press('Tab');
    const receipt = own.receipt(Float64Array.of(a, b), false);
    await expect(total).toHaveText(fixed(receipt.log_prob, 3));
    // The density that paints the stage, in the middle of a cell there.
    const cell = { x_min: a - 0.01, x_max: a + 0.01, y_min: b - 0.01, y_max: b + 0.01 };
    const density = own.densityField(cell, 1, 1)[0] ?? NaN;
    expect(Math.abs(receipt.log_prob - Math.log(density))).toBeLessThan(1e-4);
    const { numbers, signs } = await shown();
    expect(numbers).toHaveLength(receipt.steps.length + 2);
    expect(signs.every((sign) => sign === '+')).toBe(true);
    // To the last digit shown.
    expect(numbers.slice(0, -1).reduce((sum, term) => sum + term, 0)).toBe(numbers.at(-1));
  }

  // The keyboard's cross: a hundredth of the stage at a time, and its density is read out.
  const cross = page.getByRole('application', { name: /^The cross of the receipt/ });
  await cross.focus();
  const before = Number(await x1.inputValue());
  await cross.press('ArrowRight');
  const { x_min, x_max } = stage(target);
  await expect.poll(async () => Number(await x1.inputValue())).toBeCloseTo(before + (x_max - x_min) / 100, 2);
  await expect(view.locator('[aria-live=polite]')).toHaveText(/^log p\(x\) is .* nats at x₁ .*, x₂ /);

  // The other way round the total holds, with the other signs.
  const there = await total.innerText();
  await view.getByLabel('Hold').selectOption({ label: 'u, x follows' });
  await expect.poll(async () => (await shown()).signs.every((sign) => sign === '-')).toBe(true);
  await expect(total).toHaveText(there);
  await view.getByLabel('u₁', { exact: true }).fill('0');
  await view.getByLabel('u₁', { exact: true }).press('Tab');
  await expect(total).not.toHaveText(there);
  // A click on the stage takes hold of x again.
  await cross.click({ position: { x: 40, y: 60 } });
  await expect(x1).toBeVisible();
});

test('a map of one variable: knots by keyboard, the race, and what happens without the log-determinant', async ({
  page,
}) => {
  await openAtRest(page, '#model.family=made&model.hidden=[4]&views=variable');
  const own = run({ model: { family: 'made', hidden: [4] } });
  const none = new Float64Array();
  const look = (spline: boolean, numbers: readonly number[]) =>
    own.oneVariable(spline, Float64Array.from(numbers), 'two-humps', none);
  const race = (spline: boolean, numbers: readonly number[], honest: boolean) =>
    own.race(spline, Float64Array.from(numbers), 'two-humps', none, honest, 400).fits.at(-1);
  const view = page.getByRole('region', { name: 'A map of one variable', exact: true });
  const nll = output(page, 'NLL of the curve');
  await expect(nll).toHaveText(fixed(look(true, numbersOf(STRAIGHT)).fit.nll, 3));

  // The third knot up by eight steps, the next one by one to the right.
  const third = view.getByRole('slider', { name: 'Knot 3 of 5' });
  await third.focus();
  for (let i = 0; i < 8; i++) await page.keyboard.press('ArrowUp');
  let knots = moved(STRAIGHT, 2, 0, 0.4);
  await expect(third).toHaveAttribute('aria-valuetext', /^u 0\.00, x 0\.40, slope /);
  await page.keyboard.press('PageUp');
  await expect(view.getByRole('slider', { name: 'Knot 4 of 5' })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  knots = moved(knots, 3, 1.05, 1);
  await expect(nll).toHaveText(fixed(look(true, numbersOf(knots)).fit.nll, 3));

  // Gradient descent from the straight line, with a spline and then with an affine map.
  const bent = race(true, numbersOf(STRAIGHT), true);
  await button(page, 'Race me').click();
  await expect(nll).toHaveText(fixed(bent?.nll ?? NaN, 3));
  await expect(view.getByText(/^Your best: .* Gradient descent after 400 steps/)).toBeVisible();
  await view.getByLabel('Curve', { exact: true }).selectOption('affine');
  await button(page, 'Race me').click();
  const straight = race(false, [0, 0], true);
  await expect(nll).toHaveText(fixed(straight?.nll ?? NaN, 3));
  expect((straight?.nll ?? NaN) - (bent?.nll ?? NaN)).toBeGreaterThan(0.2);

  // On purpose wrong.
  await view.getByLabel('Without the log-determinant').check();
  await expect(view.getByRole('alert')).toBeVisible();
  await button(page, 'Race me').click();
  const wrong = race(false, [0, 0], false);
  await expect(nll).toHaveText(fixed(wrong?.base ?? NaN, 3));
  expect(wrong?.base).toBeLessThan((wrong?.entropy ?? NaN) - 0.5);
  expect(Math.abs((wrong?.mass ?? 1) - 1)).toBeGreaterThan(0.5);
  await expect(view.getByText(`integrates to ${fixed(wrong?.mass ?? NaN, 2)}, and not to 1`)).toBeVisible();
});

test('the soap bubble: of many variables the mode is a stranger, and no sample of the model is above its middle', async ({
  page,
}) => {
  await openAtRest(page, '#target.kind=eight-gaussians&model.family=made&model.hidden=[4]&views=bubble');
  const view = page.getByRole('region', { name: 'The soap bubble', exact: true });
  const mode = view.getByRole('row', { name: /^the mode/ });
  await expect(mode).toContainText('belongs (1.0 deviations)');
  await view.getByRole('slider', { name: 'Variables D' }).fill('64');
  // |u|² = 0 is 64 below its mean, whose deviation is the root of 128.
  await expect(mode).toContainText(`a stranger (${fixed(64 / Math.sqrt(128), 1)} deviations)`);
  await expect(mode).toContainText('belongs');
  const own = run({ target: { kind: 'eight-gaussians' }, model: { family: 'made', hidden: [4] } });
  const { sample_log_prob: samples, middle_log_prob: middle } = own.bubble(1500);
  const above = floats(samples).filter((value) => value > middle).length / 1500;
  await expect(output(page, 'Share of samples above the middle')).toHaveText(percent(above));
  await expect(view.getByText(`log p is ${fixed(middle, 2)} nats`)).toBeVisible();
});

test('the time machine: stage, numbers and views go back to a kept step and return, and a branch begins there', async ({
  page,
}) => {
  await openAtRest(
    page,
    '#target.kind=two-moons&model.family=maf&model.layers=1&model.hidden=[8]&optimiser.batch=64&optimiser.schedule.steps=50&views=receipt',
  );
  const own = run({
    target: { kind: 'two-moons' },
    model: { family: 'maf', layers: 1, hidden: [8] },
    optimiser: { batch: 64, schedule: { kind: 'cosine', steps: 50 } },
  });
  const [steps, nll, shown] = ['Steps taken', 'Held-out NLL in nats', 'Shown now'].map((name) =>
    output(page, name),
  );
  if (!steps || !nll || !shown) throw new Error('three readouts');
  const receipt = output(page, 'log p(x) of the point');
  const view = page.getByRole('region', { name: 'Receipt for a point', exact: true });
  const place = (name: string) => view.getByLabel(name, { exact: true }).inputValue();
  const cross = Float64Array.of(Number(await place('x₁')), Number(await place('x₂')));
  const ofCore = () => fixed(own.receipt(cross, false).log_prob, 3);
  const [untrained, point] = [await nll.innerText(), ofCore()];
  await expect(receipt).toHaveText(point);
  await button(page, 'Play').click();
  await until(page, 'Steps taken').toBe(50);
  own.train(50);
  await expect(nll).not.toHaveText(untrained);
  await expect(receipt).toHaveText(ofCore());
  const trained = [await nll.innerText(), ofCore()] as const;

  await button(page, 'look back').click();
  const slider = page.getByRole('slider', { name: 'Step that is shown' });
  await expect(shown).toHaveText('now');
  await slider.focus();
  await page.keyboard.press('Home');
  await expect(shown).toHaveText('step 0');
  await expect(steps).toHaveText('0');
  await expect(nll).toHaveText(untrained);
  await expect(receipt).toHaveText(point);
  // Along the curve, to its end and to its beginning.
  const chart = page.locator('[data-picture=curve] svg[role=img]');
  const box = await chart.boundingBox();
  if (!box) throw new Error('there is a curve');
  await page.mouse.move(box.x + 60, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 10, box.y + 20, { steps: 3 });
  await page.mouse.up();
  await expect.poll(async () => Number(await steps.innerText())).toBeGreaterThan(40);
  await expect(nll).not.toHaveText(untrained);

  // From the beginning with three times the rate, beside the run that returns to where it was.
  await slider.focus();
  await page.keyboard.press('Home');
  await expect(steps).toHaveText('0');
  await page.getByLabel('Learning rate of the branch').selectOption({ label: 'rate × 3' });
  await button(page, 'Branch from here').click();
  await expect(page.getByRole('button', { name: /^Run .: change it/ })).toHaveCount(2);
  await expect(steps).toHaveText('50');
  await expect(receipt).toHaveText(trained[1]);
  const compared = page.getByRole('table', { name: 'The runs compared' });
  await expect(compared).toContainText(trained[0]);
  await expect(compared).toContainText(untrained);

  // As a film, to its end, without a step of training.
  await page.getByLabel('Speed of the film').selectOption({ label: '25 pictures/s' });
  await button(page, 'Play the training as a film').click();
  await expect(steps).toHaveText('0');
  await expect(button(page, 'Play the training as a film')).toBeVisible();
  await expect.poll(async () => Number(await steps.innerText())).toBeGreaterThan(40);
  await button(page, 'Back to now').click();
  await expect(shown).toHaveText('now');
  await expect(nll).toHaveText(trained[0]);

  // A run that trains rests meanwhile, and goes on by itself.
  await openAtRest(page, '#model.family=made&model.hidden=[4]&optimiser.schedule.kind=constant');
  await button(page, 'Play').click();
  await until(page, 'Steps taken').toBeGreaterThan(20);
  await slider.press('Home');
  await expect(steps).toHaveText('0');
  await expect(button(page, 'Play')).toBeVisible();
  await button(page, 'Back to now').click();
  await expect(button(page, 'Pause')).toBeVisible();
  await until(page, 'Steps taken').toBeGreaterThan(20);
});
