/** Was auf dem ersten Bildschirm steht, auf Deutsch; was erst steht, wo danach gefragt wird, ist in den anderen Dateien. */

import type { First } from '../en/first';
import { catalogue } from './catalogue';
import { keeping } from './keeping';
import { page } from './page';
import { panels } from './panels';
import { sentences } from './sentences';
import { stage } from './stage';
import { terms } from './terms';
import { view } from './view';
import { viewNames } from './view-names';

export const first: First = {
  locale: 'de',
  decimal: ',',
  infinite: 'unendlich',
  minusInfinite: 'minus unendlich',
  page,
  panels,
  stage,
  view,
  viewNames,
  keeping,
  terms,
  catalogue,
  sentences,
};
