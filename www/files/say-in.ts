/** Messages as sentences of a language that is given. */

import type { Words } from '../i18n';
import type { Message } from './message';

export function sayIn(texts: Words['files']['problem'], { key, values }: Message): string {
  const text: string | ((...values: never[]) => string) = texts[key];
  if (typeof text === 'string') return text;
  const said = values.map((value) => (typeof value === 'object' ? sayIn(texts, value) : value));
  return text(...(said as never[]));
}
