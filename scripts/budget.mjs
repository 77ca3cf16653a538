// What the built page weighs: bytes over the wire, gzipped, of the files that each line of benches/budget.json names; with a `page`, of
// that page and all that it loads by itself, too. The check after the build, the tests and the benchmark all count with these.

import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root, Trouble } from './lib.mjs';

const dist = join(root, 'dist');

/** Every file of dist/, by its path there, with its bytes and its bytes gzipped. */
export const weights = () =>
  readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name))
    .map((path) => {
      const content = readFileSync(path);
      const gzip = gzipSync(content, { level: 9 }).length;
      return { file: relative(dist, path).split(sep).join('/'), bytes: content.length, gzip };
    });

/** The budgets, each with what it allows, the files it counts and their sum. */
export function budgets(all = weights()) {
  const lines = JSON.parse(readFileSync(join(root, 'benches', 'budget.json'), 'utf8'));
  return Object.entries(lines).map(([name, { page, files, gzip: allowed }]) => {
    const pattern = new RegExp(files);
    const own = new Set(page ? [page, ...loadedBy(page)] : []);
    const counted = all.filter(({ file }) => own.has(file) || pattern.test(basename(file)));
    if (counted.length === 0) throw new Trouble(`The budget "${name}" names no file of dist/.`);
    return { name, allowed, files: counted, gzip: counted.reduce((sum, { gzip }) => sum + gzip, 0) };
  });
}

/** What a page of dist/ names in its own text: its scripts and styles, and the modules that they load before they run. */
const loadedBy = (page) =>
  [...readFileSync(join(dist, page), 'utf8').matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map(([, path]) => path);

/** Fails with a sentence when a budget is broken. */
export function budget() {
  for (const { name, allowed, gzip } of budgets()) {
    console.log(`${name}: ${gzip} bytes gzipped of ${allowed}`);
    if (gzip > allowed)
      throw new Trouble(`${name} takes ${gzip} bytes gzipped; benches/budget.json allows ${allowed}.`);
  }
}
