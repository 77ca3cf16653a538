import type { View } from '../view';

export default {
  name: 'efficiency',
  place: 12,
  density: true,
  model: 'density',
  asks: [],
  formula: () => import('./formula.tex'),
  load: () => import('./Efficiency.svelte'),
} satisfies View;
