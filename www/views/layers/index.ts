import type { View } from '../view';

export default {
  name: 'layers',
  place: 4,
  asks: ['layers'],
  formula: () => import('./formula.tex'),
  load: () => import('./Layers.svelte'),
} satisfies View;
