// The npm packages whose modules or files are in what Vite builds.

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { root } from '../lib.mjs';
import { textsOf } from './texts.mjs';

/** What the bundler writes itself has an id like this. */
const WRITTEN_BY = /^\0(?:vite\/|rolldown\/)/;

/** The folder of the package that a module is from; null for one of ours. */
export function folderOf(id) {
  const written = WRITTEN_BY.exec(id);
  if (written) return join(root, 'node_modules', written[0].slice(1, -1));
  const path = id.replace(/^\0/, '').replace(/\?.*$/, '').split('/').join(sep);
  const at = path.lastIndexOf(`${sep}node_modules${sep}`);
  if (at < 0) return null;
  // Some packages have other package.json further in, to say what kind of modules are there.
  const [scope, name] = path.slice(at).split(sep).slice(2);
  const folder = join(path.slice(0, at), 'node_modules', scope, scope.startsWith('@') ? name : '');
  return existsSync(join(folder, 'package.json')) ? folder : dirname(path);
}

/** The modules and files of a bundle that are of a package, by the folders of these. */
export function foldersIn(bundle) {
  const ids = Object.values(bundle).flatMap((part) =>
    part.type === 'chunk' ? part.moduleIds : part.originalFileNames.map((file) => join(root, file)),
  );
  return ids.map(folderOf).filter((folder) => folder !== null);
}

/** `git+https://github.com/a/b.git`, `github:a/b` and `a/b` as addresses. */
function address(repository, homepage) {
  const url = typeof repository === 'string' ? repository : repository?.url;
  if (!url) return homepage ?? '';
  if (/^[\w.-]+\/[\w.-]+$/.test(url)) return `https://github.com/${url}`;
  return url
    .replace(/^git\+/, '')
    .replace(/^(git|ssh):\/\/(git@)?/, 'https://')
    .replace(/^github:/, 'https://github.com/')
    .replace(/\.git$/, '');
}

/** What a package says of itself, with the texts of its licence. */
export function packageIn(folder) {
  const { name, version, license, repository, homepage } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  const source = address(repository, homepage);
  return { name, version, licence: license ?? '', source, texts: textsOf(name, folder) };
}
