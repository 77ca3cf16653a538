import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { ENGINES } from './adapter';

/** The promises in three engines (scripts/test.mjs finds them and names in ENGINES those that are there); two cores, two browsers at a time. */
/** `npm run soak` names one engine and a time; in every run there is a short one, in the first. */
const soaked = process.env['SOAK_ENGINE'] ?? 'chromium';
const named = process.env['ENGINES']?.split(',');
const engines = ENGINES.filter((engine) => named?.includes(engine) ?? true);

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    maxWorkers: 2,
    reporters: ['verbose'],
    projects: [
      { test: { name: 'built', include: ['tests/engines/*.built.ts'], testTimeout: 60_000 } },
      ...engines.map((engine) => ({
        test: {
          name: engine,
          include: [
            'tests/engines/*.promises.ts',
            ...(engine === soaked ? ['tests/engines/soak.class.ts'] : []),
          ],
          provide: { engine },
          // A driver that loses a browser is asked once more; what the page does wrong it does twice.
          retry: 1,
          testTimeout: 240_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 90_000, interval: 60 } },
        },
      })),
    ],
  },
});
