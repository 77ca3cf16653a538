// `npm run build`: the page as static files in dist/, for any sub-path of any server.
import { command, page, tools, wasm } from './lib.mjs';

await command(async () => {
  await tools();
  wasm();
  page();
});
