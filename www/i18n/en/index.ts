/** All that the page says, in English. Another language fills in the same form: docs/contributing.md says how. */

import { files } from './files';
import { first } from './first';
import { glossary } from './glossary';
import { lessons } from './lessons';
import { sheets } from './sheets';
import { views } from './views';

export const en = { ...first, files, glossary, lessons, sheets, views };

export type Words = typeof en;
export type TermName = keyof Words['terms'];
/** What links call a view: those are the views that have words. */
export type ViewName = keyof Words['viewNames'];
