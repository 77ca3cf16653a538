import type { View } from '../view';

export default {
  name: 'breaking',
  place: 9,
  plane: true,
  density: true,
  model: 'bijection',
  asks: ['roundTrip', 'singularValues', 'offSupport', 'logP'],
  formula: () => import('./formula.tex'),
  load: () => import('./BreakingPoints.svelte'),
} satisfies View;
