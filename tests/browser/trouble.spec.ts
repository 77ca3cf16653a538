/** What can go wrong, and what the page says then. */

import { expect, test } from './page-test';
import { button, choose, draw, notTheFirstTime, openAtRest, output, steps, until } from './actions';

const broken: [string, string][] = [
  ['#model.layers=99', 'model.layers is 99; allowed: a whole number from 1 to 64.'],
  ['#model.family=boltzmann', 'unknown variant `boltzmann`'],
  ['#modle.layers=3', 'modle.layers in it is not a field of an experiment.'],
  ['#model.depth.width=3', 'model: unknown field `depth`'],
  ['#drawing=AAAAA', 'the drawing in it is damaged or was cut short.'],
  ['#target.kind=drawn', 'cells'],
];

for (const [hash, sentence] of broken) {
  test(`a broken link says so and offers the default: ${hash}`, async ({ page }) => {
    await page.goto(`/${hash}`);
    const alert = page.getByRole('alert');
    await expect(alert).toContainText('This link can’t be opened');
    await expect(alert).toContainText(sentence);
    await button(page, 'Start with two moons').click();
    await until(page, 'Steps taken').toBeGreaterThan(5);
    await expect(alert).toBeHidden();
  });
}

test('an empty drawing is a sentence, and undo brings the drawing back', async ({ page }) => {
  await openAtRest(page);
  await choose(page, 'Draw your own');
  await draw(page, [
    [0.4, 0.4],
    [0.6, 0.6],
  ]);
  await button(page, 'Play').click();
  await until(page, 'Steps taken').toBeGreaterThan(10);
  await button(page, 'Clear').click();
  await expect(page.getByRole('alert')).toContainText('The drawing is empty: draw something');
  await expect(button(page, 'Play')).toBeVisible();
  await button(page, 'Undo').click();
  await expect(page.getByRole('alert')).toBeHidden();
  await button(page, 'Play').click();
  await until(page, 'Steps taken').toBeGreaterThan(10);
});

test('a run that diverges stops at its last good parameters and says why', async ({ page }) => {
  await openAtRest(page, '#target.kind=heavy-tailed&optimiser.learning_rate=1&optimiser.clip=null');
  await button(page, 'Play').click();
  await expect(page.getByRole('alert')).toContainText(
    /Training stopped at step [\d,]+: .* Try a learning rate below 1/,
  );
  await expect(output(page, 'Held-out NLL in nats')).not.toHaveText('–');
  await button(page, 'Reset').click();
  await expect(output(page, 'Steps taken')).toHaveText('0');
});

test('a seed that is no seed is refused', async ({ page }) => {
  await openAtRest(page);
  await page.getByText('Training', { exact: true }).click();
  await page.getByRole('spinbutton', { name: 'Seed' }).fill('-3');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('whole number from 0 to 4,294,967,295');
  await expect(page.getByRole('spinbutton', { name: 'Seed' })).toHaveValue('1');
});

test('a link typed into the address bar of the open page is taken, or refused in place', async ({ page }) => {
  await openAtRest(page);
  await page.evaluate(() => (location.hash = '#target.kind=checkerboard&model.family=iaf'));
  await expect(page.getByRole('radio', { name: 'Checkerboard' })).toBeChecked();
  await expect(page.getByRole('radio', { name: 'IAF' })).toBeChecked();
  await page.evaluate(() => (location.hash = '#model.layers=x'));
  await expect(page.getByRole('alert')).toContainText('model.layers');
});

test('a link counts that comes while the page is about to write its own', async ({ page }) => {
  await openAtRest(page);
  await page.getByRole('radio', { name: 'Crescent' }).click();
  await page.evaluate(() => {
    location.hash = '#target.kind=checkerboard';
    location.hash = '#target.kind=pinwheel';
    // The page writes its own address a quarter of a second after a change: it would have to do so before it hears of these.
    const until = performance.now() + 400;
    while (performance.now() < until);
  });
  await expect(page.getByRole('radio', { name: 'Pinwheel' })).toBeChecked();
  await expect(page).toHaveURL(/#target\.kind=pinwheel$/);
});

test('a core that can not be loaded is told again after every change, until another try succeeds', async ({
  page,
}) => {
  await notTheFirstTime(page);
  const core = /density_playground(_relaxed)?_bg.*\.wasm$/;
  await page.route(core, (route) => route.abort());
  await page.goto('/#target.kind=crescent');
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('The core could not be loaded');
  await choose(page, 'MADE');
  await expect(alert).toContainText('The core could not be loaded');
  await button(page, 'Close this message').click();
  await expect(alert).toHaveCount(0);
  await choose(page, 'RealNVP');
  await expect(alert).toContainText('The core could not be loaded');
  await page.unroute(core);
  await alert.getByRole('button', { name: 'Start again' }).click();
  await until(page, 'Steps taken').toBeGreaterThan(5);
  await expect(alert).toHaveCount(0);
  await expect(page.getByRole('radio', { name: 'RealNVP' })).toBeChecked();
});

test('out of sight a run rests, says so, and goes on by itself', async ({ page }) => {
  await openAtRest(page, '#optimiser.schedule.kind=constant');
  await button(page, 'Play').click();
  await until(page, 'Steps taken').toBeGreaterThan(5);
  const turn = (state: 'hidden' | 'visible') =>
    page.evaluate((now) => {
      Object.defineProperty(document, 'visibilityState', { value: now, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
  await turn('hidden');
  await expect(page.getByText('rests while out of sight')).toBeVisible();
  await expect(button(page, 'Pause')).toBeVisible();
  const at = await steps(page);
  await turn('visible');
  await expect(page.getByText('rests while out of sight')).toBeHidden();
  await until(page, 'Steps taken').toBeGreaterThan(at);
});
