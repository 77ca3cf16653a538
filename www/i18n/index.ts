/** What the page says: in one place, so that another language is another folder of the same form. */

export { BLANK, chosen, LANGUAGES, preferred, type Language } from './language';
export { choose, language, open, speak, translate, words } from './locale';
export type { TermName, ViewName, Words } from './en';
