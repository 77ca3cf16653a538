// `npm test`: every test. `npm test -- rust`, `-- unit` or `-- browser` for a part; what follows goes to its runner.
import { budget } from './budget.mjs';
import { chromium, command, npx, packages, page, python, run, rust, vulkan, wasm } from './lib.mjs';

const [part, ...rest] = process.argv.slice(2);
const wanted = (name) => part === undefined || part === name;

await command(() => {
  packages();
  rust();
  if (wanted('rust')) {
    vulkan();
    run('cargo', ['test', '--workspace', '--features', 'density-playground/gpu', ...rest]);
  }
  if (wanted('unit') || wanted('browser')) wasm();
  if (wanted('unit')) {
    process.env.PYTHON = python();
    npx('vitest', 'run', ...rest);
  }
  if (wanted('browser')) {
    process.env.CHROMIUM = chromium();
    page();
    budget();
    npx('@playwright/test:playwright', 'test', ...rest);
  }
});
