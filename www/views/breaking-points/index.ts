import type { View } from '../view';
import formula from './formula.tex';

export default {
  name: 'breaking',
  place: 9,
  asks: ['roundTrip', 'singularValues', 'offSupport', 'logP'],
  formula,
  load: () => import('./BreakingPoints.svelte'),
} satisfies View;
