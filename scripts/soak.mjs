// `npm run soak`: works the built page as a class does, at random and with a seed, for as long as one likes; what it saw is printed, and kept in
// test-results/engines/.
//
//   npm run soak                     Chromium, 10 minutes
//   npm run soak -- firefox 20       another engine, 20 minutes
//   npm run soak -- webkit 20 7      with another seed

import { command, engines, npx, page, tools, wasm } from './lib.mjs';

await command(async () => {
  const [engine = 'chromium', minutes = '10', seed = '1'] = process.argv.slice(2);
  await tools();
  wasm();
  page();
  Object.assign(process.env, engines(), {
    ENGINES: engine,
    SOAK_ENGINE: engine,
    SOAK_MINUTES: minutes,
    SOAK_SEED: seed,
  });
  npx('vitest', 'run', '--config', 'tests/engines/vitest.config.ts', '--project', engine, 'soak');
});
