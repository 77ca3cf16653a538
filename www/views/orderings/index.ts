import type { View } from '../view';

export default {
  name: 'orderings',
  place: 14,
  model: 'conditioners',
  asks: [],
  formula: () => import('./formula.tex'),
  load: () => import('./Orderings.svelte'),
} satisfies View;
