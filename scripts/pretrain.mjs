// `npm run pretrain`: trains the lessons' runs and keeps their parameters in www/lessons/trained/, for classes that can't wait. The tests train
// them again and compare: after a change of a lesson or of the core, run this and commit what changed.
import { command, npx, packages, rust, wasm } from './lib.mjs';

await command(() => {
  packages();
  rust();
  wasm();
  process.env.PRETRAIN = '1';
  npx('vitest', 'run', 'tests/lessons/lessons.test.ts');
});
