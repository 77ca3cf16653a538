import type { View } from '../view';

export default {
  name: 'ruler',
  place: 16,
  asks: ['ruler'],
  formula: () => import('./formula.tex'),
  load: () => import('./Ruler.svelte'),
} satisfies View;
