// `npm run bench`: how fast the built page trains in a real Chromium, and that its main thread stays free.
import { chromium, command, packages, page, run, rust, wasm } from './lib.mjs';

await command(() => {
  packages();
  rust();
  wasm();
  page();
  run(process.execPath, ['benches/browser/page.mjs', ...process.argv.slice(2)], {
    env: { CHROMIUM: chromium() },
  });
});
