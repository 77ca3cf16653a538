/** The small public tables that the page brings along: data/README.md says where they are from. Read when one is chosen. */

import faithful from '../../data/old-faithful.csv?url';
import penguins from '../../data/penguins.csv?url';
import wine from '../../data/wine.csv?url';
import type { DataTable, TableSpec } from './data-table';
import { tableSpec } from './spec';

export interface BuiltinTable {
  /** What it is called in an Experiment; the page has a name for it in each language. */
  name: 'Old Faithful' | 'Penguins' | 'Wine';
  /** As {@link DataTable.hash}; a test holds it against the file. */
  hash: string;
  rows: number;
  /** Its columns of numbers. */
  names: readonly string[];
  /** Those that are learned where nobody chooses. */
  columns: readonly number[];
  /** Who measured it, and under which licence it is given away. */
  source: string;
  url: string;
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

export const BUILTIN: readonly BuiltinTable[] = [
  {
    name: 'Old Faithful',
    hash: 'f70ebc41b75fca8fc961ce2609800704066be7aab409d338779ba9b4674344b5',
    rows: 272,
    names: ['eruption_min', 'waiting_min'],
    columns: range(0, 2),
    source: 'Azzalini & Bowman 1990',
    url: faithful,
  },
  {
    name: 'Penguins',
    hash: 'a78894fcc8ae3cb9ba03e86d79cece4b02eff914994f25a6d885924b2be38d77',
    rows: 342,
    names: ['beak_length_mm', 'beak_depth_mm', 'flipper_length_mm', 'body_mass_g'],
    columns: range(0, 4),
    source: 'Gorman, Williams & Fraser 2014, CC0',
    url: penguins,
  },
  {
    name: 'Wine',
    hash: '4d191bb67b8a61e01df9011ed5f1205e21aca3e9e8028a7bc26e4ac287e86bf4',
    rows: 178,
    names: [
      ...['cultivar', 'alcohol', 'malic_acid', 'ash', 'alcalinity_of_ash', 'magnesium', 'total_phenols'],
      ...['flavanoids', 'nonflavanoid_phenols', 'proanthocyanins', 'color_intensity', 'hue'],
      ...['od280_od315_of_diluted_wines', 'proline'],
    ],
    // The cultivar is a class that is written as a number.
    columns: range(1, 14),
    source: 'UCI Wine (Forina, Leardi, Armanino, Lanteri), CC BY 4.0',
    url: wine,
  },
];

export const builtinOf = (hash: string): BuiltinTable | null =>
  BUILTIN.find((table) => table.hash === hash) ?? null;

/** It as the target. */
export const specOf = ({ hash, name, columns }: BuiltinTable): TableSpec => tableSpec(hash, name, columns);

/** Fetches one from this origin; null where it can't be had, or is not what it was. */
export async function fetchBuiltin({ name, hash, url }: BuiltinTable): Promise<DataTable | null> {
  try {
    const response = await fetch(url);
    if (!response.ok) return null;
    const { readBuiltin } = await import('./read-builtin');
    const table = readBuiltin(name, await response.text());
    return table.hash === hash ? table : null;
  } catch {
    return null;
  }
}
