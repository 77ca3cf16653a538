// Without a network: where dependencies come from, how their versions are pinned, which licences they have, which are there twice.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { graph } from '../licences/crates.mjs';
import { isAllowed, rules } from '../licences/rules.mjs';
import { root } from '../lib.mjs';

/** `lock`: Cargo.lock's packages; those of this repository have no source. */
export const crateSources = (lock, allowed) =>
  lock
    .filter(({ source }) => source !== undefined && !allowed.some((url) => source === `registry+${url}`))
    .map(
      ({ name, version, source }) =>
        `${name} ${version} comes from ${source}, which deny.toml does not allow.`,
    );

/** `manifests`: the packages of this repository, as `cargo metadata` has them. A wildcard takes whatever is published next. */
export const crateWildcards = (manifests) =>
  manifests.flatMap(({ name, dependencies }) =>
    dependencies
      .filter(({ req, path }) => req === '*' && path === null)
      .map((dependency) => `${name} asks for any version of the crate ${dependency.name}: name one.`),
  );

/** `skip`: as in deny.toml, `syn@2` stands for all versions of 2. */
export function duplicates(crates, skip) {
  const skipped = ({ name, version }) =>
    skip.some(({ crate }) => {
      const [of, from] = crate.split('@');
      return of === name && (from === undefined || `${version}.`.startsWith(`${from}.`));
    });
  const versions = new Map();
  for (const one of crates.filter((crate) => !skipped(crate)))
    versions.set(one.name, [...(versions.get(one.name) ?? []), one.version]);
  return [...versions]
    .filter(([, all]) => all.length > 1)
    .map(
      ([name, all]) =>
        `${name} ships in ${all.length} versions, ${all.join(' and ')}: deny.toml can skip one, with a reason.`,
    );
}

/** Of the crates that ship, and those that run while they are compiled. */
const crateLicences = (crates, allowed) =>
  crates
    .filter(({ licence }) => !isAllowed(licence, allowed))
    .map(
      ({ name, version, licence }) =>
        `The crate ${name} ${version} has the licence ${licence}, which deny.toml does not allow.`,
    );

/** `manifest`: package.json, `lock`: package-lock.json. Anything that names no range of versions of the registry is refused. */
export function npmSources(manifest, lock) {
  const ranges = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })
    .filter(([, range]) => !/^[~^]?\d/.test(range))
    .map(([name, range]) => `package.json asks for ${name} as “${range}”: name a version of the registry.`);
  const pins = Object.entries(lock.packages)
    .filter(
      ([path, { integrity, resolved }]) =>
        path !== '' && (!integrity || (resolved && !resolved.startsWith('https://registry.npmjs.org/'))),
    )
    .map(([path]) => `package-lock.json: ${path} is not pinned to a file of npm's registry.`);
  return [...ranges, ...pins];
}

/** Everything that goes against deny.toml, each in a sentence. */
export async function sources() {
  const { bans, sources: from, licenses } = rules();
  const text = (file) => readFileSync(join(root, file), 'utf8');
  const crates = await graph('normal,build');
  const metadata = execFileSync('cargo', ['metadata', '--no-deps', '--offline', '--format-version', '1'], {
    cwd: root,
    maxBuffer: 2 ** 26,
  });
  return [
    ...crateSources(parse(text('Cargo.lock')).package, from['allow-registry']),
    ...crateWildcards(JSON.parse(metadata).packages),
    ...duplicates(crates, bans.skip),
    ...crateLicences(crates, licenses.allow),
    ...npmSources(JSON.parse(text('package.json')), JSON.parse(text('package-lock.json'))),
  ];
}
