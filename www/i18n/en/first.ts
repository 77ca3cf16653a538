/** What the first screen says, in English; what is said only where it is asked for is in the other files, and is loaded then. */

import { keeping } from './keeping';
import { page } from './page';
import { panels } from './panels';
import { stage } from './stage';
import { terms } from './terms';
import { view } from './view';
import { viewNames } from './view-names';

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

export const first = {
  /** For numbers and dates (BCP 47). */
  locale: 'en',
  decimal: '.',
  /** In the place of a number that is beyond all numbers. */
  infinite: 'infinite',
  minusInfinite: 'minus infinity',
  page,
  panels,
  stage,
  view,
  viewNames,
  keeping,
  terms,
  /** The core writes its catalogue in English, so there is nothing to say anew. */
  catalogue: {
    families: {} as Readonly<Record<string, Family>>,
    targets: {} as Readonly<Record<string, Target>>,
  },
  /** Sentences of the core and of the workers, by their English: see translate.ts. */
  sentences: {} as Readonly<Record<string, string>>,
};

export type First = typeof first;
