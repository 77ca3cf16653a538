/** Messages as sentences, in the page's language. */

import { words } from '../i18n';
import type { Message } from './message';
import { sayIn } from './say-in';

export const say = (message: Message): string => sayIn(words.files.problem, message);

/** What a column is called: its own name is nobody's to translate. */
export const sayName = (name: string | Message): string => (typeof name === 'string' ? name : say(name));
