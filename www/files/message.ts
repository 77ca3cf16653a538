/**
 * What reading a file has to say, as data: files are read in a worker, and only the page knows the language. `say` in say.ts makes a
 * sentence of it.
 */

import type { Words } from '../i18n';

type Texts = Words['files']['problem'];

/** A text of the page's words by its key, and the values that it takes; a value may be such a text itself. */
export interface Message {
  key: keyof Texts;
  values: readonly Value[];
}

export type Value = string | number | Message;

/** The values that a text takes: in place of a word there may be a message. */
export type ValuesOf<K extends keyof Texts> = Texts[K] extends (...values: infer V) => string
  ? { [I in keyof V]: V[I] extends string ? string | Message : V[I] }
  : [];

export const message = <K extends keyof Texts>(key: K, ...values: ValuesOf<K>): Message => ({
  key,
  values: values as readonly Value[],
});
