/** The examples of docs/contributing.md: the quoted lines are where they are said to be, the lesson does what it says. */

import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readLesson } from '../../scripts/lesson.mjs';
import { en } from '../../www/i18n/en';
import { holds } from '../../www/lessons/measures';
import { manifest, run } from '../browser/core';
import { inWords, measure, train } from './harness';
import { figures } from './read';

const text = readFileSync('docs/contributing.md', 'utf8');

test('what is quoted stands in its file', () => {
  const quotes = [...text.matchAll(/^```\S+ from (\S+)\n(.*?)^```$/gms)];
  expect(quotes.length).toBeGreaterThan(2);
  // The page's formatter decides how far its examples are indented.
  const flush = (code: string) => code.replace(/^ +/gm, '');
  for (const [, path = '', lines = ''] of quotes)
    expect(flush(readFileSync(path, 'utf8')), path).toContain(flush(lines));
});

/** What is written by hand in some folders, without tests; lessons and examples are there to name what others have made. */
const sources = ['www', 'src', 'scripts'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter(
      (path) =>
        /\.(ts|mjs|svelte|rs|tex|wgsl|py)$/.test(path) && !/\.test\.|engine\/pkg|www\/lessons\//.test(path),
    ),
);

/** The files of a section's list. */
const listed = (heading: string) => {
  const section = text.slice(text.indexOf(`\n## ${heading}\n`) + 1).replace(/\n## [^]*/, '');
  return [...section.matchAll(/^- `([^`]+)`: /gm)].map(([, path = '']) => path).sort();
};

test('a view is named by the files that are listed, and by no other', () => {
  // A model has conditionals too: their key in an Experiment is no view.
  const named = /(?<!\[)'conditionals'|\bConditionals\.svelte|^ {2}conditionals: \{$/m;
  const folder = 'www/views/conditionals/';
  const naming = sources.filter((path) => path.startsWith(folder) || named.test(readFileSync(path, 'utf8')));
  expect(naming.sort()).toEqual(listed('A view'));
});

/** What names a member of each kind is looked for in code, not in comments; `beside` are files that use it, or where the name means something else. */
test.each<{ heading: string; own: RegExp; named: RegExp; beside?: RegExp }>([
  {
    heading: 'A target',
    own: /targets\/(shaders\/)?crescent\./,
    named: /\bCrescent\b(?! of)|mod crescent;|^ {2,}crescent: \{$/m,
  },
  {
    heading: 'A conditional',
    own: /shaders\/laplace\./,
    named: /\bLaplace(?= for\b|,|\)|;|\.wgsl| =>)|"laplace"|^ +laplace: /m,
  },
  {
    heading: 'A base distribution',
    own: /shaders\/student_t\./,
    named: /StudentT \{ degrees|\["degrees"\]|'student-t': 'Student-t, /,
  },
  {
    heading: 'A bijection',
    own: /bijections\/(.*\/)?scaling\.(rs|wgsl)$/,
    named: /(?<!Final)\bScaling\b(?=[ ({:,])|mod scaling;|== "scaling"|^ +scaling: /m,
    beside: /models\/(catalogue|compose)\.rs$|www\/(files|stage|state)\/.*\.ts$/,
  },
])('$heading: the files that are listed name it, and no others', ({ heading, own, named, beside }) => {
  const code = (path: string) =>
    readFileSync(path, 'utf8')
      .replace(/#\[cfg\(test\)\]\nmod [^]*/, '')
      .replace(/^\s*(\/\/|#|\*).*$/gm, '');
  const naming = sources.filter((path) => own.test(path) || (!beside?.test(path) && named.test(code(path))));
  expect(naming.sort()).toEqual(listed(heading));
});

test('each bijection of the catalogue has a sentence in the view of layers', () => {
  const flows = manifest.families.filter(({ group }) => group !== 'latent' && group !== 'adversarial');
  const kinds = flows.flatMap(({ family, structure }) => {
    const one = run({ model: { family, layers: 2, batch_norm: structure !== null } });
    const { layers } = one.layers(1, 2, 2, 1);
    one.free();
    return layers.map(({ kind }) => kind);
  });
  expect(new Set(kinds).size).toBeGreaterThan(4);
  for (const kind of kinds) expect(Object.keys(en.views.layers.kinds)).toContain(kind);
});

test('the lesson can be read, and its runs show what is expected', { timeout: 60_000 }, async () => {
  const [, source = ''] = /^````markdown lesson\n(.*?)^````$/ms.exec(text) ?? [];
  const lesson = readLesson(source, 'the example');
  expect(lesson.parts.map(({ exercise }) => exercise)).toEqual([false, true]);
  const all = figures(lesson);
  expect(all).toHaveLength(3);
  for (const { figure } of all) {
    const runs = await train(figure);
    for (const line of figure.expect) {
      const value = measure(runs[line.run] as never, line.measure);
      expect(holds(value, line.relation, line.bound), `${inWords(line)}, but it is ${value}`).toBe(true);
    }
  }
});

test.each([
  ['a link to nowhere', 'See [there](https://example.org).', 'a link to https://example.org'],
  ['a table', '| a | b |\n| - | - |\n| 1 | 2 |', 'table, which lessons do not have'],
  ['a run without steps', "```run\nlink: '#views=masks'\n```", 'a run without a number of steps'],
  [
    'an expectation nobody can check',
    "```run\nlink: '#'\nsteps: 1\nexpect: [A.kl is small]\n```",
    'the expectation “A.kl is small”',
  ],
  ['a field that is none', "```run\nlink: '#'\nsteps: 1\nstep: 2\n```", 'the field step of a run'],
  ['a formula that is none', 'So $\\frac{1}$ it is.', 'KaTeX'],
])('a lesson with %s is refused, with the place and what is allowed', (_, body, sentence) => {
  const source = `---\ntitle: T\n---\n\n## Part\n\n> Say.\n\n${body}\n`;
  expect(() => readLesson(source, '99-x.md')).toThrow(sentence);
});
