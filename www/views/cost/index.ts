import type { View } from '../view';

export default {
  name: 'cost',
  place: 8,
  asks: [],
  formula: () => import('./formula.tex'),
  load: () => import('./Cost.svelte'),
} satisfies View;
