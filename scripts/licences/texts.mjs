// Where the texts of licences are: in a package's own folder, or here for those that bring none.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, Trouble } from '../lib.mjs';

/** As `LICENSE`, `LICENCE.md`, `LICENSE-MIT`, `COPYING`, `NOTICE`, `UNLICENSE`. */
const NAMES = /^(un)?licen[sc]e|^copying|^copyright|^notice/i;

/** Of a tool that is bundled itself, what follows is about what it bundles. */
const OTHERS = /^# Licenses of bundled dependencies/m;

const read = (...path) =>
  readFileSync(join(...path), 'utf8')
    .split(OTHERS)[0]
    .replaceAll('\r\n', '\n')
    .trim();

/** Packages that leave out the text which stands in their repository; taken under the licence that is named. */
const LEFT_OUT = { profiling: ['LICENSE-APACHE'] };

/** A text of this repository. */
export const own = (...files) => files.map((file) => read(root, file));

/** The texts of a package, from its folder. */
export function textsOf(name, folder) {
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((file) => file.isFile() && NAMES.test(file.name))
    .map((file) => file.name)
    .sort();
  const missing = LEFT_OUT[name];
  if (missing && files.length > 0)
    throw new Trouble(
      `${name} brings the text of its licence now: scripts/licences/texts.mjs need not name one.`,
    );
  return missing ? own(...missing) : files.map((file) => read(folder, file));
}
