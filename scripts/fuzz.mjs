// `npm run fuzz`: gives every reader inputs that nobody would write, for as long as one likes. What goes wrong is kept in tests/fuzz/found/ and
// read first by every test from then on.
//
//   npm run fuzz                     all readers, 20 seconds each
//   npm run fuzz -- link 600         one reader, ten minutes

import { command, npx, tools, wasm } from './lib.mjs';

await command(async () => {
  const [reader, seconds = '20'] = process.argv.slice(2);
  await tools();
  wasm();
  process.env.FUZZ_SECONDS = seconds;
  if (reader !== undefined && reader !== 'all') process.env.FUZZ_READER = reader;
  npx('vitest', 'run', 'tests/fuzz/fuzz.test.ts');
});
