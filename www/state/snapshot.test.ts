import { describe, expect, it } from 'vitest';
import { message } from '../files/message';
import { tableSpec } from '../tables/spec';
import { manifest } from './manifest';
import { asSnapshot, sizeOf, VERSION, type Snapshot } from './snapshot';

const experiment = manifest.default_experiment;
const trained = { saved: { step: 7, values: new Float32Array(100) }, evaluations: [] };

const whole = (): Snapshot => ({
  version: VERSION,
  work: 'w',
  order: 1,
  time: 0,
  made: true,
  link: 'seed=3',
  chosen: 0,
  playing: false,
  runs: [{ experiment, trained, past: [experiment], future: [], kept: [[experiment, trained]] }],
  units: [
    [
      'AAAA',
      {
        names: ['height', message('column', 2)],
        scalings: [
          { origin: 1, unit: 2 },
          { origin: 0, unit: 1 },
        ],
      },
    ],
  ],
});

describe('a snapshot', () => {
  it('is read as it was written', () => {
    const one = whole();
    expect(asSnapshot(structuredClone(one))).toEqual(one);
    // What makes an undo bring a run back: the same Experiment in both lists is one object again.
    const back = asSnapshot(structuredClone(one))?.runs[0];
    expect(back?.kept[0]?.[0]).toBe(back?.past[0]);
  });

  it('may be of a table, of which nobody knows the KL', () => {
    const one = whole();
    const learned = { ...experiment, target: tableSpec('f'.repeat(64), 'a.csv', [0, 1]) };
    const evaluation = { step: 3, nll: 2, entropy: null, kl: null, standard_error: 0.1 };
    const run = {
      experiment: learned,
      trained: { ...trained, evaluations: [evaluation] },
      past: [],
      future: [],
      kept: [],
    };
    expect(asSnapshot({ ...one, runs: [run] })).toEqual({ ...one, runs: [run] });
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['a text', 'snapshot'],
    ['of a newer page', { ...whole(), version: VERSION + 1 }],
    ['without runs', { ...whole(), runs: [] }],
    ['with a run that is none', { ...whole(), runs: [{ experiment: 3 }] }],
    ['with parameters that are none', { ...whole(), runs: [{ ...whole().runs[0], trained: { saved: {} } }] }],
    [
      'with parameters in another form',
      {
        ...whole(),
        runs: [{ ...whole().runs[0], trained: { saved: { step: 1, values: [1] }, evaluations: [] } }],
      },
    ],
    ['with an Experiment of nothing', { ...whole(), runs: [{ ...whole().runs[0], experiment: {} }] }],
    [
      'with a drawing of no text',
      {
        ...whole(),
        runs: [{ ...whole().runs[0], experiment: { ...experiment, target: { kind: 'drawn' } } }],
      },
    ],
    [
      'with a table of no rows that could be known',
      {
        ...whole(),
        runs: [{ ...whole().runs[0], experiment: { ...experiment, target: { kind: 'table', hash: 3 } } }],
      },
    ],
    [
      'with a curve of no evaluations',
      { ...whole(), runs: [{ ...whole().runs[0], trained: { ...trained, evaluations: [{ step: 0 }] } }] },
    ],
    ['with a choice that is no number', { ...whole(), chosen: NaN }],
    ['with columns that are none', { ...whole(), units: [['AAAA', { names: ['a', 'b'], scalings: [] }]] }],
    ['with a history that is none', { ...whole(), runs: [{ ...whole().runs[0], past: 'long ago' }] }],
  ])('%s is none', (_, value) => {
    expect(asSnapshot(value)).toBeNull();
  });

  it('weighs what its parameters and drawings weigh', () => {
    const light = sizeOf({
      ...whole(),
      runs: [{ experiment, trained: null, past: [], future: [], kept: [] }],
    });
    expect(sizeOf(whole())).toBeGreaterThanOrEqual(light + 800);
    const cells = 'A'.repeat(5000);
    const drawn = { ...experiment, target: { kind: 'drawn' as const, cells } };
    const heavy = sizeOf({
      ...whole(),
      runs: [{ experiment: drawn, trained: null, past: [], future: [], kept: [] }],
    });
    expect(heavy).toBe(light + cells.length);
  });
});
