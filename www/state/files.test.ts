import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { takeRows } from '../files/data-rows';
import { answerOf, readPoints, summaryOf, type PointsEvent, type PointsRequest } from '../files/points';
import { FileProblem } from '../files/problem';
import type { Table } from '../files/table';
import type { TargetSpec } from '../engine/protocol';
import { readText } from '../files/text';
import { tableSpec } from '../tables/spec';
import { tables } from '../tables/tables.svelte';
import { base64Of } from './packing';
import { Files, type FilesHost } from './files.svelte';
import type { Measured } from './units';
import { WaitingRows } from './waiting-rows';

// Colours are the browser's.
vi.mock('../theme/theme.svelte', () => ({ token: () => '' }));

/** What the points' worker does, without a worker; one that is `stuck` never answers. */
class FakeWorker {
  static all: FakeWorker[] = [];
  static stuck = false;
  onmessage: ((event: { data: PointsEvent }) => void) | null = null;
  onerror: ((event: { preventDefault: () => void }) => void) | null = null;
  terminated = false;
  readonly #stuck = FakeWorker.stuck;
  #table: Table | null = null;

  constructor() {
    FakeWorker.all.push(this);
  }

  postMessage(request: PointsRequest): void {
    if (!this.#stuck) queueMicrotask(() => this.onmessage?.({ data: this.#answer(request) }));
  }

  terminate(): void {
    this.terminated = true;
  }

  #answer(request: PointsRequest): PointsEvent {
    try {
      if (request.kind === 'read') this.#table = readPoints(request.source);
      if (!this.#table) throw new Error('nothing was read');
      return request.kind === 'read'
        ? { kind: 'table', summary: summaryOf(this.#table) }
        : answerOf(this.#table, request);
    } catch (error) {
      if (error instanceof FileProblem) return { kind: 'refused', why: error.said };
      throw error;
    }
  }
}

const host = () => {
  const setCells = vi.fn();
  const openFile = vi.fn();
  // Of a run, only what files ask of it.
  const chooseTarget = vi.fn();
  const run = { drawing: { setCells }, openFile, chooseTarget } as unknown as FilesHost['run'];
  class Page implements FilesHost {
    run = run;
    runs = [run];
    inspector = { describe: () => Promise.reject(new Error('nobody asks')) };
    notice: FilesHost['notice'] = null;
    waiting = new WaitingRows();
    files: Files = new Files(this);
    tableOf = () => null;
    restart = () => undefined;
  }
  const page = new Page();
  const { files } = page;
  const bringing = () => {
    if (!files.bringing) throw new Error('nothing was brought');
    return files.bringing;
  };
  return { page, setCells, openFile, chooseTarget, files, bringing };
};

beforeEach(() => {
  FakeWorker.all = [];
  FakeWorker.stuck = false;
  vi.stubGlobal('Worker', FakeWorker);
});
afterEach(() => vi.unstubAllGlobals());

const table = [
  'height,weight,age',
  ...Array.from({ length: 40 }, (_, i) => `${i % 7},${(i * i) % 11},3`),
].join('\n');
/** A run with that target, which is no table. */
const of = (target: object): Measured => ({ experiment: { target: target as TargetSpec }, table: null });

const file = (content: string, name = 'mine.csv') => new File([content], name);

test('points wait with a drawing of them; in use they are the target, and its columns are known', async () => {
  const { files, bringing, setCells, page } = host();
  await files.open(file(table));
  expect(page.notice).toBeNull();
  expect(bringing().pending).toMatchObject({ kind: 'points', name: 'mine.csv' });
  const { preview } = bringing();
  if (!preview || !('cells' in preview)) throw new Error('no drawing');
  bringing().use();
  expect(setCells).toHaveBeenCalledExactlyOnceWith(preview.cells);
  expect(bringing().pending).toBeNull();
  expect(FakeWorker.all.every(({ terminated }) => terminated)).toBe(true);
  const cells = base64Of(preview.cells);
  expect(files.unitsOf(of({ kind: 'drawn', cells }))?.names).toEqual(['height', 'weight']);
  expect(files.unitsOf(of({ kind: 'crescent' }))).toBeNull();
});

test('a file that is refused leaves nothing to be used, and says why', async () => {
  const { files, bringing, page } = host();
  await files.open(file(table));
  await files.open(file('%PDF-1.4\n\0\0', 'some.pdf'));
  expect(bringing().pending).toBeNull();
  expect(bringing().preview).toBeNull();
  expect(page.notice?.sentence).toContain('some.pdf is no text');
  await files.open(file('1\n2\n3', 'one.csv'));
  expect(page.notice?.sentence).toContain('has one column');
});

test('columns that make no drawing say so, and others can be chosen', async () => {
  const { files, bringing } = host();
  await files.open(file(table));
  bringing().choose([0, 2], false);
  await vi.waitUntil(() => bringing().preview);
  expect(bringing().preview).toMatchObject({ problem: { key: 'onLineSecond' } });
  bringing().choose([1, 0], false);
  await vi.waitUntil(() => bringing().preview);
  expect(bringing().preview).toHaveProperty('cells');
});

test('a file that comes while another is read takes its place', async () => {
  const { files, bringing } = host();
  FakeWorker.stuck = true;
  const first = files.open(file(table, 'first.csv'));
  await vi.waitUntil(() => FakeWorker.all.length > 0);
  FakeWorker.stuck = false;
  await files.open(file(table, 'second.csv'));
  await first;
  expect(bringing().pending?.name).toBe('second.csv');
  expect(FakeWorker.all.map(({ terminated }) => terminated)).toEqual([true, false]);
});

test('a reader that can’t be loaded is told', async () => {
  const { files, bringing, page } = host();
  FakeWorker.stuck = true;
  const opened = files.open(file(table));
  await vi.waitUntil(() => FakeWorker.all.length > 0);
  FakeWorker.all[0]?.onerror?.({ preventDefault: () => undefined });
  await opened;
  expect(page.notice?.sentence).toContain('could not be loaded');
  expect(bringing().pending).toBeNull();
});

test('an experiment goes to the run', async () => {
  const { files, openFile } = host();
  await files.paste('{"seed": 3}');
  expect(openFile).toHaveBeenCalledExactlyOnceWith({ seed: 3 }, null);
});

/** Forty rows of three columns that say nothing of each other. */
const rows = (more = '') =>
  [
    'a,b,c',
    ...Array.from(
      { length: 40 },
      (_, i) => `${Math.sin(7 * i)},${Math.cos(3 * i * i)},${Math.sin(i * i)}${more}`,
    ),
  ].join('\n');
const ALL = { columns: null, withoutFar: false };

describe('a table whose rows are learned', () => {
  test('is handed over whole, so that columns can be chosen of it', async () => {
    const { files, bringing, chooseTarget } = host();
    await files.open(file(rows()));
    await vi.waitFor(() => expect(bringing().mayLearn).toBe(true));
    expect(bringing().learned).toEqual([0, 1, 2]);
    const chosen = bringing().chooseRows([2, 0], false);
    // What was looked at before is no answer.
    expect(bringing().mayLearn).toBe(false);
    await chosen;
    await bringing().learn();
    const { hash } = takeRows(readText(rows()), '', ALL);
    expect(chooseTarget).toHaveBeenCalledExactlyOnceWith(tableSpec(hash, 'mine.csv', [0, 2]), undefined);
    expect(tables.known(hash)).toMatchObject({ name: 'mine.csv', names: ['a', 'b', 'c'] });
    expect(bringing().pending).toBeNull();
  });

  test('is handed over in part where other columns have gaps', async () => {
    const { files, bringing, chooseTarget } = host();
    const text = rows().replace(/,[^,]*$/, ',');
    await files.open(file(text));
    await bringing().chooseRows([0, 1], false);
    await bringing().learn();
    const picked = { columns: [0, 1], withoutFar: false };
    const { hash } = takeRows(readText(text), '', picked);
    expect(chooseTarget).toHaveBeenCalledExactlyOnceWith(tableSpec(hash, 'mine.csv', [0, 1]), undefined);
    expect(tables.known(hash)?.picked).toEqual(picked);
  });

  test('may have noise as wide as a step in columns that have no density', async () => {
    const { files, bringing, chooseTarget } = host();
    const text = rows()
      .split('\n')
      .map((line, i) => `${line},${i === 0 ? 'd' : 3 * (i % 5)}`)
      .join('\n');
    await files.open(file(text));
    await bringing().chooseRows([0, 3], false);
    expect(bringing().survey).toMatchObject({ discrete: [{ column: 3, step: 3 }] });
    bringing().dequantised = true;
    await bringing().learn();
    const { hash } = takeRows(readText(text), '', ALL);
    const transforms = [{ kind: 'none' as const }, { kind: 'dequantise' as const, step: 3 }];
    expect(chooseTarget).toHaveBeenCalledExactlyOnceWith(
      tableSpec(hash, 'mine.csv', [0, 3], transforms),
      undefined,
    );
  });

  test('may learn logarithms, and begin with a base of heavy tails', async () => {
    const { files, bringing, chooseTarget } = host();
    const p = (i: number) => (i + 0.5) / 200;
    const heavy = (i: number) => (2 * p(i) - 1) * Math.sqrt(2 / (4 * p(i) * (1 - p(i))));
    const lines = Array.from(
      { length: 200 },
      (_, i) => `${(p((37 * i) % 200) / (1 - p((37 * i) % 200))) ** 1.5},${heavy(i)}`,
    );
    const text = ['price,return', ...lines].join('\n');
    await files.open(file(text));
    await vi.waitFor(() => expect(bringing().survey).toMatchObject({ skewed: [0], heavy: [1] }));
    Object.assign(bringing(), { logarithms: true, heavyBase: true });
    await bringing().learn();
    const { hash } = takeRows(readText(text), '', ALL);
    const transforms = [{ kind: 'log' as const }, { kind: 'none' as const }];
    const [target, edit] = chooseTarget.mock.calls[0] ?? [];
    expect(target).toEqual(tableSpec(hash, 'mine.csv', [0, 1], transforms));
    const draft = { model: { base: { kind: 'normal' } } };
    (edit as (draft: unknown) => void)(draft);
    expect(draft.model.base).toEqual({ kind: 'student-t', degrees: 3 });
  });

  test('has twenty rows at least, and two columns', async () => {
    const { files, bringing, chooseTarget } = host();
    await files.open(file(rows().split('\n').slice(0, 20).join('\n')));
    await vi.waitFor(() => expect(bringing().survey).toMatchObject({ rows: 19 }));
    expect(bringing().mayLearn).toBe(false);
    await bringing().learn();
    expect(chooseTarget).not.toHaveBeenCalled();
    await bringing().chooseRows([0, 1], false);
    expect([0, 1, 2].map((column) => bringing().mayToggle(column))).toEqual([false, false, true]);
  });
});

describe('an experiment whose rows are not here', () => {
  const text = rows('1');
  const wanted = takeRows(readText(text), 'people.csv', ALL);
  const experiment = JSON.stringify({ target: tableSpec(wanted.hash, wanted.name, [0, 1]) });

  test('is opened once its file is brought, and not by another', async () => {
    const { page, files, bringing, openFile } = host();
    await files.open(file(experiment, 'mine.json'));
    expect(page.notice?.sentence).toContain('the rows of people.csv (2 columns)');
    expect(openFile).not.toHaveBeenCalled();
    await files.open(file(rows('2'), 'other.csv'));
    expect(page.notice?.sentence).toBe(
      'other.csv has other rows than those of people.csv that are waited for: its content is not the same.',
    );
    expect(bringing().pending?.name).toBe('other.csv');
    await files.open(file(text, 'renamed.csv'));
    expect(openFile).toHaveBeenCalledExactlyOnceWith(JSON.parse(experiment), null);
    expect(bringing().pending).toBeNull();
    expect(page.notice).toBeNull();
    // From now on it is opened at once.
    await files.open(file(experiment, 'mine.json'));
    expect(openFile).toHaveBeenCalledTimes(2);
  });

  test('is forgotten where another one is opened', async () => {
    const { page, files, openFile } = host();
    const other = { target: tableSpec('e'.repeat(64), 'gone.csv', [0, 1]) };
    await files.open(file(JSON.stringify(other), 'mine.json'));
    expect(page.waiting.active).toBe(true);
    await files.open(file('{"seed": 3}', 'plain.json'));
    expect(openFile).toHaveBeenCalledOnce();
    expect(page.waiting.active).toBe(false);
  });
});
