import { expect, test } from 'vitest';
import type { Experiment } from '../engine/protocol';
import { learnsFromDraws, setFamily } from './family';
import { familyRow, manifest } from './manifest';
import { asFlow, OTHER_WAYS } from './presets';

const fresh = (): Experiment => structuredClone(manifest.recommended_experiment);

test('another family brings what it begins with, and leaves what it has not', () => {
  const draft = fresh();
  draft.model.base = { kind: 'student-t', degrees: 3 };
  draft.model.batch_norm = true;
  draft.objective = { kind: 'reverse-kl', start: 1, annealing: null, path_gradient: false };
  setFamily(draft, 'flow-matching');
  expect(draft.model).toMatchObject({
    family: 'flow-matching',
    activation: 'silu',
    base: { kind: 'normal' },
    batch_norm: false,
    layers: familyRow('flow-matching').default_layers,
  });
  expect(draft.objective.kind).toBe('forward-kl');
  draft.model.transport = true;
  setFamily(draft, 'maf');
  expect(draft).toEqual({ ...fresh(), model: { ...fresh().model, family: 'maf' } });
});

test('an activation that a person chose stays among families that begin alike', () => {
  const draft = fresh();
  draft.model.activation = 'tanh';
  setFamily(draft, 'realnvp');
  expect(draft.model.activation).toBe('tanh');
});

test('a continuous flow keeps the reverse KL and another base', () => {
  const draft = fresh();
  draft.model.base = { kind: 'mixture', components: 3 };
  draft.objective = { kind: 'reverse-kl', start: 1, annealing: null, path_gradient: false };
  setFamily(draft, 'cnf');
  expect([draft.objective.kind, draft.model.base.kind]).toEqual(['reverse-kl', 'mixture']);
  expect(manifest.families.filter((row) => !learnsFromDraws(row)).map(({ family }) => family)).toEqual([
    'flow-matching',
    'diffusion',
    'vae',
    'gan',
  ]);
});

test('four ways: a flow and three neighbours', () => {
  const families = OTHER_WAYS.map((edit) => {
    const draft = fresh();
    edit(draft);
    return draft.model.family;
  });
  expect(families).toEqual(['flow-matching', 'vae', 'gan']);
  const gan = fresh();
  setFamily(gan, 'gan');
  asFlow(gan);
  expect(gan.model.family).toBe('maf');
  const glow = fresh();
  setFamily(glow, 'glow');
  asFlow(glow);
  expect(glow.model.family).toBe('glow');
});
