/** Alles, was die Seite sagt, auf Deutsch. */

import type { Words } from '../en';
import { files } from './files';
import { first } from './first';
import { glossary } from './glossary';
import { lessons } from './lessons';
import { sheets } from './sheets';
import { views } from './views';

export const de: Words = { ...first, files, glossary, lessons, sheets, views };
