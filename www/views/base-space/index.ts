import type { View } from '../view';

export default {
  name: 'base',
  place: 5,
  plane: true,
  asks: ['dataInBase'],
  formula: () => import('./formula.tex'),
  load: () => import('./BaseSpace.svelte'),
} satisfies View;
