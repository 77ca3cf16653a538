// Holds the built page to benches/budget.json: bytes over the wire, gzipped, of the files that each line names; with a `page`, of that
// page and all that it loads by itself, too.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root, Trouble } from './lib.mjs';

/** Fails with a sentence when a budget is broken. */
export function budget() {
  const lines = JSON.parse(readFileSync(join(root, 'benches', 'budget.json'), 'utf8'));
  const dist = join(root, 'dist');
  const files = readdirSync(dist, { recursive: true, withFileTypes: true }).filter((f) => f.isFile());
  for (const [name, line] of Object.entries(lines)) {
    const pattern = new RegExp(line.files);
    const asked = line.page
      ? [...readFileSync(join(dist, line.page), 'utf8').matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map(
          ([, path]) => join(dist, path),
        )
      : [];
    const own = files.filter(
      (file) =>
        pattern.test(file.name) ||
        file.name === line.page ||
        asked.includes(join(file.parentPath, file.name)),
    );
    if (own.length === 0) throw new Trouble(`The budget "${name}" names no file of dist/.`);
    const size = (file) => gzipSync(readFileSync(join(file.parentPath, file.name)), { level: 9 }).length;
    const bytes = own.reduce((sum, file) => sum + size(file), 0);
    console.log(`${name}: ${bytes} bytes gzipped of ${line.gzip}`);
    if (bytes > line.gzip)
      throw new Trouble(`${name} takes ${bytes} bytes gzipped; benches/budget.json allows ${line.gzip}.`);
  }
}
