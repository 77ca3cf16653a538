// `npm test`: every test. `npm test -- rust`, `-- unit`, `-- browser` or `-- engines` for a part; what follows goes to its runner.
//
// The tests of Rust and those of the page's modules run beside each other; then the page in browsers, which have the machine for themselves.
import { budget } from './budget.mjs';
import {
  beside,
  command,
  engines,
  headless,
  npxBeside,
  page,
  python,
  tools,
  vulkan,
  wasmBeside,
} from './lib.mjs';

const [part, ...rest] = process.argv.slice(2);
const wanted = (name) => part === undefined || part === name;

async function rust() {
  if (!wanted('rust')) return;
  vulkan();
  const core = (...args) =>
    beside('rust', 'cargo', ['test', '--package', 'density-playground', '--features', 'gpu', ...args]);
  if (rest.length > 0) return core('--test', 'all', ...rest);
  // Examples and benches are compiled by `npm run check`.
  await core('--lib', '--test', 'all');
  await core('--doc');
  // Compiled already, as it was to be of use.
  await beside('xtask', 'cargo', ['test', '--quiet', '--profile', 'xtask', '--package', 'xtask']);
}

async function unit() {
  if (part === 'rust') return;
  await wasmBeside();
  if (wanted('unit')) await npxBeside('unit', 'vitest', 'run', ...rest);
}

await command(async () => {
  await tools();
  if (wanted('unit')) process.env.PYTHON = python();
  const shell = wanted('browser') && headless();
  const three = wanted('engines') && engines();
  await Promise.all([rust(), unit()]);
  if (!wanted('browser') && !wanted('engines')) return;
  page();
  budget();
  if (shell) {
    process.env.CHROMIUM = shell;
    await npxBeside('browser', '@playwright/test:playwright', 'test', ...rest);
  }
  if (three) {
    Object.assign(process.env, three);
    await npxBeside('engines', 'vitest', 'run', '--config', 'tests/engines/vitest.config.ts', ...rest);
  }
});
