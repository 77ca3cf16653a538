// `npm run bench`: how fast the built page trains in a real Chromium, that its main thread stays free, how fast others train, and how long a
// first visit waits. `npm run bench -- page`, `-- peers` or `-- start` for one of them.
import { chromium, command, page, run, tools, wasm } from './lib.mjs';

await command(async () => {
  await tools();
  wasm();
  page();
  const wanted = process.argv.slice(2);
  for (const bench of ['page', 'peers', 'start'].filter((one) => wanted.length === 0 || wanted.includes(one)))
    run(process.execPath, [`benches/browser/${bench}.mjs`], { env: { CHROMIUM: chromium() } });
});
