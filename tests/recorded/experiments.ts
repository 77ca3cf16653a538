/**
 * Twenty-four Experiments whose curves, links and files were recorded when the page was first released: every family, conditional, base,
 * objective, policy and kind of target, small enough to be trained in a second each.
 */

const reverse = (start: number, annealing: unknown, path_gradient: boolean) => ({
  kind: 'reverse-kl',
  start,
  annealing,
  path_gradient,
});
const small = { hidden: [24, 24], layers: 3 };
const model = (family: string, more: object = {}) => ({ ...small, family, ...more });
const target = (kind: string) => ({ kind });

/** What differs from the default. */
export const EXPERIMENTS: Record<string, object> = {
  default: {},
  nade: { target: target('crescent'), model: model('nade', { hidden: [32] }) },
  'nade-order-agnostic': { model: model('nade', { hidden: [32], order_agnostic: true }) },
  'made-gaussian': { target: target('crescent'), model: model('made', { ordering: [1, 0] }), seed: 7 },
  'made-mixture': { model: model('made', { conditionals: [{ kind: 'mixture', components: 3 }] }) },
  'made-laplace': {
    target: target('pinwheel'),
    model: model('made', { conditionals: [{ kind: 'laplace' }] }),
  },
  'made-student-t': {
    target: target('heavy-tailed'),
    model: model('made', { conditionals: [{ kind: 'student-t' }] }),
  },
  'made-two-conditionals': {
    target: target('two-gaussians'),
    model: model('made', {
      ordering: [1, 0],
      conditionals: [{ kind: 'gaussian' }, { kind: 'mixture', components: 3 }],
    }),
  },
  'made-order-agnostic': { target: target('funnel'), model: model('made', { order_agnostic: true }) },
  maf: {
    target: target('checkerboard'),
    model: model('maf', { ordering_policy: 'same', activation: 'tanh' }),
  },
  'maf-batch-norm': { target: target('four-rings'), model: model('maf', { batch_norm: true }) },
  'maf-student-t-base': {
    target: target('heavy-tailed'),
    model: model('maf', { base: { kind: 'student-t', degrees: 3 } }),
    optimiser: { clip: null, schedule: { kind: 'constant' } },
  },
  'maf-mixture-base': { model: model('maf', { base: { kind: 'mixture', components: 2 } }) },
  'maf-reads-base': { model: model('maf', { reads: 'base' }), optimiser: { batch: 96 } },
  iaf: { target: target('two-spirals'), model: model('iaf') },
  nice: { target: target('eight-gaussians'), model: model('nice') },
  realnvp: { target: target('gaussian-grid'), model: model('realnvp'), optimiser: { learning_rate: 0.003 } },
  'realnvp-recomputed': { model: model('realnvp'), optimiser: { activations: 'recomputed' } },
  glow: { model: model('glow') },
  spline: { model: model('spline', { bins: 6 }) },
  'spline-coupling': { target: target('eight-gaussians'), model: model('spline-coupling') },
  'reverse-kl': {
    target: target('eight-gaussians'),
    model: model('realnvp'),
    objective: reverse(0.3, { from: 0.1, steps: 200 }, true),
  },
  'reverse-kl-iaf': { target: target('crescent'), model: model('iaf'), objective: reverse(1, null, false) },
  drawn: { target: target('drawn'), model: model('realnvp'), seed: 4294967295 },
};
