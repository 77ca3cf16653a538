import { fileURLToPath } from 'node:url';
import { createInstrumenter } from 'istanbul-lib-instrument';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import page from '../../vite.config';
import { COUNTERS } from './coverage';

/** What reads what a person brings, and the libraries that it reads with. */
const READERS =
  /\/www\/(files|state)\/[^/]+\.ts$|\/www\/public\/embed\.js$|\/(papaparse|fflate|image-size)\//;

/** Counts in the readers how often each statement and branch is passed. */
const counting: Plugin = {
  name: 'counting',
  enforce: 'post',
  transform(code, id) {
    const [file = id] = id.split('?');
    if (!READERS.test(file)) return null;
    const instrumenter = createInstrumenter({ esModules: true, compact: false, coverageVariable: COUNTERS });
    return { code: instrumenter.instrumentSync(code, file), map: null };
  },
};

/** The readers by coverage, as long as one likes: scripts/fuzz.mjs. */
export default defineConfig({
  ...page,
  root: fileURLToPath(new URL('../..', import.meta.url)),
  plugins: [...(page.plugins ?? []), counting],
  test: {
    include: ['tests/fuzz/by-coverage.ts'],
    setupFiles: 'tests/page/english.ts',
    server: { deps: { inline: ['papaparse', 'fflate', 'image-size'] } },
  },
});
