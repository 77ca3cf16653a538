/** What people bring, and what they take away. */

import { expect, type Page, test } from './page-test';
import { axe } from './axe';
import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { npy } from '../../www/files/write';
import { button, openAtRest, read, rest, steps, until } from './actions';

const input = (page: Page) => page.getByLabel('File with points, a picture or an experiment');
const bring = (page: Page, name: string, content: string | Uint8Array, mimeType = 'text/plain') =>
  input(page).setInputFiles({ name, mimeType, buffer: Buffer.from(content) });
const card = (page: Page) => page.getByRole('region', { name: 'What you brought' });

/** Two clusters, with a column of names and two lines that are none. */
const clusters = () => {
  const lines = ['label,height,weight'];
  for (let i = 0; i < 400; i++) {
    const [a, b] = [Math.sin(i * 12.9898) * 3, Math.cos(i * 78.233) * 2];
    lines.push(i % 2 === 0 ? `a,${170 + a},${60 + b}` : `b,${190 + a},${90 + b}`);
  }
  lines.splice(10, 0, 'a,tall,60');
  lines.splice(20, 0, 'a,170');
  return lines.join('\n');
};

/** A grey PNG of 40 by 40 pixels: a dark square on white. */
function png(): Buffer {
  const crc = (bytes: Buffer) => {
    let c = ~0;
    for (const byte of bytes) {
      c ^= byte;
      for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
    }
    return ~c >>> 0;
  };
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc(body));
    return Buffer.concat([length, body, sum]);
  };
  const head = Buffer.from([0, 0, 0, 40, 0, 0, 0, 40, 8, 0, 0, 0, 0]);
  const rows = Array.from({ length: 40 }, (_, y) =>
    Buffer.from([
      0,
      ...Array.from({ length: 40 }, (_, x) => (x > 10 && x < 30 && y > 5 && y < 20 ? 0 : 255)),
    ]),
  );
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

test('points of one’s own are seen, become the target and are learned; undo brings the old one back', async ({
  page,
}) => {
  await openAtRest(page);
  await bring(page, 'people.csv', clusters());
  await expect(card(page)).toContainText('400 points');
  await expect(card(page)).toContainText('line 11: height is not a number');
  await expect(card(page)).toContainText('line 21: it has 2 columns, most lines have 3');
  const { violations } = await axe(page).analyze();
  expect(violations.map((v) => v.id)).toEqual([]);
  await button(page, 'Make it the target').click();
  await expect(card(page)).toBeHidden();
  await expect(page.getByText('Your drawing.')).toBeVisible();
  await expect(page.getByText(/of 2$/)).toBeVisible();
  await button(page, 'Play').click();
  await until(page, 'KL in nats').toBeLessThan(0.3);
  await button(page, 'Undo').click();
  await expect(page.getByRole('radio', { name: 'Two moons' })).toBeChecked();
});

test('columns can be chosen, .npy is read, pasted text too', async ({ page }) => {
  await openAtRest(page);
  const values = Float32Array.from({ length: 300 }, (_, i) => Math.sin(i * i));
  await bring(page, 'three.npy', npy(values, [100, 3]), 'application/octet-stream');
  await expect(card(page)).toContainText('100 points');
  await page.getByLabel('Column for x2').selectOption('column 3');
  await button(page, 'Leave it').click();
  await expect(card(page)).toBeHidden();
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData(
      'text/plain',
      Array.from({ length: 50 }, (_, i) => `${Math.sin(i)}\t${Math.cos(3 * i)}`).join('\n'),
    );
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
  });
  await expect(card(page)).toContainText('50 points');
});

test('a picture that is dropped becomes the density', async ({ page }) => {
  await openAtRest(page);
  await page.evaluate(
    async (bytes) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(bytes)], 'square.png', { type: 'image/png' }));
      document.body.dispatchEvent(
        new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }),
      );
    },
    [...png()],
  );
  await expect(page.getByLabel('The density is what is')).toHaveValue('dark');
  await button(page, 'Make it the target').click();
  // A square of 19 by 14 pixels of 40, in a plane 8 wide: the entropy of a uniform density is the logarithm of its area.
  await until(page, 'Entropy in nats').toBeCloseTo(Math.log((19 / 40) * (14 / 40) * 64), 0);
});

test('decimal commas, percent, names in a comment, archives of arrays: read, and it says how', async ({
  page,
}) => {
  await openAtRest(page);
  const lines = (separator: string) =>
    Array.from({ length: 30 }, (_, i) => `${i % 7},5${separator}${(i * i) % 11}%`).join('\n');
  await bring(page, 'comma.csv', lines(';'), 'text/csv');
  await expect(card(page)).toContainText('30 points. Read with semicolons between the columns.');
  await expect(card(page)).toContainText('“0,5” is read as 0.5. “0%” is read as 0.');
  await bring(page, 'blanks.txt', `# height weight age\n${lines(' ').replaceAll('%', ' 1')}`);
  await expect(card(page)).toContainText('names of the columns are those in the comment in line 1');
  await expect(page.getByLabel('Column for x1').getByRole('option')).toHaveText(['height', 'weight', 'age']);
  const values = Float32Array.from({ length: 80 }, (_, i) => Math.sin(i * i));
  const archive = zipSync({ 'labels.npy': npy(values, [80]), 'points.npy': npy(values, [40, 2]) });
  await bring(page, 'two.npz', archive, 'application/zip');
  await expect(card(page)).toContainText('40 points. Read is the array points, of labels, points.');
});

test('a point far outside is left out, it says so, and it can be taken in; what is saved has the columns’ units', async ({
  page,
}) => {
  await openAtRest(page);
  const lines = Array.from({ length: 1000 }, (_, i) => {
    const [a, b] = [Math.sin(i * 12.9898), Math.cos(i * 78.233)];
    return `${1000 + 10 * a * b},${5e-5 + 1e-5 * (a + b)}`;
  });
  await bring(page, 'wild.csv', ['"height, cm",rate', ...lines, '1e9,0'].join('\n'), 'text/csv');
  await expect(card(page)).toContainText('1 of 1,001 points lie far outside of where most are');
  const everything = page.getByLabel('With the points far outside');
  await everything.check();
  await expect(card(page)).not.toContainText('lie far outside');
  await everything.uncheck();
  await expect(card(page)).toContainText('lie far outside');
  await button(page, 'Make it the target').click();
  await expect(page.getByText('Your drawing.')).toBeVisible();

  const samples = (await saved(page, 'Samples (CSV)')).bytes.toString().trim().split('\n');
  expect(samples[0]).toBe('"height, cm",rate');
  const density = (await saved(page, 'Density (CSV)')).bytes.toString().trim().split('\n');
  expect(density[0]).toBe('"height, cm",rate,density');
  const rows = density.slice(1).map((line) => line.split(',').map(Number));
  const side = Math.sqrt(rows.length);
  const [[x0 = NaN, y0 = NaN] = [], [x1 = NaN] = []] = rows;
  const area = (x1 - x0) * ((rows[side]?.[1] ?? NaN) - y0);
  expect(x0).toBeGreaterThan(900);
  expect(x0).toBeLessThan(1000);
  expect(rows.reduce((sum, [, , value = 0]) => sum + value * area, 0)).toBeCloseTo(1, 1);
  await button(page, 'Files').click();
  await expect(page.getByText(/saved in the units of height, cm and rate/)).toBeVisible();
});

test('an SVG is a picture, and white on nothing is what is not transparent', async ({ page, watch }) => {
  await openAtRest(page);
  // The page's policy is not the drawing's: it has its own styles. Its script never runs.
  const shape = `<style>.wide { width: 20px }</style><script>top.brought = true</script>
    <rect x="10" y="5" class="wide" height="15" style="fill: white"/>`;
  await bring(page, 'logo.svg', `<svg viewBox="0 0 40 40">${shape}</svg>`, 'image/svg+xml');
  await expect(page.getByLabel('The density is what is')).toHaveValue('opaque');
  await button(page, 'Make it the target').click();
  await until(page, 'Entropy in nats').toBeCloseTo(Math.log((20 / 40) * (15 / 40) * 64), 1);
  expect(await page.evaluate(() => 'brought' in window)).toBe(false);
  // Chromium styles its own words on what is wrong with an XML.
  watch.expect('policy', /Applying inline style|style-src-attr: inline/);
  await bring(page, 'damaged.svg', '<svg viewBox="0 0 40 40"><rect', 'image/svg+xml');
  await expect(page.getByRole('alert')).toContainText('its SVG is damaged');
  await expect(card(page)).toBeHidden();
});

const BAD: [string, string | Uint8Array, string, string][] = [
  ['empty.csv', '', 'text/csv', 'This file is empty.'],
  ['words.txt', 'just some words', 'text/plain', 'this table has 0 among 3'],
  ['one.csv', '1\n2\n3', 'text/csv', 'has one column'],
  ['names.csv', 'a,b\nc,d', 'text/csv', 'Two columns of numbers are needed'],
  ['few.csv', '1,2\n3,4', 'text/csv', 'There are 2 points'],
  ['line.csv', Array.from({ length: 20 }, (_, i) => `${i},7`).join('\n'), 'text/csv', 'they lie on a line'],
  ['cut.npy', npy(new Float32Array(40), [20, 2]).slice(0, 100), 'application/octet-stream', 'cut short'],
  ['flat.npy', npy(new Float32Array(40), [40]), 'application/octet-stream', '(points, 2) is needed'],
  ['broken.png', 'not a picture', 'image/png', 'can’t be read by the browser'],
  ['some.pdf', '%PDF-1.7\n\0\0', 'application/pdf', 'is no text, picture, .npy or .npz file'],
  ['broken.json', '{"seed": ', 'application/json', 'looks like an experiment in JSON'],
  ['wrong.json', '{"model": {"layers": 99}}', 'application/json', 'model.layers is 99'],
  ['other.json', '{"layers": 3}', 'application/json', 'layers'],
];

test('whatever is wrong with a file is said in a sentence, and the page goes on', async ({ page }) => {
  await openAtRest(page, '#optimiser.schedule.kind=constant&pace=20');
  await button(page, 'Play').click();
  for (const [name, content, type, sentence] of BAD) {
    await bring(page, name, content, type);
    await expect(page.getByRole('alert').filter({ hasText: sentence })).toBeVisible();
    for (const close of ['Leave it', 'Close this message'])
      while ((await button(page, close).count()) > 0) await button(page, close).first().click();
    await expect(page.getByRole('radio', { name: 'Two moons' })).toBeChecked();
    const before = await steps(page);
    await until(page, 'Steps taken').toBeGreaterThan(before + 3);
  }
});

async function saved(page: Page, label: string): Promise<{ name: string; bytes: Buffer }> {
  await button(page, 'Files').click();
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, label).click()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

test('samples, density, curve, picture and experiment are taken away, and the experiment opens again', async ({
  page,
  context,
}) => {
  await openAtRest(page, '#target.kind=crescent&model.family=made&optimiser.schedule.steps=300');
  await button(page, 'Play').click();
  await until(page, 'Steps taken').toBe(300);

  const samples = await saved(page, 'Samples (CSV)');
  expect(samples.name).toBe('made-crescent-step-300-samples.csv');
  const lines = samples.bytes.toString().trim().split('\n');
  expect(lines[0]).toBe('x1,x2');
  expect(lines).toHaveLength(2001);
  const array = (await saved(page, 'Samples (.npy)')).bytes;
  const start = 10 + array.readUInt16LE(8);
  const [x1 = NaN, x2 = NaN] = (lines[1] ?? '').split(',').map(Number);
  expect(array.readFloatLE(start)).toBeCloseTo(x1, 5);
  expect(array.readFloatLE(start + 4)).toBeCloseTo(x2, 5);

  const density = (await saved(page, 'Density (CSV)')).bytes.toString().trim().split('\n').slice(1);
  const rows = density.map((line) => line.split(',').map(Number));
  const side = Math.sqrt(rows.length);
  const cell = ((rows[1]?.[0] ?? 0) - (rows[0]?.[0] ?? 0)) ** 2;
  const mass = rows.reduce((sum, [, , value = 0]) => sum + value * cell, 0);
  expect(Number.isInteger(side)).toBe(true);
  expect(mass).toBeGreaterThan(0.95);
  expect(mass).toBeLessThan(1.005);

  const curve = (await saved(page, 'Training curve (CSV)')).bytes.toString().trim().split('\n');
  expect(curve[0]).toBe('step,nll,entropy,kl,standard_error');
  expect(curve.at(-1)).toMatch(/^300,/);

  const picture = (await saved(page, 'Picture (PNG)')).bytes;
  const box = await page.getByRole('img', { name: /Learned density/ }).boundingBox();
  expect(picture.subarray(1, 4).toString()).toBe('PNG');
  expect(picture.readUInt32BE(16)).toBeGreaterThan(2 * (box?.width ?? Infinity) - 1);

  const experiment = await saved(page, 'Experiment (JSON)');
  const other = await context.newPage();
  await openAtRest(other);
  await bring(other, experiment.name, experiment.bytes, 'application/json');
  await expect(other.getByRole('radio', { name: 'Crescent' })).toBeChecked();
  await expect.poll(() => new URL(other.url()).hash).toBe(new URL(page.url()).hash);
});

test('a trained model is taken away, opens where it was, and trains on', async ({ page, context }) => {
  await openAtRest(page, '#target.kind=crescent&model.family=made&optimiser.schedule.kind=constant');
  await button(page, 'Play').click();
  await until(page, 'Steps taken').toBeGreaterThan(300);
  await rest(page);
  const model = await saved(page, 'Model (.safetensors)');
  const step = Number(/"step":"(\d+)"/.exec(model.bytes.toString('latin1'))?.[1]);
  const nll = await read(page, 'Held-out NLL in nats');
  expect(model.name).toMatch(/^made-crescent-step-\d+-model\.safetensors$/);

  // What reads it elsewhere: tests/python holds its numbers against the core's.
  const script = await saved(page, 'Python script (.py)');
  expect(script.name).toBe('density_model.py');
  expect(script.bytes.toString()).toBe(readFileSync('www/files/density_model.py', 'utf8'));
  expect(model.bytes.toString('latin1')).toContain('\\"kind\\":\\"standardise\\"');

  const other = await context.newPage();
  await openAtRest(other);
  await bring(other, model.name, model.bytes, 'application/octet-stream');
  await expect(other.getByRole('radio', { name: 'Crescent' })).toBeChecked();
  await until(other, 'Steps taken').toBe(step);
  await until(other, 'Held-out NLL in nats').toBeCloseTo(nll, 1);
  await button(other, 'Play').click();
  await until(other, 'Steps taken').toBeGreaterThan(step + 50);

  // Its numbers are of another model: the core says so, and what runs goes on.
  const length = Number(model.bytes.readBigUInt64LE(0));
  const header = model.bytes
    .subarray(8, 8 + length)
    .toString()
    .replace('\\"made\\"', '\\"nade\\"');
  const wrong = Buffer.concat([
    model.bytes.subarray(0, 8),
    Buffer.from(header),
    model.bytes.subarray(8 + length),
  ]);
  await bring(other, 'wrong.safetensors', wrong, 'application/octet-stream');
  await expect(other.getByRole('alert')).toContainText('parameters is');
  const before = await steps(other);
  await until(other, 'Steps taken').toBeGreaterThan(before + 10);
});

test('a picture of any view: PNG at twice its size, SVG with lines and words', async ({ page }) => {
  await openAtRest(page, '#target.kind=eight-gaussians&model.family=realnvp&views=conditionals*,modes');
  const view = page.getByRole('region', { name: 'Modes', exact: true });
  await expect(view.getByRole('status', { name: 'Modes covered by this view' })).toBeVisible();
  await button(page, 'Files').click();
  await expect(page.getByLabel('Picture of').getByRole('option')).toHaveText([
    'the stage',
    'the training curve',
    'Conditionals',
    'Modes',
  ]);
  for (const [name, word] of [
    ['Modes', 'found by 0'],
    ['Conditionals', 'density of'],
    ['the training curve', 'held-out NLL'],
    ['the stage', 'x₁'],
  ] as const) {
    if (!(await page.getByLabel('Picture of').isVisible())) await button(page, 'Files').click();
    await page.getByLabel('Picture of').selectOption(name);
    await page.keyboard.press('Escape');
    const text = (await saved(page, 'Picture (SVG)')).bytes.toString();
    expect(text).toMatch(/^<svg/);
    expect(text).toContain(word);
    expect(text).not.toContain('<button');
    const picture = (await saved(page, 'Picture (PNG)')).bytes;
    const width = Number(/ width="(\d+)"/.exec(text)?.[1]);
    expect(picture.readUInt32BE(16)).toBe(2 * width);
    // It opens as a picture, and is not blank.
    const colours = await page.evaluate(async (text) => {
      const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext('2d');
      context?.drawImage(bitmap, 0, 0);
      const { data } = context?.getImageData(0, 0, bitmap.width, bitmap.height) ?? { data: [] };
      return new Set(new Uint32Array((data as Uint8ClampedArray).buffer)).size;
    }, picture.toString('base64'));
    expect(colours).toBeGreaterThan(20);
  }
});

/** The share of a film's pixels that differ between its first and its last picture. */
const changeIn = (page: Page, film: Buffer): Promise<number> =>
  page.evaluate(async (text) => {
    const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    const video = document.createElement('video');
    video.muted = true;
    video.playbackRate = video.defaultPlaybackRate = 8;
    video.src = URL.createObjectURL(new Blob([bytes], { type: 'video/webm' }));
    await new Promise((resolve) => (video.onloadeddata = resolve));
    const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    const picture = () => {
      context?.drawImage(video, 0, 0);
      return context?.getImageData(0, 0, canvas.width, canvas.height).data ?? new Uint8ClampedArray();
    };
    const first = picture();
    await new Promise((resolve) => {
      video.onended = resolve;
      void video.play();
    });
    const last = picture();
    let different = 0;
    for (let i = 0; i < first.length; i += 4)
      different += Number(Math.abs((first[i] ?? 0) - (last[i] ?? 0)) > 16);
    return (4 * different) / first.length;
  }, film.toString('base64'));

test('a film of the training, to the end of the run: begun at rest, and while the model trains', async ({
  page,
  context,
}) => {
  // A small stage, and few pictures of it: the browser encodes them beside the training.
  await page.setViewportSize({ width: 1024, height: 600 });
  await openAtRest(page, '#target.kind=crescent&model.family=made&optimiser.schedule.steps=400');
  // The published page lets no film be shown in it.
  const other = await context.newPage();
  for (const training of [false, true]) {
    if (training) {
      await button(page, 'Reset').click();
      await button(page, 'Play').click();
      await until(page, 'Steps taken').toBeGreaterThan(20);
    }
    const film = await saved(page, 'Film of the training');
    expect(film.name).toBe('made-crescent-step-400-training.webm');
    // Matroska's first four bytes.
    expect(film.bytes.subarray(0, 4).toString('hex')).toBe('1a45dfa3');
    expect(await changeIn(other, film.bytes)).toBeGreaterThan(0.02);
    await expect(page.getByRole('alert')).toHaveCount(0);
  }
});

test('one film at a time: a second one is refused with a sentence, and the first can still be stopped', async ({
  page,
}) => {
  await openAtRest(page, '#optimiser.schedule.kind=constant');
  const download = page.waitForEvent('download');
  for (const sentence of ['Filming: the film is saved', 'A film is being recorded already']) {
    await button(page, 'Files').click();
    await button(page, 'Film of the training').click();
    await expect(page.getByRole('alert')).toContainText(sentence);
  }
  await button(page, 'Stop and save').click();
  expect((await download).suggestedFilename()).toMatch(/-training\.webm$/);
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a file that is refused leaves undo and redo as they were, and is no longer offered', async ({
  page,
}) => {
  await openAtRest(page);
  await page.getByRole('radio', { name: 'Crescent' }).click();
  await button(page, 'Undo').click();
  await expect(page.getByRole('radio', { name: 'Two moons' })).toBeChecked();
  await expect(button(page, 'Undo')).toBeDisabled();
  await bring(page, 'wrong.json', '{"model": {"layers": 99}}', 'application/json');
  await expect(page.getByRole('alert')).toContainText('model.layers is 99');
  await expect(button(page, 'Undo')).toBeDisabled();
  await button(page, 'Redo').click();
  await expect(page.getByRole('radio', { name: 'Crescent' })).toBeChecked();
  // One that is taken can be undone.
  await bring(page, 'right.json', '{"target": {"kind": "funnel"}}', 'application/json');
  await expect(page.getByRole('radio', { name: 'Funnel' })).toBeChecked();
  await button(page, 'Undo').click();
  await expect(page.getByRole('radio', { name: 'Crescent' })).toBeChecked();

  await bring(page, 'people.csv', clusters());
  await expect(card(page)).toContainText('people.csv');
  await bring(page, 'some.pdf', '%PDF-1.7\n\0\0', 'application/pdf');
  await expect(page.getByRole('alert')).toContainText('is no text, picture, .npy or .npz file');
  await expect(card(page)).toBeHidden();
});
