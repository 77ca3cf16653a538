// `npm start`: everything from a clean clone to the page at an address.
import { command, npx, packages, page, rust, wasm } from './lib.mjs';

await command(() => {
  packages();
  rust();
  wasm();
  if (process.argv.includes('--dev')) return npx('vite');
  page();
  npx('vite', 'preview');
});
