import type { View } from '../view';
import formula from './formula.tex';

export default {
  name: 'ancestral',
  place: 2,
  asks: ['layers', 'slice'],
  formula,
  load: () => import('./Ancestral.svelte'),
} satisfies View;
