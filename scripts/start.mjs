// `npm start`: everything from a clean clone to the page at an address. What takes longest is made once the page is there: the builds of
// the core with wasm-opt, with fused multiply-adds and for the GPU. `npm run dev` leaves those out: `cargo xtask build` makes them.

import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { command, npx, npxBeside, page, quickWasm, root, stamps, Trouble, wasmBeside } from './lib.mjs';

/** Makes the rest and puts it under the page that is served: files that an open page still asks for stay. */
async function rest() {
  const before = stamps();
  await wasmBeside({ low: true });
  if (stamps() === before) return;
  const made = join(root, 'target', 'page');
  await npxBeside('page', 'vite', 'build', '--outDir', made, '--emptyOutDir');
  const entries = ['index.html', 'service-worker.js'];
  const dist = join(root, 'dist');
  cpSync(made, dist, {
    recursive: true,
    filter: (file) => !entries.some((name) => file === join(made, name)),
  });
  // Last, since they name the others.
  for (const name of entries) if (existsSync(join(made, name))) cpSync(join(made, name), join(dist, name));
  console.log('\nThe whole page is there now: reload it to train faster, and on the GPU where there is one.');
}

/** The page that is served works without the rest. */
function told(error) {
  if (!(error instanceof Trouble)) throw error;
  console.error(`\n${error.message} The page stays as it is.`);
}

await command(async () => {
  await quickWasm();
  if (process.argv.includes('--dev'))
    return npx('vite', ...(process.argv.includes('gallery') ? ['--open', '/gallery.html'] : []));
  page();
  const served = npxBeside('serve', 'vite', 'preview');
  await Promise.all([served, rest().catch(told)]);
});
