import type { View } from '../view';
import formula from './formula.tex';

export default {
  name: 'masks',
  place: 3,
  asks: ['masks', 'weights'],
  formula,
  load: () => import('./Masks.svelte'),
} satisfies View;
