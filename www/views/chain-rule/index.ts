import type { View } from '../view';

export default {
  name: 'chain',
  place: 13,
  model: 'conditioners',
  asks: ['chainRule'],
  formula: () => import('./formula.tex'),
  load: () => import('./ChainRule.svelte'),
} satisfies View;
