import type { View } from '../view';

export default {
  name: 'variable',
  place: 3.5,
  asks: ['oneVariable', 'race'],
  formula: () => import('./formula.tex'),
  load: () => import('./OneVariable.svelte'),
} satisfies View;
