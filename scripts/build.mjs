// `npm run build`: the page as static files in dist/, for any sub-path of any server.
import { command, packages, page, rust, wasm } from './lib.mjs';

await command(() => {
  packages();
  rust();
  wasm();
  page();
});
