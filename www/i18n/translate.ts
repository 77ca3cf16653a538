/**
 * Sentences that were written in English elsewhere, by the core or a worker, in another language. A table has them as they were written,
 * `{}` where a value goes; the translation takes the values in their order as `{}` too, or by their number as `{0}`, `{1}`. A value that is
 * itself such a sentence, or a part of one, is translated as well.
 */

interface Template {
  pattern: RegExp;
  translation: string;
  /** Letters that are fixed: of two that match, the one that says more is meant. */
  length: number;
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function compiled([english, translation]: [string, string]): Template {
  const fixed = english.split('{}');
  return {
    pattern: new RegExp(`^${fixed.map(escaped).join('(.*?)')}$`, 's'),
    translation,
    length: fixed.join('').length,
  };
}

/** Puts values in the places of a text, `{}` one after the other or `{0}` by number. */
export function fill(template: string, ...values: (string | number)[]): string {
  let next = 0;
  return template.replace(/\{(\d*)\}/g, (_, place: string) =>
    String(values[place === '' ? next++ : Number(place)] ?? ''),
  );
}

/** What translates by a table; a sentence that is not in it stays as it is. */
export function translator(table: Readonly<Record<string, string>>): (sentence: string) => string {
  const templates = Object.entries(table)
    .map(compiled)
    .sort((a, b) => b.length - a.length);
  const translate = (sentence: string): string => {
    for (const { pattern, translation } of templates) {
      const values = pattern.exec(sentence)?.slice(1);
      if (values) return fill(translation, ...values.map(translate));
    }
    return sentence;
  };
  return translate;
}
