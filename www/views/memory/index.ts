import type { View } from '../view';
import formula from './formula.tex';

export default {
  name: 'memory',
  place: 10,
  asks: ['memory'],
  formula,
  load: () => import('./Memory.svelte'),
} satisfies View;
