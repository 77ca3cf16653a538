import type { View } from '../view';
import formula from './formula.tex';

export default {
  name: 'conditionals',
  place: 1,
  asks: ['slice'],
  formula,
  load: () => import('./Conditionals.svelte'),
} satisfies View;
