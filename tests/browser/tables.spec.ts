/** Tables: their rows are learned as they are, and a link to them opens where they are. */

import { expect, type Page, test } from './page-test';
import { axe } from './axe';
import { button, choose, notTheFirstTime, openAtRest, read, rest, steps, until } from './actions';
import { kept } from './kept';

const bring = (page: Page, name: string, content: string) =>
  page
    .getByLabel('File with points, a picture or an experiment')
    .setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(content) });
const drop = (page: Page, name: string, content: string) =>
  page.evaluate(
    ([called, text]) => {
      const data = new DataTransfer();
      data.items.add(new File([text], called, { type: 'text/csv' }));
      document.body.dispatchEvent(
        new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }),
      );
    },
    [name, content] as const,
  );
const card = (page: Page) => page.getByRole('region', { name: 'What you brought' });
const target = (page: Page, name: string) =>
  page.getByRole('radiogroup', { name: 'Target' }).getByRole('radio', { name, exact: true });
const NLL = 'NLL, test rows';

/** A hill and its slope as a German spreadsheet writes them: semicolons, decimal commas, an umlaut, a line with a gap. */
function german(rows: number): string {
  const lines = ['Höhe;Gefälle;Wärme'];
  for (let i = 0; i < rows; i++) {
    const [a, b] = [Math.sin(i * 12.9898), Math.cos(i * 78.233)];
    lines.push([170 + 3 * a, a * a + b, 20 - b].map((value) => value.toFixed(6).replace('.', ',')).join(';'));
  }
  lines.splice(5, 0, '171,5;;20,1');
  return lines.join('\n');
}
/** Too many rows to stand in a link. */
const ROWS = 1200;

test('rows are learned as they are; undo brings the old target back, and a link without the rows opens with their file', async ({
  page,
  browser,
}) => {
  await openAtRest(page);
  await drop(page, 'hügel.csv', german(ROWS));
  const rows = card(page).getByRole('region', { name: 'Or its rows as they are' });
  await expect(rows).toContainText('1,200 rows of 3 columns.');
  await expect(rows).toContainText('line 6: Gefälle is not a number');
  const { violations } = await axe(page).analyze();
  expect(violations.map((v) => v.id)).toEqual([]);
  await rows.getByLabel('Wärme').uncheck();
  await expect(rows).toContainText('rows of 2 columns.');
  await rows.getByLabel('Wärme').check();
  await expect(rows).toContainText('rows of 3 columns.');
  await button(page, 'Train on its rows').click();
  await expect(card(page)).toBeHidden();
  await expect(target(page, 'hügel.csv')).toBeChecked();
  await expect(page.getByText('A table: 1,200 rows, 3 columns.')).toBeVisible();
  await expect.poll(() => read(page, NLL)).not.toBeNaN();
  const before = await read(page, NLL);
  await button(page, 'Play').click();
  await until(page, NLL).toBeLessThan(before - 0.3);
  await rest(page);
  await expect(page).toHaveURL(/target\.kind=table&target\.hash=[0-9a-f]{64}&.*&table=[0-9a-f]{8}\.1200$/);
  const address = page.url();
  await button(page, 'Undo').click();
  await expect(target(page, 'Two moons')).toBeChecked();
  await button(page, 'Redo').click();
  await expect(target(page, 'hügel.csv')).toBeChecked();

  // Where nobody has been.
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  const other = await context.newPage();
  await notTheFirstTime(other);
  await other.goto(address);
  await expect(other.getByRole('alert')).toHaveText(
    /^This needs the rows of hügel\.csv \(1200 rows, 3 columns\), which are not here: drop that file on the page, and it opens\./,
  );
  await bring(other, 'other.csv', german(ROWS - 1));
  await expect(other.getByRole('alert').first()).toContainText(
    'other.csv has other rows than those of hügel.csv',
  );
  await expect(card(other)).toContainText('1,199 points');
  await drop(other, 'renamed.csv', german(ROWS));
  await expect(target(other, 'hügel.csv')).toBeChecked();
  await expect(card(other)).toBeHidden();
  await expect(other.getByRole('alert')).toBeHidden();
  await expect.poll(() => read(other, NLL)).toBeCloseTo(before, 1);
  // It is kept here now.
  await other.goto('about:blank');
  await other.goto(address);
  await expect(target(other, 'hügel.csv')).toBeChecked();
  await context.close();
});

test('few rows stand in the link; a column that says nothing new is left out by one click', async ({
  page,
  browser,
}) => {
  await openAtRest(page);
  const lines = ['a,b,c,twice'];
  for (let i = 0; i < 60; i++) {
    const [a, b, c] = [Math.sin(i * 12.9898), Math.cos(i * 78.233), Math.sin(i * i)].map((value) =>
      Math.round(1000 * value),
    ) as [number, number, number];
    lines.push([a, b, c, 2 * a].map((value) => (value / 1000).toFixed(3)).join(','));
  }
  await bring(page, 'few.csv', lines.join('\n'));
  await expect(card(page)).toContainText('twice says the same as a');
  await button(page, 'Leave twice out').click();
  await expect(card(page)).not.toContainText('twice says the same as a');
  await expect(card(page).getByLabel('twice')).not.toBeChecked();
  await button(page, 'Train on its rows').click();
  await expect(target(page, 'few.csv')).toBeChecked();
  await expect(page).toHaveURL(/&target\.columns=\[0,1,2\]&.*&rows=[\w-]+$/);
  const address = page.url();
  expect(address.length).toBeLessThan(8000);
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  const other = await context.newPage();
  await notTheFirstTime(other);
  await other.goto(address);
  await expect(target(other, 'few.csv')).toBeChecked();
  await expect.poll(() => read(other, NLL)).not.toBeNaN();
  expect(await read(other, NLL)).toBe(await read(page, NLL));
  // Rows that are damaged: a sentence, and the page stays usable.
  await other.goto('about:blank');
  await other.goto(
    address.replace(/&rows=.*/, '&rows=AAAA').replace(/target\.hash=[0-9a-f]{8}/, 'target.hash=00000000'),
  );
  await expect(other.getByRole('alert')).toContainText('the rows in it are damaged or were cut short');
  await button(other, 'Start with two moons').click();
  await expect(target(other, 'Two moons')).toBeChecked();
  await context.close();
});

test('the page’s own tables are one row of the gallery, and a stop of the Tab key with it', async ({
  page,
}) => {
  await openAtRest(page);
  await choose(page, 'Penguins');
  await expect(target(page, 'Penguins')).toBeChecked();
  await expect(page.getByText('A table: 342 rows, 4 columns.')).toBeVisible();
  await expect.poll(() => read(page, NLL)).not.toBeNaN();
  await button(page, 'Play').click();
  await expect.poll(() => steps(page)).toBeGreaterThan(5);
  await expect(page).toHaveURL(/target\.name=Penguins&target\.columns=\[0,1,2,3\]/);
  expect(page.url()).not.toMatch(/&(rows|table)=/);
  const stops = page.getByRole('radiogroup', { name: 'Target' }).locator('[tabindex="0"]');
  await expect(stops).toHaveCount(1);
  await stops.press('ArrowRight');
  await expect(target(page, 'Wine')).toBeChecked();
  await stops.press('ArrowRight');
  await expect(target(page, 'Two moons')).toBeChecked();
  await page.reload();
  await expect(target(page, 'Two moons')).toBeChecked();
});

test('noise as wide as their steps gives columns of whole numbers a floor', async ({ page }) => {
  await openAtRest(page);
  const lines = ['length,rings'];
  for (let i = 0; i < 200; i++)
    lines.push(`${Math.sin(i * 12.9898)},${2 * Math.round(3 * Math.cos(i * 78.233))}`);
  await bring(page, 'shells.csv', lines.join('\n'));
  await expect(card(page)).toContainText('rings has whole numbers only, or few different ones');
  await button(page, 'Add noise as wide as a step to rings').click();
  await expect(card(page)).toContainText('noise as wide as a step is added to rings');
  await button(page, 'Train on its rows').click();
  await expect(target(page, 'shells.csv')).toBeChecked();
  await expect.poll(() => read(page, NLL)).not.toBeNaN();
  await expect(page).toHaveURL(/target\.transforms=\[[^&]*dequantise[^&]*step%22%3A2/);
  await button(page, 'Play').click();
  await expect.poll(() => steps(page)).toBeGreaterThan(5);
  await expect(page.getByRole('alert')).toBeHidden();
});

test('a table is there again after a reload, with what was trained of it', async ({ page }) => {
  await openAtRest(page);
  await bring(page, 'hügel.csv', german(ROWS));
  await button(page, 'Train on its rows').click();
  await expect(target(page, 'hügel.csv')).toBeChecked();
  await button(page, 'Play').click();
  await expect.poll(() => steps(page)).toBeGreaterThan(30);
  await rest(page);
  const trained = await kept(page);
  await page.reload();
  await expect(target(page, 'hügel.csv')).toBeChecked();
  await expect.poll(() => steps(page)).toBeGreaterThanOrEqual(trained);
});
