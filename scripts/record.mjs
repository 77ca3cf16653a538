// `npm run record`: the core's answers that the gallery shows its views with (tests/gallery/recorded.json), and the views' drawings that the
// tests compare; and what each engine has, for docs/browsers.md. After a change of a view or of the core, run this, look at what differs, and commit it.
import { command, engines, npx, page, tools, wasm } from './lib.mjs';

await command(async () => {
  await tools();
  wasm();
  page();
  Object.assign(process.env, engines());
  process.env.RECORD = '1';
  npx('@playwright/test:playwright', 'test', 'gallery.spec.ts');
  npx('vitest', 'run', '--config', 'tests/engines/vitest.config.ts', 'features');
  npx('vitest', 'run', 'tests/engines/browsers.test.ts');
});
