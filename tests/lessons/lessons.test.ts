/** Every lesson is whole, in every language; that its runs show what they should is in runs-a.test.ts and runs-b.test.ts. */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Inline } from '../../www/lessons/lesson';
import { measures } from '../../www/lessons/measures';
import { runCount } from '../../www/lessons/names';
import { LANGUAGES, words } from '../../www/i18n';
import { OpenViews } from '../../www/state/open-views.svelte';
import { run } from '../browser/core';
import { inWords, opened } from './harness';
import { all, figures, FOLDER, nameOf, TRAINED } from './read';

const lessons = all();
/** The files that the lessons need. */
const needed = new Set(
  lessons.flatMap(({ name, lesson }) =>
    figures(lesson)
      .filter(({ figure }) => figure.trained)
      .flatMap((liveFigure) =>
        Array.from({ length: runCount(liveFigure.figure.link) }, (_, index) =>
          nameOf(name, liveFigure, index),
        ),
      ),
  ),
);

test('there are fourteen', () => expect(lessons).toHaveLength(14));

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
    expect(figures(lesson)).toEqual(original && figures(original));
    const said = (value: unknown): string[] => {
      if (typeof value === 'string') return value.length > 20 && !value.startsWith('<') ? [value] : [];
      if (typeof value !== 'object' || value === null) return [];
      return Object.entries(value).flatMap(([key, inner]) =>
        ['figure', 'references', 'setting', 'href'].includes(key) ? [] : said(inner),
      );
    };
    const english = new Set(said(original));
    expect(said(lesson).filter((text) => english.has(text))).toEqual([]);
  });
});

describe.each(lessons)('$name', ({ lesson }) => {
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
    for (const { figure } of figures(lesson)) {
      for (const line of figure.expect) {
        const how = measures[line.measure];
        expect(how, line.measure).toBeDefined();
        // The views, and so these measures, look at one run: the first.
        if (how && 'question' in how) expect(line.run, inWords(line)).toBe(0);
      }
    }
  });

  describe.each(figures(lesson))('part $part, answer: $answer', (liveFigure) => {
    const { figure } = liveFigure;

    test('its link opens', async () => {
      const { experiments, views } = await opened(figure.link);
      new OpenViews(() => undefined).read(views);
      for (const experiment of experiments) {
        const own = run(experiment).experiment() as { optimiser: { schedule: { steps?: number } } };
        // The run ends when what is expected is there.
        if (figure.steps > 0) expect(own.optimiser.schedule.steps).toBe(figure.steps);
      }
    });
  });
});

test('the trained parameters are those that lessons need, each soon fetched', () => {
  const there = readdirSync(TRAINED);
  expect(there.sort()).toEqual([...needed].sort());
  for (const file of there) expect(statSync(join(TRAINED, file)).size, file).toBeLessThan(100_000);
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
