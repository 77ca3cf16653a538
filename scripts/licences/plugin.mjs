// `licences.html` in what Vite builds: collected from the modules of all bundles (the page's, its workers', the service worker's), since
// what is imported and what ships are two things.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { root, Trouble } from '../lib.mjs';
import { crates } from './crates.mjs';
import { licencesPage } from './page.mjs';
import { foldersIn, packageIn } from './packages.mjs';
import { checked } from './rules.mjs';
import { own } from './texts.mjs';

/** What we write or train ourselves. A font, a picture or a table of another's has a licence: a package that brings it is collected. */
const OURS = ['.css', '.html', '.js', '.json', '.md', '.safetensors', '.svg', '.ts', '.wasm', '.webmanifest'];

/** The tables in data/, with where they are from; `data/README.md` says more, and is the text of all three. */
const TABLES = [
  { name: 'old-faithful.csv', licence: 'facts', source: 'https://doi.org/10.2307/2347385' },
  { name: 'penguins.csv', licence: 'CC0-1.0', source: 'https://doi.org/10.5281/zenodo.3960218' },
  { name: 'wine.csv', licence: 'CC-BY-4.0', source: 'https://doi.org/10.24432/C5PC7J' },
];

/** Whether a file of the page is one of them: its name has a hash of its content before the ending. */
const isTable = (file) =>
  TABLES.some(({ name }) => file.startsWith(`${name.replace('.csv', '')}-`) && file.endsWith('.csv'));

function tables() {
  const texts = own('data/README.md');
  return TABLES.map((table) => ({ ...table, version: '', texts }));
}

const byName = (packages) => packages.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));

function itself() {
  const { version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const texts = own('LICENSE-MIT', 'LICENSE-APACHE');
  return { name: 'Density Playground', version, licence: license, source: '', texts };
}

/** Fails with a sentence for a file in `folder` that neither we nor a package of the bundles brought. */
function noStrangers(folder, brought) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true });
  for (const file of files)
    if (file.isFile() && !OURS.includes(extname(file.name)) && !brought.has(file.name) && !isTable(file.name))
      throw new Trouble(
        `${file.name} ships with the page and no package brings it: scripts/licences/plugin.mjs has to know its licence.`,
      );
}

/** `collector()` is for every bundle; `page` writes the page once all are there. */
export function licences() {
  const folders = new Set();
  /** Files that packages brought. */
  const brought = new Set();
  let rust;
  let out;
  const collector = () => ({
    name: 'licences-of-a-bundle',
    apply: 'build',
    generateBundle(_, bundle) {
      for (const folder of foldersIn(bundle)) folders.add(folder);
      for (const part of Object.values(bundle))
        if (part.type === 'asset' && foldersIn([part]).length > 0)
          brought.add(part.fileName.split('/').at(-1));
    },
  });
  const page = {
    name: 'licences',
    apply: 'build',
    buildStart() {
      // Beside the bundling; what goes wrong is told at its end.
      rust = crates();
      rust.catch(() => {});
    },
    writeBundle({ dir }) {
      out = dir;
    },
    closeBundle: {
      sequential: true,
      // The service worker's bundle is made at this time too.
      order: 'post',
      async handler(error) {
        if (error) return;
        const npm = [...folders].map(packageIn);
        noStrangers(out, brought);
        writeFileSync(
          join(out, 'licences.html'),
          licencesPage([
            { title: 'The page itself', german: 'Die Seite selbst', packages: [itself()] },
            { title: 'Tables', german: 'Tabellen', packages: tables() },
            { title: 'Rust crates', german: 'Rust-Crates', packages: byName(checked(await rust)) },
            { title: 'npm packages', german: 'npm-Pakete', packages: byName(checked(npm)) },
          ]),
        );
      },
    },
  };
  return { collector, page };
}
