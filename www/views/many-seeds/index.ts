import type { View } from '../view';

export default {
  name: 'ensemble',
  place: 11,
  asks: [],
  formula: () => import('./formula.tex'),
  load: () => import('./ManySeeds.svelte'),
} satisfies View;
