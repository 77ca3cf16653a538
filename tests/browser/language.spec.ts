/** The page in its second language: all of it, and without losing what runs. */

import { expect, test, type Page } from './page-test';
import { axe } from './axe';
import { de } from '../../www/i18n/de';
import { en } from '../../www/i18n/en';
import { all } from '../lessons/read';
import { button, notTheFirstTime, openAtRest, output, until } from './actions';

/** All texts of a language that stand by themselves. */
function textsOf(words: unknown): string[] {
  if (typeof words === 'string') return [words];
  if (typeof words !== 'object' || words === null) return [];
  return Object.values(words).flatMap(textsOf);
}
const german = new Set(textsOf(de));
/** What would give an English page away. */
const onlyEnglish = new Set(textsOf(en).filter((text) => !german.has(text) && /[A-Za-z]{2}/.test(text)));

/** Everything that is written or read out on the page and is one of the English texts. */
async function englishOn(page: Page): Promise<string[]> {
  const said = await page.evaluate(() => {
    const found: string[] = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (!node.parentElement?.closest('script, style, noscript, option[lang]'))
        found.push(node.textContent ?? '');
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]'))
      for (const name of ['aria-label', 'title', 'placeholder']) found.push(element.getAttribute(name) ?? '');
    return found.map((text) => text.replace(/\s+/g, ' ').trim());
  });
  return said.filter((text) => onlyEnglish.has(text));
}

const VIEWS = Object.keys(de.views) as (keyof typeof de.views)[];

/** Steps as a German page writes them: 1.240. */
const steps = async (page: Page): Promise<number> =>
  Number(((await output(page, 'Getane Schritte').textContent()) ?? '').replaceAll('.', ''));

const languageOf = (page: Page) => page.locator('html').getAttribute('lang');

test.describe('a browser that prefers German', () => {
  test.use({ locale: 'de-CH' });

  test('gets the laboratory in German, every view and panel of it', async ({ page }) => {
    await notTheFirstTime(page);
    const views = VIEWS.map((view) => `${view}*`).join(',');
    await page.goto(`/#optimiser.schedule.kind=constant&2.model.ordering=[1,0]&views=${views}`);
    await expect(button(page, 'Pause')).toBeVisible();
    expect(await languageOf(page)).toBe('de');
    await expect.poll(() => steps(page)).toBeGreaterThan(50);
    await button(page, 'Pause').click();
    // Every view has its first answer.
    for (const view of VIEWS)
      await expect(page.getByRole('heading', { name: de.viewNames[view].title })).toBeVisible();
    await expect(page.getByText(de.view.looking)).toHaveCount(0);
    await expect(page.getByText(de.view.loading)).toHaveCount(0);
    for (const summary of await page.locator('summary').all()) await summary.click();
    for (const told of await page
      .getByRole('button', { name: new RegExp(`^${de.view.what.replace('?', '\\?')}`) })
      .all())
      await told.click();
    expect(await englishOn(page)).toEqual([]);
    // 0,1234: numbers are written as the language writes them.
    await expect(page.getByLabel('KL in nats').first()).toHaveText(/^−?\d+,\d+$/);
    const { violations } = await axe(page).withTags(['wcag2a', 'wcag2aa', 'wcag22aa']).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  });

  test('gets the tour and the lessons in German', async ({ page }) => {
    await page.goto('/');
    const tour = page.getByRole('dialog', { name: /^Rundgang, 1 von 5/ });
    await expect(tour).toContainText('Ein Modell lernt');
    for (let stop = 2; stop <= 5; stop++) {
      await button(page, 'Weiter').click();
      await expect(page.getByRole('dialog', { name: new RegExp(`^Rundgang, ${stop} von 5`) })).toBeVisible();
    }
    await button(page, 'Schließen').click();
    await page.getByRole('link', { name: 'Lektionen' }).click();
    await expect(page.getByRole('listitem')).toHaveCount(14);
    expect(await englishOn(page)).toEqual([]);
    await page.getByRole('link', { name: 'Auf die Reihenfolge kommt es an' }).click();
    await expect(page.getByRole('heading', { name: 'Dasselbe Modell zweimal' })).toBeVisible();
    await page.getByRole('radio', { name: 'Nur eine von ihnen.' }).click();
    await button(page, 'Trainiert zeigen').click();
    const lines = page.getByRole('region', { name: 'Was du sehen solltest' }).getByRole('listitem');
    await expect(lines.filter({ hasText: /, gesehen$/ })).toHaveCount(2);
    await expect(page.getByText('So kommt es. Du hast es erraten.')).toBeVisible();
    expect(await englishOn(page)).toEqual([]);
  });

  test('is told what is wrong in German: a link, a file, a setting', async ({ page }) => {
    await notTheFirstTime(page);
    const told = page.getByRole('alert');
    await page.goto('/#model.layers=0');
    await expect(told).toContainText(
      'Dieser Link lässt sich nicht öffnen: model.layers ist 0; erlaubt: eine ganze Zahl von 1 bis 64.',
    );
    await button(page, 'Mit zwei Monden beginnen').click();
    await expect(told).toHaveCount(0);
    await page.locator('input[type=file]').setInputFiles({
      name: 'leer.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('nur ein paar Wörter'),
    });
    await expect(told).toContainText(
      'Zwei Spalten mit Zahlen werden gebraucht; diese Tabelle hat 0 unter 4.',
    );
  });
});

test('changing the language changes every word and loses nothing', async ({ page }) => {
  await openAtRest(page);
  await button(page, 'Play').click();
  await until(page, 'Steps taken').toBeGreaterThan(40);
  await button(page, 'Help').click();
  await page.getByRole('combobox', { name: 'Language' }).selectOption('Deutsch');
  await expect(page.getByRole('heading', { name: 'Eine Dichte, vor deinen Augen gelernt' })).toBeVisible();
  await page.keyboard.press('Escape');
  // The run went on.
  const taken = await steps(page);
  expect(taken).toBeGreaterThan(40);
  await expect.poll(() => steps(page)).toBeGreaterThan(taken);
  expect(await englishOn(page)).toEqual([]);

  // It is kept for the next visit.
  await page.reload();
  await expect(button(page, 'Hilfe')).toBeVisible();
  // An address that names a language is obeyed for this visit, until the person chooses.
  await page.goto('/?lang=en');
  await expect(button(page, 'Help')).toBeVisible();
  await page.getByRole('link', { name: 'Lessons' }).click();
  await page.getByRole('combobox', { name: 'Language' }).selectOption('Deutsch');
  await expect(page.getByRole('link', { name: 'Die Kettenregel' })).toBeVisible();
  await page.getByRole('combobox', { name: 'Sprache' }).selectOption('English');
  await expect(page.getByRole('link', { name: 'The chain rule' })).toBeVisible();
  await page.goto('/?lang=en');
  await button(page, 'Help').click();
  await page.getByRole('combobox', { name: 'Language' }).selectOption('Deutsch');
  await expect(page).not.toHaveURL(/lang=/);
  await page.reload();
  await expect(button(page, 'Hilfe')).toBeVisible();
});

test('a language that can’t be loaded is told, and the page stays as it is', async ({ page }) => {
  await page.route('**/assets/de-*.js', (route) => route.abort());
  await openAtRest(page);
  await button(page, 'Help').click();
  const choice = page.getByRole('combobox', { name: 'Language' });
  await choice.selectOption('Deutsch');
  await expect(page.getByRole('alert')).toContainText('This language could not be loaded.');
  await expect(choice).toHaveValue('en');
});

test('every German lesson opens, presented and embedded too', async ({ page }) => {
  await notTheFirstTime(page);
  for (const { name, lesson } of all('www/lessons/de')) {
    await page.goto(`/?lesson=${name}&lang=de&present`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(lesson.head.title);
    await expect(page.getByRole('heading', { name: lesson.parts[0]?.title ?? '' })).toBeVisible();
  }
  expect(await englishOn(page)).toEqual([]);
  await page.goto('/?embed&lang=de');
  await expect(page.getByRole('link', { name: 'Im Playground öffnen' })).toBeVisible();
});
