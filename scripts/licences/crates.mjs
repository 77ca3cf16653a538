// The crates that are compiled into what is published, as cargo resolves them; macros, which run while compiling, are not among them.

import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root, Trouble } from '../lib.mjs';
import { own, textsOf } from './texts.mjs';

/** All features of xtask's packages. */
const FEATURES = 'views,gpu,manifest';

async function said(program, ...args) {
  try {
    const { stdout } = await promisify(execFile)(program, args, { cwd: root, maxBuffer: 2 ** 26 });
    return stdout.trim();
  } catch (error) {
    throw new Trouble(`${program} ${args[0]} failed: ${error.stderr || error.message}`);
  }
}

/** Each crate of the core's graph once: name, version, licence, repository. `edges`: which dependencies count, as cargo tree names them. */
export async function graph(edges) {
  const package_ = [
    '--package',
    'density-playground',
    '--features',
    FEATURES,
    '--target',
    'wasm32-unknown-unknown',
  ];
  // Unlike `cargo metadata`, asks for no crate that only tests need.
  const how = ['--locked', '--edges', edges, '--prefix', 'none', '--no-dedupe', '--format', '{p}\t{l}\t{r}'];
  const lines = new Set((await said('cargo', 'tree', ...package_, ...how)).split('\n'));
  return [...lines]
    .map((line) => line.split('\t'))
    .map(([crate, licence, source]) => {
      const [name, version] = crate.split(' ');
      // Until 2018 a slash was written for “or”.
      return { name, version: version.slice(1), licence: licence.replaceAll('/', ' OR '), source };
    })
    .filter(({ name }) => name !== 'density-playground');
}

/** Where cargo keeps a crate's files. */
function folderOf({ name, version }) {
  const registries = join(process.env.CARGO_HOME ?? join(homedir(), '.cargo'), 'registry', 'src');
  const found = existsSync(registries)
    ? readdirSync(registries)
        .map((registry) => join(registries, registry, `${name}-${version}`))
        .find((folder) => existsSync(folder))
    : undefined;
  if (found) return found;
  throw new Trouble(
    `The files of the crate ${name} ${version} are not in ${registries}, where cargo keeps them.`,
  );
}

/** The standard library, taken under Apache-2.0, with the tables of Unicode and the compiler's own functions that it contains. */
async function standardLibrary() {
  const [, version] = (await said('rustc', '--version')).split(' ');
  return {
    name: 'Rust’s standard library',
    version,
    licence: '(MIT OR Apache-2.0) AND Apache-2.0 WITH LLVM-exception AND Unicode-3.0',
    source: 'https://github.com/rust-lang/rust',
    texts: own(
      'LICENSE-APACHE',
      'scripts/licences/texts/LLVM-exception.txt',
      'scripts/licences/texts/Unicode-3.0.txt',
    ),
  };
}

/** All Rust that ships, with the texts of its licences. */
export async function crates() {
  const [standard, all] = await Promise.all([standardLibrary(), graph('normal,no-proc-macro')]);
  return [standard, ...all.map((crate) => ({ ...crate, texts: textsOf(crate.name, folderOf(crate)) }))];
}
