// `npm run pretrain`: trains the lessons' runs and keeps their parameters in www/lessons/trained/, for classes that can't wait. The tests train
// them again and compare: after a change of a lesson or of the core, run this and commit what changed.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { command, npx, root, tools, wasm } from './lib.mjs';

await command(async () => {
  await tools();
  wasm();
  rmSync(join(root, 'www', 'lessons', 'trained'), { recursive: true, force: true });
  process.env.PRETRAIN = '1';
  npx('vitest', 'run', 'tests/lessons/runs-');
});
