/**
 * Every view from recorded answers: the gallery that `npm run dev -- gallery` serves. `npm run record` makes the recording and the drawings
 * anew, in tests/gallery/recorded.json and tests/fixtures/gallery/.
 */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, type Locator, type Page, test } from './page-test';
import { createServer, type ViteDevServer } from 'vite';
import { marginals } from '../../www/engine/marginals';
import { de } from '../../www/i18n/de';
import { en, type ViewName } from '../../www/i18n/en';
import type { Costed } from '../../www/engine/protocol';
import { decode, encode } from '../gallery/codec';
import { drawingsOf } from '../gallery/drawings';
import {
  EXHIBITS,
  type EnsembleOrder,
  type Exhibit,
  type Recording,
  type Reply,
  type Report,
  type Wish,
} from '../gallery/recording';
import { Probe, run, stage } from './core';

const RECORD = process.env.RECORD === '1';
const FIXTURE = 'tests/gallery/recorded.json';
const DRAWINGS = 'tests/fixtures/gallery';
/** Of each recorded number: as many as a picture shows. */
const DIGITS = 4;
/** Cells on each side of a recorded density, and of a small picture of one. */
const [SIDE, SMALL] = [64, 24];
/** Steps between two looks at the modes. */
const EVERY = 50;

const runs = new Map<string, ReturnType<typeof run>>();

/** Trains an Experiment of the gallery, and says what its run would report. */
function trained({ name, experiment, steps }: Exhibit): Report {
  const own = run(experiment);
  runs.set(name, own);
  const filled = own.experiment() as Report['experiment'];
  const window = stage(filled.target);
  const coverage: Report['coverage'] = [];
  for (let step = 0; step <= steps; step += EVERY) {
    if (step > 0) own.train(EVERY);
    coverage.push({ step, modes: own.coverage() as never, offSupportMass: own.offSupportMass() });
  }
  const values = Float32Array.from(own.densityField(window, SIDE, 1));
  const field = { window, side: SIDE, values };
  return {
    experiment: filled,
    window,
    picture: { field, contours: [], marginals: marginals(field) },
    evaluations: own.history(0) as Report['evaluations'],
    coverage,
  };
}

function cost({ family, dim, units, layers, points }: Costed): Reply {
  const probe = new Probe(family, dim, units, layers);
  const [density, sampling] = [probe.take(false, points), probe.take(true, points)];
  // Times are another machine's: a millisecond a pass stands for them.
  return { density, sampling, densityTime: density, samplingTime: sampling };
}

function ensemble({ groups, window, steps }: EnsembleOrder): Reply {
  const all = groups.flat().map((experiment) => {
    const own = run(experiment);
    own.train(steps);
    const { nll, kl, standard_error } = own.evaluate();
    const member = { nll, kl, standard_error, found: own.coverage().found, failed: null };
    return { member, values: own.densityField(window, SMALL, 1) };
  });
  return {
    members: all.map(({ member }) => member),
    fields: Float32Array.from(all.flatMap(({ values }) => [...values])),
    side: SMALL,
  };
}

/** What the core says to a wish of the page's. */
function answer(exhibit: string, { ask, about }: Wish): Reply {
  if (ask === 'cost') return cost(about[0] as Costed);
  if (ask === 'ensemble') return ensemble(about[0] as EnsembleOrder);
  const own = runs.get(exhibit) as unknown as Record<string, (...about: unknown[]) => Reply>;
  const method = own[ask];
  if (!method) throw new Error(`the core has no question ${ask}`);
  return method.apply(own, [...about]);
}

let server: ViteDevServer;
let address = '';

async function open(page: Page, query = ''): Promise<void> {
  await page.setViewportSize({ width: 1700, height: 1000 });
  await page.emulateMedia({
    reducedMotion: 'reduce',
    colorScheme: query.includes('dark') ? 'dark' : 'light',
  });
  await page.goto(`${address}gallery.html?${query}`);
  const words = query.includes('lang=de') ? de : en;
  const card = (exhibit: string, view: ViewName) =>
    page.locator(`article[data-exhibit=${exhibit}][data-view=${view}]`);
  const settled = async () => {
    await expect(page.getByText(words.view.looking)).toHaveCount(0);
    await expect(page.locator('progress')).toHaveCount(0);
  };
  await expect(page.locator('article')).not.toHaveCount(0);
  await expect(card('flow', 'ensemble').locator('button.primary')).toBeVisible();
  await settled();
  // What a view shows only when it is asked to.
  const press = (where: Locator) => where.click();
  await press(card('chain', 'ancestral').locator('button.primary'));
  await press(card('chain', 'ancestral').locator('button.primary'));
  await press(card('flow', 'ancestral').locator('button.primary'));
  await press(card('flow', 'cost').getByRole('button', { name: words.views.cost.measure }));
  await press(card('flow', 'ensemble').locator('button.primary'));
  await expect(card('flow', 'cost').getByRole('table')).toBeVisible();
  // A question that was not recorded is told at once, and not by waiting for its answer.
  const unanswered = page.getByText('npm run record');
  await expect(card('flow', 'ensemble').locator('canvas').or(unanswered).first()).toBeVisible();
  await expect(unanswered).toHaveCount(0);
  await settled();
}

/** The drawings of every card, by its Experiment and view. */
async function drawn(page: Page): Promise<Map<string, string[]>> {
  const all = new Map<string, string[]>();
  for (const card of await page.locator('article').all()) {
    const name = `${await card.getAttribute('data-exhibit')}-${await card.getAttribute('data-view')}`;
    const lines = await card.evaluate(drawingsOf);
    if (lines.length > 0) all.set(name, lines);
  }
  return all;
}

async function record(page: Page): Promise<void> {
  const recording: Recording = {};
  for (const exhibit of EXHIBITS) recording[exhibit.name] = { report: trained(exhibit), answers: {} };
  const save = () => {
    // A line for each answer, so that a difference tells which one it is.
    const parts = Object.entries(recording).map(([name, { report, answers }]) => {
      const lines = Object.entries(answers).map(
        ([wish, reply]) => `${JSON.stringify(wish)}: ${encode(reply, DIGITS)}`,
      );
      return `"${name}": {"report":\n${encode(report, DIGITS)},\n"answers": {\n${lines.join(',\n')}\n}}`;
    });
    writeFileSync(FIXTURE, `{\n${parts.join(',\n')}\n}\n`);
  };
  save();
  await page.exposeFunction('answerByCore', (exhibit: string, text: string) => {
    const reply = answer(exhibit, decode<Wish>(text));
    const own = recording[exhibit];
    if (own) own.answers[text] = reply;
    return encode(reply, DIGITS);
  });
  await open(page);
  // Reading the fixture gives what was rounded: from now on the page asks for what it will ask for.
  save();
}

test.describe('the gallery', () => {
  test.beforeAll(async ({ browser }) => {
    test.setTimeout(300_000);
    if (RECORD) {
      writeFileSync(FIXTURE, '{}\n');
      mkdirSync(DRAWINGS, { recursive: true });
    }
    server = await createServer({
      logLevel: 'error',
      server: { port: 0, watch: null },
      // Found while the page loads they would load it again.
      optimizeDeps: { noDiscovery: true, include: [] },
    });
    await server.listen();
    address = server.resolvedUrls?.local[0] ?? '';
    if (!RECORD) return;
    const page = await browser.newPage();
    await record(page);
    await page.close();
    server.moduleGraph.invalidateAll();
  });

  test.afterAll(() => server.close());

  test('shows every view as it was drawn before', async ({ page }) => {
    await open(page, 'lang=en');
    await expect(page.getByText('npm run record')).toHaveCount(0);
    for (const [name, lines] of await drawn(page)) {
      const path = `${DRAWINGS}/${name}.svg.txt`;
      const text = `${lines.join('\n')}\n`;
      if (RECORD) writeFileSync(path, text);
      expect(text, path).toBe(readFileSync(path, 'utf8'));
    }
  });

  test('draws the same in the dark and in German, but for words and numbers', async ({ page }) => {
    await open(page, 'lang=en');
    const wordless = (all: Map<string, string[]>) =>
      [...all].map(([name, lines]) => [
        name,
        lines.map((line) => line.replace(/>.*| aria-(label|valuetext)="[^"]*"/g, '')),
      ]);
    const light = wordless(await drawn(page));
    await open(page, 'lang=en&dark');
    expect(wordless(await drawn(page))).toEqual(light);
    await open(page, 'lang=de');
    expect(wordless(await drawn(page))).toEqual(light);
  });

  test('has the answers that the core gives', () => {
    test.setTimeout(300_000);
    const recording = decode<Recording>(readFileSync(FIXTURE, 'utf8'));
    for (const exhibit of EXHIBITS) {
      const recorded = recording[exhibit.name];
      const report = decode(encode(trained(exhibit), DIGITS));
      near(report, recorded?.report, exhibit.name);
      for (const [wish, reply] of Object.entries(recorded?.answers ?? {}))
        near(decode(encode(answer(exhibit.name, decode<Wish>(wish)), DIGITS)), reply, wish.slice(0, 60));
    }
  });
});

/** The same but for a thousandth of each number. */
function near(now: unknown, before: unknown, where: string): void {
  if (typeof now === 'number' && typeof before === 'number') {
    if (Math.abs(now - before) > 1e-3 * (1 + Math.abs(before)))
      throw new Error(`${where}: ${now} now, ${before} in the recording; npm run record makes it anew`);
  } else if (typeof now === 'object' && now !== null && typeof before === 'object' && before !== null) {
    expect(Object.keys(now), where).toEqual(Object.keys(before));
    for (const [key, inner] of Object.entries(now))
      near(inner, (before as Record<string, unknown>)[key], `${where} ${key}`);
  } else expect(now, where).toEqual(before);
}
