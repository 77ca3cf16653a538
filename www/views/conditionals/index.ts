import type { View } from '../view';

export default {
  name: 'conditionals',
  place: 1,
  model: 'density',
  asks: ['slice', 'fullConditionals'],
  formula: () => import('./formula.tex'),
  load: () => import('./Conditionals.svelte'),
} satisfies View;
