import type { View } from '../view';

export default {
  name: 'layers',
  place: 4,
  plane: true,
  model: 'bijection',
  asks: ['layers'],
  formula: () => import('./formula.tex'),
  load: () => import('./Layers.svelte'),
} satisfies View;
