import type { View } from '../view';
import formula from './formula.tex';

export default {
  name: 'base',
  place: 5,
  asks: ['dataInBase'],
  formula,
  load: () => import('./BaseSpace.svelte'),
} satisfies View;
