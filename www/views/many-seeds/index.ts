import type { View } from '../view';

export default {
  name: 'ensemble',
  place: 11,
  density: true,
  model: 'density',
  asks: [],
  formula: () => import('./formula.tex'),
  load: () => import('./ManySeeds.svelte'),
} satisfies View;
