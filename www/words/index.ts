/** What the page says: in one place, so that another language is another file of the same form. */

import { en, type Words } from './en';

export const words: Words = en;
