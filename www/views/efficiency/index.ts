import type { View } from '../view';

export default {
  name: 'efficiency',
  place: 12,
  asks: [],
  formula: () => import('./formula.tex'),
  load: () => import('./Efficiency.svelte'),
} satisfies View;
