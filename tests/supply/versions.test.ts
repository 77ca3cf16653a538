/** docs/releasing.md: the version stands in three places, and is one. */

import { readFileSync } from 'node:fs';
import { parse as toml } from 'smol-toml';
import { expect, it } from 'vitest';
import { parse as yaml } from 'yaml';

const text = (file: string) => readFileSync(file, 'utf8');

it('is the same for the page, the crate, and who cites them', () => {
  const { version } = JSON.parse(text('package.json')) as { version: string };
  const { workspace } = toml(text('Cargo.toml')) as { workspace: { package: { version: string } } };
  const citation = yaml(text('CITATION.cff')) as {
    version: string;
    'cff-version': string;
    authors: unknown[];
  };
  expect([workspace.package.version, citation.version]).toEqual([version, version]);
  expect(citation.authors.length).toBeGreaterThan(0);
});
