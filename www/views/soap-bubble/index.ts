import type { View } from '../view';

export default {
  name: 'bubble',
  place: 5.5,
  asks: ['bubble'],
  formula: () => import('./formula.tex'),
  load: () => import('./SoapBubble.svelte'),
} satisfies View;
