import type { View } from '../view';

export default {
  name: 'memory',
  place: 10,
  model: 'bijection',
  asks: ['memory'],
  formula: () => import('./formula.tex'),
  load: () => import('./Memory.svelte'),
} satisfies View;
