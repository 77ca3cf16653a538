// What is asked of every package that ships: a licence that deny.toml allows, and its text.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import satisfies from 'spdx-satisfies';
import { root, Trouble } from '../lib.mjs';

/** deny.toml, as cargo-deny reads it. */
export const rules = () => parse(readFileSync(join(root, 'deny.toml'), 'utf8'));

/** Whether one of these licences is enough: `MIT OR GPL-3.0-only` can be had as MIT. */
export function isAllowed(licence, allowed) {
  try {
    return satisfies(licence, allowed);
  } catch {
    // No expression of SPDX, as “SEE LICENSE IN …”.
    return false;
  }
}

/** The same packages; fails with a sentence for the first one that may not ship. */
export function checked(packages, allowed = rules().licenses.allow) {
  for (const { name, version, licence, texts } of packages) {
    if (!isAllowed(licence, allowed))
      throw new Trouble(
        `${name} ${version} ships with the page, and its licence, ${licence || 'which it does not name'}, is not among those that deny.toml allows.`,
      );
    if (texts.length === 0)
      throw new Trouble(
        `${name} ${version} ships with the page and brings no text of its licence (${licence}): scripts/licences/texts.mjs can name one.`,
      );
  }
  return packages;
}
