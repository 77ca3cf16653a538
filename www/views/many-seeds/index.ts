import type { View } from '../view';
import formula from './formula.tex';

export default {
  name: 'ensemble',
  place: 11,
  asks: [],
  formula,
  load: () => import('./ManySeeds.svelte'),
} satisfies View;
