import { expect, test } from 'vitest';
import { de } from './de';
import { en } from './en';
import { chosen, preferred } from './language';

test('the words are chosen from whatever a browser says, and numbers are written as they are', () => {
  for (const languages of [undefined, null, [], ['C'], [undefined, ''], ['C.UTF-8', null]])
    for (const language of ['C', 'C.UTF-8', '', undefined])
      expect(chosen('', preferred({ language, languages }))).toBe('en');
  expect(chosen('', preferred({ language: 'C', languages: ['C', 'de-CH'] }))).toBe('de');
  expect(chosen('', preferred({ language: 'de' }))).toBe('de');
  expect(chosen('', preferred({}))).toBe('en');
  // What formats numbers is never what the browser says.
  for (const { locale } of [en, de]) expect(Intl.NumberFormat.supportedLocalesOf(locale)).toEqual([locale]);
});
