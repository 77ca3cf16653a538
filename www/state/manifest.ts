/** What there is, as the core says it: families, targets, the default Experiment, limits. */

import { coreManifest as core } from '../engine/manifest';
import type { Manifest, FamilyRow, TargetSpec, Window } from '../engine/protocol';
import { plainName } from '../files/names';
import { builtinOf } from '../tables/builtin';
import { words, type Words } from '../i18n';

/** The catalogue's rows in the language that is spoken, made once for each. */
let translated: {
  of: Words['catalogue'];
  families: Manifest['families'];
  targets: Manifest['targets'];
} | null = null;
function catalogue() {
  const { catalogue: of } = words;
  if (translated?.of !== of)
    translated = {
      of,
      families: core.families.map((row) => ({ ...row, ...of.families[row.family] })),
      targets: core.targets.map((row) => ({ ...row, ...of.targets[row.spec.kind] })),
    };
  return translated;
}

export const manifest: Manifest = {
  ...core,
  get families() {
    return catalogue().families;
  },
  get targets() {
    return catalogue().targets;
  },
};

/** The catalogue's row of a family. */
export function familyRow(family: string): FamilyRow {
  const row = manifest.families.find((f) => f.family === family) ?? manifest.families[0];
  if (!row) throw new Error('the catalogue is empty');
  return row;
}

/** A target's own window. */
export function windowOf(target: TargetSpec): Window {
  return manifest.targets.find((row) => row.spec.kind === target.kind)?.window ?? manifest.drawing_window;
}

/** A target's name for people. */
export function titleOf(target: TargetSpec): string {
  if (target.kind === 'table') return tableTitle(target.hash, target.name);
  return manifest.targets.find((row) => row.spec.kind === target.kind)?.title ?? words.panels.target.drawing;
}

/** A table's name for people: the page's own have one in each language, others that of their file. */
export function tableTitle(hash: string, name: string): string {
  const own = builtinOf(hash);
  return own ? words.panels.target.tableNames[own.name] : (plainName(name) ?? words.panels.target.tables);
}
