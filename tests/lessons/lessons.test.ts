/** Every lesson does what it says: its runs are trained from the start, and show what the reader should see. */

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readModel, writeModel } from '../../www/files/model';
import type { Inline } from '../../www/lessons/lesson';
import { holds, measures } from '../../www/lessons/measures';
import { runCount } from '../../www/lessons/names';
import { LANGUAGES, words } from '../../www/i18n';
import { fromLink } from '../../www/state/link';
import { OpenViews } from '../../www/state/open-views.svelte';
import { floats, run } from '../browser/core';
import { inWords, measure, train } from './harness';
import { all, exhibits, FOLDER, nameOf } from './read';

/** `npm run pretrain`: the parameters are written, not compared. */
const writing = process.env['PRETRAIN'] === '1';
const trainedFolder = join(FOLDER, 'trained');
if (writing) rmSync(trainedFolder, { recursive: true, force: true });
mkdirSync(trainedFolder, { recursive: true });

const lessons = all();
/** The files that the lessons need. */
const needed = new Set(
  lessons.flatMap(({ name, lesson }) =>
    exhibits(lesson)
      .filter(({ figure }) => figure.trained)
      .flatMap((exhibit) =>
        Array.from({ length: runCount(exhibit.figure.link) }, (_, index) => nameOf(name, exhibit, index)),
      ),
  ),
);

test('there are ten', () => expect(lessons).toHaveLength(10));

/** All pieces of text, however deep. */
function* pieces(text: unknown): Generator<Exclude<Inline, string>> {
  if (Array.isArray(text)) for (const one of text) yield* pieces(one);
  else if (typeof text === 'object' && text !== null) {
    yield text as Exclude<Inline, string>;
    for (const one of Object.values(text)) yield* pieces(one);
  }
}

describe.each(Object.keys(LANGUAGES).filter((tag) => tag !== 'en'))('in %s', (tag) => {
  // Reading a translation holds its shape to the original's: parts, guesses, lists, formulas, links, answers.
  const own = all(join(FOLDER, tag));

  test('there is every lesson', () =>
    expect(own.map(({ file }) => file)).toEqual(lessons.map(({ file }) => file)));

  test.each(own)('$name: the original’s runs, no sentence of English', ({ file, lesson }) => {
    const original = lessons.find((one) => one.file === file)?.lesson;
    expect(exhibits(lesson)).toEqual(original && exhibits(original));
    const said = (value: unknown): string[] => {
      if (typeof value === 'string') return value.length > 20 && !value.startsWith('<') ? [value] : [];
      if (typeof value !== 'object' || value === null) return [];
      return Object.entries(value).flatMap(([key, inner]) =>
        ['figure', 'references', 'setting'].includes(key) ? [] : said(inner),
      );
    };
    const english = new Set(said(original));
    expect(said(lesson).filter((text) => english.has(text))).toEqual([]);
  });
});

describe.each(lessons)('$name', ({ name, lesson }) => {
  const { head, parts } = lesson;

  test('begins with a question to guess at, and ends with three exercises that have answers', () => {
    expect(parts[0]?.guess).not.toBeNull();
    expect(parts[0]?.figure).not.toBeNull();
    expect(parts.map((part) => part.exercise).slice(-3)).toEqual([true, true, true]);
    expect(parts.filter((part) => part.exercise)).toHaveLength(3);
    for (const part of parts.filter((one) => one.exercise)) {
      expect(part.answer?.body.length).toBeGreaterThan(0);
      expect(part.figure).not.toBeNull();
    }
    expect(head.references.length).toBeGreaterThan(0);
    for (const { authors, title, year } of head.references) {
      expect(authors).not.toBe('');
      expect(title).not.toBe('');
      expect(year).toBeGreaterThan(1900);
    }
  });

  test('names only terms, lessons and measures that there are', () => {
    for (const piece of pieces(parts)) {
      if ('term' in piece && piece.term !== undefined)
        expect(Object.keys(words.glossary)).toContain(piece.term);
      const [, other] = ('href' in piece && /lesson=([a-z-]+)/.exec(piece.href ?? '')) || [];
      if (other !== undefined) expect(lessons.map((one) => one.name)).toContain(other);
    }
    // What is pressed can’t hold what is pressed.
    for (const part of parts)
      for (const piece of pieces(part.guess)) expect(piece).not.toHaveProperty('term', expect.any(String));
    for (const { figure } of exhibits(lesson)) {
      for (const line of figure.expect) {
        const how = measures[line.measure];
        expect(how, line.measure).toBeDefined();
        // The views, and so these measures, look at one run: the first.
        if (how && 'question' in how) expect(line.run, inWords(line)).toBe(0);
      }
    }
  });

  describe.each(exhibits(lesson))('part $part, answer: $answer', (exhibit) => {
    const { figure } = exhibit;

    test('its link opens', async () => {
      const { experiments, views } = await fromLink(figure.link);
      new OpenViews(() => undefined).read(views);
      for (const experiment of experiments) {
        const own = run(experiment).experiment() as { optimiser: { schedule: { steps?: number } } };
        // The run ends when what is expected is there.
        if (figure.steps > 0) expect(own.optimiser.schedule.steps).toBe(figure.steps);
      }
    });

    test('its runs show what is expected', { timeout: 300_000 }, async () => {
      const runs = await train(figure);
      for (const line of figure.expect) {
        const one = runs[line.run];
        if (!one) throw new Error(`${inWords(line)} is about a run that is not there`);
        const value = measure(one, line.measure);
        expect(holds(value, line.relation, line.bound), `${inWords(line)}, but it is ${value}`).toBe(true);
      }
      if (!figure.trained) return;
      runs.forEach((one, index) => {
        const file = nameOf(name, exhibit, index);
        const path = join(trainedFolder, file);
        const values = one.parameters() as Float32Array<ArrayBuffer>;
        if (writing) writeFileSync(path, writeModel(one.experiment(), { step: one.step, values }));
        expect(existsSync(path), `${file} is missing: npm run pretrain`).toBe(true);
        const { experiment, saved } = readModel(readFileSync(path));
        expect(experiment, `${file} is of another experiment: npm run pretrain`).toEqual(one.experiment());
        expect(saved.step).toBe(figure.steps);
        expect(floats(new Uint8Array(saved.values.buffer)), `${file}: npm run pretrain`).toEqual(values);
      });
    });
  });
});

test.skipIf(writing)('the trained parameters are those that lessons need, each soon fetched', () => {
  const there = readdirSync(trainedFolder);
  expect(there.sort()).toEqual([...needed].sort());
  for (const file of there) expect(statSync(join(trainedFolder, file)).size, file).toBeLessThan(100_000);
});

test('docs/teaching.md says of each lesson what its file does', () => {
  const text = readFileSync('docs/teaching.md', 'utf8').replace(/\s+/g, ' ');
  for (const { name, lesson } of lessons) {
    const { question, minutes, needs, teacher } = lesson.head;
    const exercises = 3;
    const steps = lesson.parts.length - exercises;
    expect(text).toContain(
      `${question}_ ${minutes} minutes, ${steps} steps and ${exercises} exercises; \`?lesson=${name}\`. Before it: ${needs} ${teacher}`.trim(),
    );
  }
});
