// `npm run record`: the core's answers that the gallery shows its views with (tests/gallery/recorded.json), and the views' drawings that the
// tests compare. After a change of a view or of the core, run this, look at what differs, and commit it.
import { chromium, command, npx, page, tools, wasm } from './lib.mjs';

await command(async () => {
  await tools();
  wasm();
  page();
  process.env.CHROMIUM = chromium();
  process.env.RECORD = '1';
  npx('@playwright/test:playwright', 'test', 'gallery.spec.ts');
});
