import type { View } from '../view';

export default {
  name: 'base',
  place: 5,
  plane: true,
  model: 'bijection',
  asks: ['dataInBase'],
  formula: () => import('./formula.tex'),
  load: () => import('./BaseSpace.svelte'),
} satisfies View;
