import type { View } from '../view';

export default {
  name: 'conditionals',
  place: 1,
  plane: true,
  density: true,
  asks: ['slice'],
  formula: () => import('./formula.tex'),
  load: () => import('./Conditionals.svelte'),
} satisfies View;
