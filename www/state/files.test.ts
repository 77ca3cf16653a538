import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { draw, readPoints, summaryOf, type PointsEvent, type PointsRequest } from '../files/points';
import { FileProblem } from '../files/problem';
import type { Table } from '../files/table';
import type { TargetSpec } from '../engine/protocol';
import { base64Of } from './packing';
import { Files, type FilesHost, type Measured } from './files.svelte';

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
      if (request.kind === 'draw' && this.#table)
        return { kind: 'drawn', drawn: draw(this.#table, request.choice) };
      if (request.kind === 'read') this.#table = readPoints(request.source);
      if (!this.#table) throw new Error('nothing was read');
      return { kind: 'table', summary: summaryOf(this.#table) };
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
  const run = { drawing: { setCells }, openFile } as unknown as FilesHost['run'];
  class Page implements FilesHost {
    run = run;
    runs = [run];
    inspector = { describe: () => Promise.reject(new Error('nobody asks')) };
    notice: FilesHost['notice'] = null;
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
  return { page, setCells, openFile, files, bringing };
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
