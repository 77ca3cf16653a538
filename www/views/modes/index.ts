import type { View } from '../view';
import formula from './formula.tex';

export default {
  name: 'modes',
  place: 6,
  asks: [],
  formula,
  load: () => import('./Modes.svelte'),
} satisfies View;
