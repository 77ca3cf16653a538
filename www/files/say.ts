/** Messages as sentences, in the page's language. */

import type { Message } from './message';
import { words } from '../i18n';

export function say({ key, values }: Message): string {
  const text: string | ((...values: never[]) => string) = words.files.problem[key];
  if (typeof text === 'string') return text;
  const said = values.map((value) => (typeof value === 'object' ? say(value) : value));
  return text(...(said as never[]));
}

/** What a column is called: its own name is nobody's to translate. */
export const sayName = (name: string | Message): string => (typeof name === 'string' ? name : say(name));
