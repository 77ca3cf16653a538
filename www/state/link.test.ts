import { deflateRawSync } from 'node:zlib';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Experiment } from '../engine/protocol';
import { tableSpec } from '../tables/spec';
import { manifest } from './manifest';
import { BrokenLink, fromLink, toLink } from './link';
import { base64Of, cellsOf } from './packing';

const { default_experiment: start, recommended_experiment: recommended } = manifest;
const changed = (edit: (draft: Experiment) => void): Experiment => {
  const draft = structuredClone(start);
  edit(draft);
  return draft;
};
/** A page with one run and nothing else, and back. */
const linkOf = (experiment: Experiment) => toLink({ experiments: [experiment], views: '', temperature: 1 });
const experimentOf = async (hash: string) => (await fromLink(hash)).experiments[0];
const drawing = (): string => {
  const cells = new Uint8Array(manifest.drawing_side ** 2);
  for (let i = 0; i < cells.length; i++) cells[i] = i % 128 > 30 && i % 128 < 60 ? (i * i) % 256 : 0;
  return base64Of(cells);
};

afterEach(() => vi.unstubAllGlobals());

describe('links', () => {
  test('of the page as it begins are empty', async () => {
    expect(await linkOf(recommended)).toBe('');
    expect(await experimentOf('')).toEqual(recommended);
    expect(await experimentOf('#')).toEqual(recommended);
  });

  test('say which defaults they differ from, where these are not the first', async () => {
    const other = { ...recommended, seed: 7 };
    expect(await linkOf(other)).toBe('defaults=2&seed=7');
    expect(await experimentOf('#seed=7&defaults=2')).toEqual(other);
    expect(await experimentOf('#seed=7')).toEqual({ ...start, seed: 7 });
    expect(await linkOf(start)).toBe('defaults=1');
    expect(await experimentOf('#defaults=1')).toEqual(start);
    // A page of version 0.1 with a view open wrote this.
    expect(await experimentOf('#views=layers')).toEqual(start);
  });

  test.each(['0', '3', '1.5', '-1', 'x', '%222%22', '1e0', '99999999999'])(
    'of defaults that there are not are refused: %s',
    async (text) => {
      const sentence = /its defaults are number .*; this page knows those from 1 to 2/;
      await expect(fromLink(`#defaults=${text}&seed=1`)).rejects.toThrow(sentence);
    },
  );

  test('of two runs under two recipes say how the second differs', async () => {
    const experiments = [recommended, { ...recommended, optimiser: start.optimiser }];
    const link = await toLink({ experiments, views: '', temperature: 1 });
    expect(link).toBe('defaults=2&2.optimiser.learning_rate=0.001&2.optimiser.ema_decay=null');
    expect((await fromLink(link)).experiments).toEqual(experiments);
  });

  test('say what differs, readably', async () => {
    const experiment = changed((draft) => {
      draft.target = { kind: 'crescent' };
      draft.model.family = 'made';
      draft.model.ordering = [1, 0];
      draft.optimiser.clip = null;
    });
    expect(await linkOf(experiment)).toBe(
      'target.kind=crescent&model.family=made&model.ordering=[1,0]&optimiser.clip=null',
    );
  });

  test.each<[string, (draft: Experiment) => void]>([
    ['another target', (d) => (d.target = { kind: 'four-rings' })],
    ['a drawing', (d) => (d.target = { kind: 'drawn', cells: drawing() })],
    ['a model', (d) => (d.model = { ...d.model, family: 'realnvp', hidden: [8, 16, 4], activation: 'tanh' })],
    ['a constant rate', (d) => (d.optimiser.schedule = { kind: 'constant' })],
    ['a longer cycle', (d) => (d.optimiser.schedule = { kind: 'cosine', steps: 123 })],
    [
      'the reverse KL',
      (d) => {
        const annealing = { from: 0.01, steps: 7 };
        d.objective = { kind: 'reverse-kl', start: 0.3, annealing, path_gradient: true };
      },
    ],
    ['mixtures', (d) => (d.model.conditionals = [{ kind: 'mixture', components: 3 }, { kind: 'laplace' }])],
    ['a fixed sample', (d) => (d.training_set = { kind: 'sample', count: 30 })],
    ['points by hand', (d) => (d.training_set = { kind: 'points', points: [0.125, -3, 1e-3, 4] })],
    ['cures', (d) => Object.assign(d.optimiser, { early_stopping: true, jitter: 0.1, weight_decay: 3 })],
    ['another base', (d) => (d.model.base = { kind: 'student-t', degrees: 2.5 })],
    ['a table, whatever it is called', (d) => (d.target = tableSpec('12'.repeat(32), '2024', [3, 0]))],
    [
      'numbers',
      (d) => Object.assign(d, { seed: 4294967295, optimiser: { ...d.optimiser, learning_rate: 3e-5 } }),
    ],
  ])('bring back %s', async (_, edit) => {
    const experiment = changed(edit);
    expect(await experimentOf(`#${await linkOf(experiment)}`)).toEqual(experiment);
  });

  test('hold runs side by side, the views and the temperature', async () => {
    const first = changed((d) => {
      d.target = { kind: 'crescent' };
      d.model.family = 'made';
    });
    const twin = structuredClone(first);
    twin.model.ordering = [1, 0];
    const reverse = structuredClone(first);
    reverse.objective = { kind: 'reverse-kl', start: 0.3, annealing: null, path_gradient: true };
    const page = {
      experiments: [first, twin, reverse, first],
      views: 'conditionals*,layers',
      temperature: 0.7,
    };
    const link = await toLink(page);
    expect(link).toContain('&2.model.ordering=[1,0]&');
    expect(link).toContain('&views=conditionals*,layers&temperature=0.7');
    expect(await fromLink(`#${link}`)).toEqual(page);
  });

  test('hand over rows and notes as they stand there', async () => {
    const page = await fromLink('#rows=abc&table=x&rows=d%20e&seed=3');
    expect([page.rows, page.notes]).toEqual([['abc', 'd e'], ['x']]);
    expect(await fromLink('#seed=3')).not.toHaveProperty('rows');
  });

  test('may name a kind alone: what else belongs to it is what a panel would begin with', async () => {
    const { experiments } = await fromLink(
      '#objective.kind=reverse-kl&objective.start=0.3&2.model.base.kind=mixture&2.optimiser.schedule.kind=constant&3.training_set.kind=sample&3.objective.kind=forward-kl',
    );
    expect(experiments).toMatchObject([
      { objective: { kind: 'reverse-kl', start: 0.3, annealing: null, path_gradient: false } },
      {
        model: { base: { kind: 'mixture', components: 2 } },
        optimiser: { schedule: { kind: 'constant' } },
      },
      { training_set: { kind: 'sample', count: 100 }, objective: { kind: 'forward-kl' } },
    ]);
  });

  test('with a drawing are short', async () => {
    const cells = new Uint8Array(manifest.drawing_side ** 2);
    for (let i = 0; i < cells.length; i++) {
      const [x, y] = [(i % 128) - 64, Math.floor(i / 128) - 64];
      cells[i] = Math.round(255 * Math.exp(-((Math.hypot(x, y) - 40) ** 2) / 50));
    }
    const link = await linkOf(changed((d) => (d.target = { kind: 'drawn', cells: base64Of(cells) })));
    expect(link.length).toBeLessThan(8000);
  });

  test.each([
    ['model.ordering', 'has no value'],
    ['model.layers.width=3', 'model.layers.width in it is not a field'],
    ['seed.kind=3', 'seed.kind in it is not a field'],
    ['model.__proto__.layers=3', 'model.__proto__.layers in it is not a field'],
    ['constructor.prototype.x=3', 'constructor.prototype.x in it is not a field'],
    [`${'a.'.repeat(200_000)}a=1`, `${'a.'.repeat(30)} in it is not a field`],
    [`model.${'a.'.repeat(200_000)}a=1`, 'in it is not a field'],
    [
      `model.hidden=${'['.repeat(100_000)}${']'.repeat(100_000)}`,
      'the value of model.hidden in it is damaged',
    ],
    ['__proto__.kind=3', '__proto__.kind in it is not a field'],
    ['seed=%E0%A4%A', 'the value of seed in it is damaged'],
    ['drawing=AAAA', 'damaged or was cut short'],
    ['drawing=***', 'damaged or was cut short'],
    ['temperature=9', 'its temperature is 9'],
    ['5.seed=1', 'of run 5'],
    ['2.model.layers.width=3', 'model.layers.width in it is not a field'],
  ])('that are broken are refused: %s', async (hash, why) => {
    await expect(fromLink(`#${hash}`)).rejects.toThrow(BrokenLink);
    await expect(fromLink(`#${hash}`)).rejects.toThrow(why);
  });

  test('inflate no further than a drawing is large', async () => {
    let inflated = 0;
    // The browser's own, and a count of what comes out of it.
    const Own = DecompressionStream;
    class Counting {
      readonly writable: WritableStream<BufferSource>;
      readonly readable: ReadableStream<Uint8Array>;
      constructor(format: CompressionFormat) {
        const own = new Own(format);
        const count = new TransformStream<Uint8Array, Uint8Array>({
          transform(piece, controller) {
            inflated += piece.length;
            controller.enqueue(piece);
          },
        });
        this.writable = own.writable;
        this.readable = own.readable.pipeThrough(count);
      }
    }
    vi.stubGlobal('DecompressionStream', Counting);
    const cells = manifest.drawing_side ** 2;
    const link = (bytes: number) => `#drawing=${deflateRawSync(new Uint8Array(bytes)).toString('base64url')}`;
    await expect(fromLink(link(cells))).resolves.toBeDefined();
    expect(inflated).toBe(cells);
    inflated = 0;
    await expect(fromLink(link(2 ** 26))).rejects.toThrow(BrokenLink);
    await expect(fromLink(link(2 ** 26))).rejects.toThrow('more than 128 rows of 128 cells');
    expect(inflated).toBeLessThan(2 ** 22);
  });

  test('cut short anywhere never throw anything else', async () => {
    const whole = await linkOf(changed((d) => (d.target = { kind: 'drawn', cells: drawing() })));
    for (let end = 0; end < whole.length; end += 97) {
      const outcome = await fromLink(whole.slice(0, end)).catch((error: unknown) => error);
      if (outcome instanceof Error) expect(outcome).toBeInstanceOf(BrokenLink);
    }
  });

  test('base64 is a round trip for every byte', () => {
    const bytes = Uint8Array.from({ length: 20_000 }, (_, i) => i % 256);
    expect(cellsOf(base64Of(bytes))).toEqual(bytes);
  });
});
