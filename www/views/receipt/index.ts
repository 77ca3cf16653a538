import type { View } from '../view';

export default {
  name: 'receipt',
  place: 4.5,
  model: 'bijection',
  asks: ['receipt'],
  formula: () => import('./formula.tex'),
  load: () => import('./Receipt.svelte'),
} satisfies View;
