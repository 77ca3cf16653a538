/** All that the page says, in English. Another language fills in the same form: docs/contributing.md says how. */

import { files } from './files';
import { glossary } from './glossary';
import { keeping } from './keeping';
import { lessons } from './lessons';
import { page } from './page';
import { panels } from './panels';
import { stage } from './stage';
import { view } from './view';
import { views } from './views';

/** A family of the catalogue, or a target. */
interface Family {
  title: string;
  long_title: string;
  summary: string;
}
interface Target {
  title: string;
  summary: string;
}

export const en = {
  /** For numbers and dates (BCP 47). */
  locale: 'en',
  decimal: '.',
  /** In the place of a number that is beyond all numbers. */
  infinite: 'infinite',
  minusInfinite: 'minus infinity',
  page,
  panels,
  stage,
  views,
  view,
  files,
  keeping,
  lessons,
  glossary,
  /** The core writes its catalogue in English, so there is nothing to say anew. */
  catalogue: {
    families: {} as Readonly<Record<string, Family>>,
    targets: {} as Readonly<Record<string, Target>>,
  },
  /** Sentences of the core and of the workers, by their English: see translate.ts. */
  sentences: {} as Readonly<Record<string, string>>,
};

export type Words = typeof en;
export type TermName = keyof typeof glossary;
/** What links call a view: those are the views that have words. */
export type ViewName = keyof typeof views;
