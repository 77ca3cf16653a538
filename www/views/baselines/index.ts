import type { View } from '../view';

export default {
  name: 'baselines',
  place: 15,
  table: true,
  model: 'density',
  asks: ['tableReport'],
  formula: () => import('./formula.tex'),
  load: () => import('./Baselines.svelte'),
} satisfies View;
