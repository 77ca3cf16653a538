/** Alles, was die Seite sagt, auf Deutsch. */

import type { Words } from '../en';
import { catalogue } from './catalogue';
import { files } from './files';
import { glossary } from './glossary';
import { keeping } from './keeping';
import { lessons } from './lessons';
import { page } from './page';
import { panels } from './panels';
import { sentences } from './sentences';
import { stage } from './stage';
import { view } from './view';
import { views } from './views';

export const de: Words = {
  locale: 'de',
  decimal: ',',
  infinite: 'unendlich',
  minusInfinite: 'minus unendlich',
  page,
  panels,
  stage,
  views,
  view,
  files,
  keeping,
  lessons,
  glossary,
  catalogue,
  sentences,
};
