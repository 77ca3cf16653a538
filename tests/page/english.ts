/** Tests of the page's modules read what it says in English, all of it. */

import { open, speak } from '../../www/i18n';

await speak('en');
await open('files', 'glossary', 'lessons', 'sheets', 'views');
