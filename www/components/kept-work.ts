/** What a person is told of a work that is kept. */

import { count } from '../i18n/format';
import { familyRow, manifest, tableTitle } from '../state/manifest';
import type { KeptWork } from '../state/snapshot-store';
import { words } from '../i18n';

/** What it is: its first run, and how many there are beside it. */
export function nameOf({ runs: [first, ...others] }: KeptWork): string {
  const target = first?.name
    ? tableTitle(...first.name)
    : manifest.targets.find((row) => row.spec.kind === first?.target)?.title;
  const name = words.keeping.run(
    familyRow(first?.family ?? '').title,
    target ?? words.keeping.drawing,
    count(first?.step ?? 0),
  );
  return others.length > 0 ? words.keeping.beside(name, others.length) : name;
}

/** When it was kept, by the clock of that time. */
export const timeOf = ({ time }: KeptWork): string =>
  new Intl.DateTimeFormat(words.locale, { dateStyle: 'medium', timeStyle: 'short' }).format(time);
