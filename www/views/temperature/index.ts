import type { View } from '../view';
import formula from './formula.tex';

export default {
  name: 'temperature',
  place: 7,
  asks: ['temperatureSweep', 'temperatures'],
  formula,
  load: () => import('./Temperature.svelte'),
} satisfies View;
