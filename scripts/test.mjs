// `npm test`: every test. `npm test -- rust`, `-- unit` or `-- browser` for a part; what follows goes to its runner.
//
// The tests of Rust and those of the page's modules run beside each other; then the page in a browser, which has the machine for itself.
import { budget } from './budget.mjs';
import { beside, chromium, command, npxBeside, page, python, tools, vulkan, wasmBeside } from './lib.mjs';

const [part, ...rest] = process.argv.slice(2);
const wanted = (name) => part === undefined || part === name;

async function rust() {
  if (!wanted('rust')) return;
  vulkan();
  await beside('rust', 'cargo', ['test', '--package', 'density-playground', '--features', 'gpu', ...rest]);
  // Compiled already, as it was to be of use.
  if (rest.length === 0)
    await beside('xtask', 'cargo', ['test', '--quiet', '--profile', 'xtask', '--package', 'xtask']);
}

async function unit() {
  if (!wanted('unit') && !wanted('browser')) return;
  await wasmBeside();
  if (wanted('unit')) await npxBeside('unit', 'vitest', 'run', ...rest);
}

await command(async () => {
  await tools();
  if (wanted('unit')) process.env.PYTHON = python();
  if (wanted('browser')) process.env.CHROMIUM = chromium();
  await Promise.all([rust(), unit()]);
  if (!wanted('browser')) return;
  page();
  budget();
  await npxBeside('browser', '@playwright/test:playwright', 'test', ...rest);
});
