import type { View } from '../view';

export default {
  name: 'modes',
  place: 6,
  density: true,
  asks: [],
  formula: () => import('./formula.tex'),
  load: () => import('./Modes.svelte'),
} satisfies View;
