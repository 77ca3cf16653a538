import type { View } from '../view';

export default {
  name: 'masks',
  place: 3,
  model: 'conditioners',
  asks: ['masks', 'weights'],
  formula: () => import('./formula.tex'),
  load: () => import('./Masks.svelte'),
} satisfies View;
