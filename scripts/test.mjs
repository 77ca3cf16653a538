// `npm test`: every test. `npm test -- rust`, `-- unit`, `-- browser` or `-- engines` for a part; what follows goes to its runner.
//
// The tests of Rust take what the others leave of the processor: a page in a browser often waits, and is never kept waiting.
import { budget } from './budget.mjs';
import { beside, chromium, command, engines, npxBeside, python, tools, vulkan, wasmBeside } from './lib.mjs';

const [part, ...rest] = process.argv.slice(2);
const wanted = (name) => part === undefined || part === name;
/** Of two things that could go on, the other one does. */
const low = { low: part === undefined };

async function rust() {
  if (!wanted('rust')) return;
  vulkan();
  const core = (...args) =>
    beside('rust', 'cargo', ['test', '--package', 'density-playground', '--features', 'gpu', ...args], low);
  if (rest.length > 0) return core('--test', 'all', ...rest);
  // Examples and benches are compiled by `npm run check`.
  await core('--lib', '--test', 'all');
  await core('--doc');
  // Compiled already, as it was to be of use.
  await beside('xtask', 'cargo', ['test', '--quiet', '--profile', 'xtask', '--package', 'xtask'], low);
}

/** The core as the page loads it, its modules, then the page in browsers. */
async function web() {
  if (part === 'rust') return;
  await wasmBeside();
  if (wanted('unit')) await npxBeside('unit', 'vitest', 'run', ...rest);
  if (!wanted('browser') && !wanted('engines')) return;
  await npxBeside('page', 'vite', 'build');
  budget();
  if (wanted('browser')) await npxBeside('browser', '@playwright/test:playwright', 'test', ...rest);
  if (wanted('engines'))
    await npxBeside('engines', 'vitest', 'run', '--config', 'tests/engines/vitest.config.ts', ...rest);
}

await command(async () => {
  await tools();
  if (wanted('unit')) process.env.PYTHON = python();
  if (wanted('browser')) process.env.CHROMIUM = chromium();
  if (wanted('engines')) Object.assign(process.env, engines());
  await Promise.all([rust(), web()]);
});
