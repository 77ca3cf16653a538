/** The laboratory: drawing, ordering, temperature, comparison, views, a lesson, links and files. */

import { afterEach, expect, test } from 'vitest';
import { en } from '../../www/i18n/en';
import { PROBE } from '../../www/engine/relaxed';
import { run } from '../browser/core';
import { readModel } from '../../www/files/model';
import { allIsWell, button, openAtRest, output, radio, read, until, visit } from './session';

const here = visit();
afterEach(() => allIsWell(here.driver));

test('a density is drawn with the pointer, and learned', async () => {
  const { driver } = here;
  await openAtRest(driver, '#model.family=made');
  await radio(driver, 'Draw your own').click();
  await driver.role('application').drag([
    [0.3, 0.3],
    [0.4, 0.5],
    [0.6, 0.5],
    [0.7, 0.3],
  ]);
  await expect.poll(() => driver.link()).toContain('drawing=');
  await button(driver, 'Play').click();
  await until(driver, 'KL in nats').toBeLessThan(0.5);
});

test('the keyboard alone: one step, train, reset, flip, draw, undo', async () => {
  const { driver } = here;
  await openAtRest(driver);
  const taken = output(driver, 'Steps taken');
  await driver.press('s');
  await expect.poll(() => taken.said()).toBe('1');
  await driver.press(' ');
  await until(driver, 'Steps taken').toBeGreaterThan(20);
  await driver.press(' ');
  await button(driver, 'Play').waitFor();
  await driver.press('r');
  await expect.poll(() => taken.said()).toBe('0');
  await driver.press('d');
  await driver.role('application').focus();
  await driver.press('Enter');
  for (let i = 0; i < 6; i++) await driver.press('Shift+ArrowRight');
  await driver.press('Enter');
  await expect.poll(() => radio(driver, 'Draw your own').isChecked()).toBe(true);
  await driver.press('Escape');
  await driver.press('Control+z');
  await driver.press('Control+z');
  await expect.poll(() => radio(driver, 'Two moons').isChecked()).toBe(true);
  await driver.press('Control+Shift+z');
  await expect.poll(() => radio(driver, 'Draw your own').isChecked()).toBe(true);
});

test('a reload, and back from another page, go on where it was: a drawing, a trained run, undo', async () => {
  const { driver } = here;
  await openAtRest(driver, '#model.family=made');
  await radio(driver, 'Draw your own').click();
  await driver.role('application').drag([
    [0.3, 0.3],
    [0.6, 0.6],
  ]);
  await button(driver, 'Done').click();
  await button(driver, 'Play').click();
  await until(driver, 'Steps taken').toBeGreaterThan(60);
  await button(driver, 'Pause').click();
  await button(driver, 'Play').waitFor();
  // What is trained is kept every few seconds.
  const kept = () =>
    driver.ask(
      () =>
        new Promise<number>((resolve) => {
          const opened = indexedDB.open('density-playground');
          opened.onsuccess = () => {
            const works = opened.result.transaction('works').objectStore('works').getAll();
            works.onsuccess = () => {
              opened.result.close();
              const { work } = history.state as { work: string };
              const all = works.result as { work: string; runs: { step: number }[] }[];
              resolve(all.find((one) => one.work === work)?.runs[0]?.step ?? -1);
            };
          };
        }),
    );
  await expect.poll(async () => (await kept()) - (await read(driver, 'Steps taken'))).toBe(0);
  const step = await kept();
  await driver.reload();
  await until(driver, 'Steps taken').toBe(step);
  await driver.open('?lessons');
  // By way of the empty page that every address is opened from.
  await driver.back();
  await driver.back();
  await until(driver, 'Steps taken').toBe(step);
  await button(driver, 'Undo').click();
  await expect.poll(() => radio(driver, 'Two moons').isChecked()).toBe(true);
});

test('a radio group is one stop of the Tab key, and the arrow keys choose in it', async () => {
  const { driver } = here;
  await openAtRest(driver);
  await radio(driver, 'Two moons').focus();
  await driver.press('ArrowRight');
  await expect.poll(() => radio(driver, 'Crescent').isChecked()).toBe(true);
  expect(await radio(driver, 'Crescent').isFocused()).toBe(true);
  // The question about the training points and their slider stand between the targets and the families: three stops, and none of them is
  // another target.
  await driver.press('Tab');
  expect(await radio(driver, 'Eight Gaussians').isFocused()).toBe(false);
  await driver.press('Tab');
  await expect.poll(() => driver.role('slider', 'Training points').isFocused()).toBe(true);
  await driver.press('Tab');
  await expect.poll(() => radio(driver, 'MAF').isFocused()).toBe(true);
});

test('the ordering is flipped by its button and by its key', async () => {
  const { driver } = here;
  await openAtRest(driver, '#target.kind=crescent&model.family=made');
  await button(driver, 'Flip the ordering, now p(x1) p(x2 given x1)').click();
  await button(driver, 'Flip the ordering, now p(x2) p(x1 given x2)').waitFor();
  await expect.poll(() => driver.link()).toContain('model.ordering=[1,0]');
  await driver.press('o');
  await button(driver, 'Flip the ordering, now p(x1) p(x2 given x1)').waitFor();
});

test('temperature: the slider narrows the samples, by keys and by pointer', async () => {
  const { driver } = here;
  await openAtRest(driver);
  const slider = driver.role('slider', 'Temperature');
  const spread = () => read(driver, en.panels.spread);
  await expect.poll(spread).toBeGreaterThan(0);
  const before = await spread();
  await slider.focus();
  for (let i = 0; i < 5; i++) await driver.press('PageDown');
  await expect.poll(spread).toBeLessThan(before);
  const byKeys = Number(await slider.value());
  expect(byKeys).toBeLessThan(1);
  await slider.drag([
    [0.9, 0.5],
    [0.1, 0.5],
  ]);
  await expect.poll(async () => Number(await slider.value())).toBeLessThan(0.3);
  await expect.poll(() => driver.link()).toContain('temperature=');
});

test('side by side: the ordering twin fits the crescent, the first can’t', async () => {
  const { driver } = here;
  await openAtRest(driver, '#target.kind=crescent&model.family=made&model.hidden=[16,16]');
  await button(driver, 'Ordering twin').click();
  await expect.poll(() => driver.role('img', /Learned density/).count()).toBe(2);
  await button(driver, 'Play').click();
  const cell = async (row: RegExp) =>
    Number.parseFloat(
      await driver.role('table', 'The runs compared').role('row', row).role('cell').nth(1).said(),
    );
  await expect.poll(() => cell(/^B /)).toBeLessThan(0.06);
  expect(await cell(/^A /)).toBeGreaterThan(0.25);
});

test('every view opens by its button and answers', async () => {
  const { driver } = here;
  await openAtRest(driver, '#target.kind=crescent&model.family=maf&model.layers=2&model.hidden=[16]');
  const buttons = driver.role('group', en.view.views).role('button');
  const names = await buttons.texts();
  expect(names.sort()).toEqual(
    Object.values(en.viewNames)
      .map(({ title }) => title)
      .sort(),
  );
  for (const name of names) {
    const view = driver.role('region', name).nth(-1);
    await driver.role('group', en.view.views).role('button', name).click();
    await expect
      .poll(() => view.selector('svg, canvas, table').count(), { message: name })
      .toBeGreaterThan(0);
    await expect.poll(() => view.text(en.view.looking).count(), { message: name }).toBe(0);
    await expect.poll(() => view.text(en.view.loading).count(), { message: name }).toBe(0);
    expect(await driver.role('alert').texts(), name).toEqual([]);
    expect(await view.selector('.trouble').texts(), name).toEqual([]);
    await button(driver, en.view.close(name)).click();
  }
});

test('a step of a lesson: guess, see it trained, go on', async () => {
  const { driver } = here;
  await driver.open('?lesson=ordering');
  await driver.role('heading', 'The same model twice').waitFor();
  await radio(driver, 'Only one of them.').click();
  await driver.text('Now press play and see.').waitFor();
  await button(driver, 'Show it trained').click();
  await driver.text(/You guessed it\./).waitFor();
  await button(driver, 'Next →').click();
  await driver.role('heading', 'Why').waitFor();
});

test('a link brings the experiment back, and the browser’s way back the page before', async () => {
  const { driver } = here;
  await openAtRest(driver, '#target.kind=pinwheel&model.family=realnvp&2.seed=3');
  await button(driver, 'Share').click();
  const shared = driver.role('textbox', en.sheets.share.link);
  await expect.poll(async () => (await shared.value()) === (await driver.address())).toBe(true);
  const link = await driver.link();
  await driver.press('Escape');
  await driver.role('link', en.page.lessons).click();
  await driver.role('heading', /Lessons/).waitFor();
  await driver.back();
  await expect.poll(() => radio(driver, 'Pinwheel').isChecked()).toBe(true);
  expect(await radio(driver, 'RealNVP').isChecked()).toBe(true);
  expect(await driver.role('img', /Learned density/).count()).toBe(2);
  await expect.poll(() => driver.link()).toBe(link);
});

/** Points on two lines. */
const POINTS = Array.from({ length: 60 }, (_, i) => `${Math.sin(i)},${i % 2 === 0 ? 1 : -1}`).join('\n');

test('files in: a table, a paste, an experiment; a sentence for what is none', async () => {
  const { driver } = here;
  await openAtRest(driver);
  const input = driver.label(en.page.files.input);
  const brought = driver.role('region', 'What you brought');
  await input.upload(driver.file('points.csv', `x,y\n${POINTS}`));
  await brought.waitFor();
  await expect.poll(() => brought.said()).toContain('60 points');
  await button(driver, 'Leave it').click();
  await expect.poll(() => brought.count()).toBe(0);
  await driver.paste(POINTS.replaceAll(',', '\t'));
  await expect.poll(() => brought.said()).toContain('60 points');
  await button(driver, 'Make it the target').click();
  await expect.poll(() => driver.link()).toContain('drawing=');
  await input.upload(driver.file('experiment.json', '{"target": {"kind": "pinwheel"}}'));
  await expect.poll(() => radio(driver, 'Pinwheel').isChecked()).toBe(true);
  await input.upload(driver.file('none.json', '{"seed": '));
  await expect.poll(() => driver.role('alert').said()).toContain('looks like an experiment in JSON');
});

test('a table of four columns is learned, its ordering changed by keys, and its samples are in its units', async () => {
  const { driver } = here;
  await openAtRest(driver, '#model.family=made&model.hidden=[16]');
  await radio(driver, 'Penguins').click();
  await until(driver, 'NLL, test rows').toBeGreaterThan(10);
  await button(driver, 'Play').click();
  await until(driver, 'NLL, test rows').toBeLessThan(16.5);
  await button(driver, 'Pause').click();
  await button(driver, 'Reversed').click();
  await expect.poll(() => driver.link()).toContain('model.ordering=[3,2,1,0]');
  await button(driver, en.page.files.files).click();
  const samples = await driver.saved(() => button(driver, 'Samples (CSV)').click());
  const [heading, first] = samples.bytes.toString().split('\n');
  expect(heading).toBe('beak_length_mm,beak_depth_mm,flipper_length_mm,body_mass_g');
  expect(first?.split(',')).toHaveLength(4);
  expect(Number(first?.split(',')[3])).toBeGreaterThan(100);
});

test('files out: picture, samples, and a trained model that opens where it was', async () => {
  const { driver } = here;
  await openAtRest(driver, '#target.kind=crescent&model.family=made&model.hidden=[8]');
  const saved = async (label: string) => {
    await button(driver, en.page.files.files).click();
    return driver.saved(() => button(driver, label).click());
  };
  await button(driver, 'One step').click();
  await expect.poll(() => output(driver, 'Steps taken').said()).toBe('1');
  const samples = await saved('Samples (CSV)');
  expect(samples.name).toBe('made-crescent-step-1-samples.csv');
  expect(samples.bytes.toString().trim().split('\n')).toHaveLength(2001);
  const picture = await saved('Picture (PNG)');
  expect(picture.bytes.subarray(1, 4).toString()).toBe('PNG');
  expect(picture.bytes.readUInt32BE(16)).toBeGreaterThan(600);
  const model = await saved('Model (.safetensors)');
  await openAtRest(driver);
  await driver.label(en.page.files.input).upload(driver.file(model.name, model.bytes));
  await expect.poll(() => output(driver, 'Steps taken').said()).toBe('1');
  expect(await radio(driver, 'Crescent').isChecked()).toBe(true);
});

test('a drawing that is shown as a picture has its own styles', async () => {
  const { driver } = here;
  await openAtRest(driver);
  const pixel = await driver.ask(async () => {
    const image = new Image();
    image.src = `data:image/svg+xml,${encodeURIComponent(
      `<svg xmlns="http://www.w3.org/2000/svg" width="2" height="1"><style>.a { fill: blue }</style>
        <rect width="1" height="1" style="fill: red"/><rect x="1" width="1" height="1" class="a"/></svg>`,
    )}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [2, 1];
    const context = canvas.getContext('2d');
    context?.drawImage(image, 0, 0);
    return [...(context?.getImageData(0, 0, 2, 1).data ?? [])];
  });
  expect(pixel).toEqual([255, 0, 0, 255, 0, 0, 255, 255]);
});

test('the same Experiment gives the same numbers as the core in Node', async () => {
  const { driver } = here;
  const STEPS = 120;
  const link = `#target.kind=crescent&model.family=made&model.hidden=[16,16]&optimiser.schedule.steps=${STEPS}`;
  await openAtRest(driver, link);
  await button(driver, 'Play').click();
  await until(driver, 'Steps taken').toBe(STEPS);
  await button(driver, en.page.files.files).click();
  const { bytes } = await driver.saved(() => button(driver, 'Model (.safetensors)').click());
  const { experiment, saved } = readModel(bytes);
  const own = run(experiment);
  own.train(STEPS);
  const expected = own.parameters();
  expect(saved.step).toBe(STEPS);
  expect(saved.values.length).toBe(expected.length);
  let most = 0;
  for (const [i, value] of saved.values.entries())
    most = Math.max(most, Math.abs(value - (expected[i] ?? NaN)));
  expect(most).toBeLessThan(1e-5);
  // The same build, bit for bit: Node runs the plain one.
  const relaxed = await driver.ask(
    (bytes: number[]) => WebAssembly.validate(new Uint8Array(bytes)),
    [...PROBE],
  );
  if (!relaxed) expect(most).toBe(0);
});
