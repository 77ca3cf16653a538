import type { View } from '../view';
import formula from './formula.tex';

export default {
  name: 'layers',
  place: 4,
  asks: ['layers'],
  formula,
  load: () => import('./Layers.svelte'),
} satisfies View;
