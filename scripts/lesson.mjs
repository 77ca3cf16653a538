// Lessons are Markdown (docs/contributing.md says how they are written). When the page is built each becomes data: no parser and no formula
// library reaches the reader, and no text of a lesson is ever HTML.

import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Lexer, marked } from 'marked';
import { parse as yaml } from 'yaml';
import { mathml } from './tex.mjs';

/** Formulas between dollar signs: one within a line, two for a line of its own. */
marked.use({
  extensions: [
    {
      name: 'math',
      level: 'inline',
      start: (source) => source.indexOf('$'),
      tokenizer(source) {
        const [raw, fence, text] = /^(\$\$?)([^$]+)\1/.exec(source) ?? [];
        return raw && { type: 'math', raw, text: text.trim(), display: fence === '$$' };
      },
    },
  ],
});

/** What a link may point at: a colour that carries a meaning, a term of the glossary, or another place of the page. */
const COLOURS = ['x1', 'x2', 'target', 'model', 'base'];

function inline(token, fail) {
  const within = () => token.tokens.map((inner) => inline(inner, fail));
  switch (token.type) {
    case 'text':
      return token.tokens ? { span: within() } : plain(token.text);
    case 'escape':
      return plain(token.text);
    case 'strong':
      return { strong: within() };
    case 'em':
      return { em: within() };
    case 'codespan':
      return { code: plain(token.text) };
    case 'math':
      return { math: mathml(token.text, token.display), display: token.display };
    case 'link':
      if (COLOURS.includes(token.href)) return { span: within(), colour: token.href };
      if (token.href.startsWith('term:')) return { span: within(), term: token.href.slice(5) };
      if (/^[?#]/.test(token.href)) return { span: within(), href: `./${token.href}` };
      return fail(
        `a link to ${token.href}; there are colours (${COLOURS.join(', ')}), term:name, ?lesson=name and #link`,
      );
    default:
      return fail(`${token.type} within a line, which lessons do not have`);
  }
}

/** The lexer leaves what HTML would escape as entities in some tokens. */
const plain = (text) =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', '’')
    .replaceAll('&amp;', '&');

function block(token, fail) {
  const lines = (tokens) => tokens.map((inner) => inline(inner, fail));
  switch (token.type) {
    case 'paragraph':
      return { p: lines(token.tokens) };
    case 'list':
      return {
        list: token.items.map((item) => lines(item.tokens.flatMap((inner) => inner.tokens ?? [inner]))),
        ordered: token.ordered,
      };
    default:
      return fail(`${token.type}, which lessons do not have`);
  }
}

const EXPECTATION = /^([A-D])\.([a-z-]+) (<|>|=) (\S+)$/;

/** `A.kl < 0.05`. */
function expectation(text, fail) {
  const [, run, measure, relation, bound] = EXPECTATION.exec(text) ?? [];
  if (!measure || !Number.isFinite(Number(bound)))
    fail(`the expectation “${text}”; write for instance “A.kl < 0.05”`);
  return { run: 'ABCD'.indexOf(run), measure, relation, bound: Number(bound) };
}

const RUN_FIELDS = ['link', 'steps', 'trained', 'expect', 'controls'];

/** `setting` is what all runs of a lesson share: it comes first in every link. */
function figure(text, setting, fail) {
  const { link, steps, trained = false, expect = [], controls = [], ...rest } = yaml(text);
  for (const field of Object.keys(rest))
    fail(`the field ${field} of a run; there are ${RUN_FIELDS.join(', ')}`);
  if (typeof link !== 'string' || !link.startsWith('#')) fail('a run without a link that starts with #');
  if (!(Number.isInteger(steps) && steps >= 0)) fail('a run without a number of steps');
  const whole = setting ? `#${[setting, link.slice(1)].filter((part) => part !== '').join('&')}` : link;
  return { link: whole, steps, trained, expect: expect.map((one) => expectation(one, fail)), controls };
}

/** `- [ ] wrong` and `- [x] right`. */
function guess(token, fail) {
  const options = token.items.map((item) => ({
    text: item.tokens.flatMap((inner) => inner.tokens ?? []).map((inner) => inline(inner, fail)),
    right: item.checked,
  }));
  if (options.filter((option) => option.right).length !== 1)
    fail('a guess of which not exactly one answer is right');
  return options;
}

/** One part of a lesson: its heading and all up to the next one. */
function part(tokens, setting, file) {
  const [heading, ...rest] = tokens;
  const [, exercise, title] = /^(Exercise: )?(.*)$/s.exec(heading.text);
  const fail = (what) => {
    throw new Error(`${file}, “${heading.text}”: ${what}.`);
  };
  const whole = {
    title: plain(title),
    exercise: exercise !== undefined,
    say: null,
    body: [],
    guess: null,
    figure: null,
    answer: null,
  };
  let body = whole.body;
  for (const token of rest) {
    if (token.type === 'space') continue;
    if (token.type === 'heading') {
      whole.answer = { body: [], figure: null };
      body = whole.answer.body;
    } else if (token.type === 'blockquote') {
      whole.say = token.tokens.flatMap((inner) => inner.tokens ?? []).map((inner) => inline(inner, fail));
    } else if (token.type === 'code' && token.lang === 'run') {
      (whole.answer ?? whole).figure = figure(token.text, setting, fail);
    } else if (token.type === 'list' && token.items.every((item) => item.task)) {
      whole.guess = guess(token, fail);
    } else body.push(block(token, fail));
  }
  if (!whole.say) fail('no line for the projector (“> …”)');
  if (whole.exercise && !whole.answer) fail('an exercise without “### Answer”');
  return whole;
}

/** A lesson's file as data. */
export function readLesson(source, file) {
  const [, front, text] = /^---\n(.*?)\n---\n(.*)$/s.exec(source) ?? [];
  if (!front) throw new Error(`${file} does not begin with its head between lines of ---.`);
  const head = yaml(front);
  const tokens = new Lexer(marked.defaults).lex(text);
  const starts = tokens.flatMap((token, i) => (token.type === 'heading' && token.depth === 2 ? [i] : []));
  const parts = starts.map((start, i) => part(tokens.slice(start, starts[i + 1]), head.setting, file));
  return { head, parts };
}

/** All of a text that is the same in every language: what its links point at, and how many formulas it has. */
function* fixed(value) {
  if (Array.isArray(value)) for (const inner of value) yield* fixed(inner);
  else if (typeof value === 'object' && value !== null) {
    if (value.math) yield 'formula';
    if (value.span) yield value.term ?? value.href ?? value.colour ?? '';
    yield* fixed(Object.values(value));
  }
}

/** What of a part a translation has to have too. */
function shapeOf({ exercise, say, body, guess, answer }) {
  const kinds = (blocks) => blocks.map((block) => ('p' in block ? 'p' : block.list.length));
  const links = (blocks) => [...fixed(blocks)].sort();
  const own = (blocks) => blocks && { kinds: kinds(blocks), links: links(blocks) };
  const right = guess?.map((option) => option.right);
  return JSON.stringify({ exercise, say: links(say), body: own(body), right, answer: own(answer?.body) });
}

/** The head of a translation: what else the lesson has is the original's. */
const HEAD = ['title', 'question', 'needs', 'teacher'];

/** A lesson in another language, from a file with its prose alone: runs, references and times are the original's. */
export function translated(original, source, file) {
  const own = readLesson(source, file);
  const fields = Object.keys(own.head).sort().join();
  if (fields !== [...HEAD].sort().join())
    throw new Error(`${file}: its head has ${fields}; it is to have ${HEAD}.`);
  if (own.parts.length !== original.parts.length)
    throw new Error(`${file} has ${own.parts.length} parts, the original ${original.parts.length}.`);
  const parts = own.parts.map((one, i) => {
    const first = original.parts[i];
    const [is, should] = [shapeOf(one), shapeOf(first)];
    if (one.figure || one.answer?.figure)
      throw new Error(`${file}, “${one.title}”: runs are the original’s.`);
    if (is !== should) throw new Error(`${file}, “${one.title}”: ${is}; the original has ${should}.`);
    const answer = one.answer && { ...one.answer, figure: first.answer.figure };
    return { ...one, figure: first.figure, answer };
  });
  return { head: { ...original.head, ...own.head }, parts };
}

/** Reads a lesson from its file, or from its translation in the folder of a language beside it. */
export function lessonOf(file) {
  const [name, folder] = [basename(file), dirname(file)];
  const source = readFileSync(file, 'utf8');
  if (basename(folder) === 'lessons') return readLesson(source, name);
  return translated(lessonOf(join(folder, '..', name)), source, `${basename(folder)}/${name}`);
}

/** The plugin for Vite; `?head` gives the head alone, for the list of lessons. */
export function lessons() {
  return {
    name: 'lessons',
    enforce: 'pre',
    load(id) {
      const [file, query] = id.split('?');
      if (!/\/lessons\/([a-z]{2}\/)?\d\d-[^/]*\.md$/.test(file)) return null;
      this.addWatchFile?.(file);
      this.addWatchFile?.(file.replace(/\/[a-z]{2}\/(?=\d)/, '/'));
      const lesson = lessonOf(file);
      return `export default ${JSON.stringify(query === 'head' ? lesson.head : lesson)}`;
    },
  };
}
