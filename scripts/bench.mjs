// `npm run bench`: how fast the built page trains in a real Chromium, that its main thread stays free, and how fast others train.
import { chromium, command, page, run, tools, wasm } from './lib.mjs';

await command(async () => {
  await tools();
  wasm();
  page();
  for (const bench of ['page', 'peers'])
    run(process.execPath, [`benches/browser/${bench}.mjs`], { env: { CHROMIUM: chromium() } });
});
