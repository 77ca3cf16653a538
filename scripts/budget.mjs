// What the built page weighs: bytes over the wire, packed by gzip and by Brotli, of the files that each line of benches/budget.json names; with
// a `page`, of that page and all that it loads by itself, too. The check after the build, the tests and the benchmark all count with these.

import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
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
  return Object.entries(lines).map(([name, { page, files, allowed }]) => {
    const pattern = new RegExp(files);
    const own = new Set(page ? [page, ...loadedBy(page)] : []);
    const counted = all.filter(({ file }) => own.has(file) || pattern.test(basename(file)));
    if (counted.length === 0) throw new Trouble(`The budget "${name}" names no file of dist/.`);
    const gzip = counted.reduce((sum, { gzip }) => sum + gzip, 0);
    // As good as it gets, which takes a while: only for what is counted.
    const brotli = counted.reduce(
      (sum, { file }) => sum + brotliCompressSync(readFileSync(join(dist, file))).length,
      0,
    );
    return { name, allowed, files: counted, gzip, brotli };
  });
}

/** What a page of dist/ names in its own text: its scripts and styles, and the modules that they load before they run. */
const loadedBy = (page) =>
  [...readFileSync(join(dist, page), 'utf8').matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map(([, path]) => path);

/** Fails with a sentence when a budget is broken. */
export function budget() {
  for (const { name, allowed, ...taken } of budgets())
    for (const packing of ['gzip', 'brotli']) {
      const bytes = taken[packing];
      console.log(`${name}, ${packing}: ${bytes} bytes of ${allowed[packing]}`);
      if (bytes > allowed[packing])
        throw new Trouble(
          `${name} takes ${bytes} bytes packed by ${packing}; benches/budget.json allows ${allowed[packing]}.`,
        );
    }
}
