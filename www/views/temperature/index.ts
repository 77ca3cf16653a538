import type { View } from '../view';

export default {
  name: 'temperature',
  place: 7,
  plane: true,
  density: true,
  model: 'density',
  asks: ['temperatureSweep', 'temperatures'],
  formula: () => import('./formula.tex'),
  load: () => import('./Temperature.svelte'),
} satisfies View;
