// `npm run bench`: how fast the built page trains in a real Chromium, that its main thread stays free, and how fast others train.
import { chromium, command, packages, page, run, rust, wasm } from './lib.mjs';

await command(() => {
  packages();
  rust();
  wasm();
  page();
  for (const bench of ['page', 'peers'])
    run(process.execPath, [`benches/browser/${bench}.mjs`], { env: { CHROMIUM: chromium() } });
});
