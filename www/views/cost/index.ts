import type { View } from '../view';

export default {
  name: 'cost',
  place: 8,
  model: 'conditioners',
  asks: [],
  formula: () => import('./formula.tex'),
  load: () => import('./Cost.svelte'),
} satisfies View;
