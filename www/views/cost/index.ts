import type { View } from '../view';
import formula from './formula.tex';

export default {
  name: 'cost',
  place: 8,
  asks: [],
  formula,
  load: () => import('./Cost.svelte'),
} satisfies View;
