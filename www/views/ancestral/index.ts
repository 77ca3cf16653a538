import type { View } from '../view';

export default {
  name: 'ancestral',
  place: 2,
  plane: true,
  density: true,
  asks: ['layers', 'slice'],
  formula: () => import('./formula.tex'),
  load: () => import('./Ancestral.svelte'),
} satisfies View;
