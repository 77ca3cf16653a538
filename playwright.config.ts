import { defineConfig } from '@playwright/test';
import { ARGS } from './tests/browser/chromium';

/** The page as it is published, in the system's Chromium (scripts/test.mjs finds it). */
export default defineConfig({
  testDir: 'tests/browser',
  // Training shares the processor: one test at a time keeps each run's pace.
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 60_000 },
  reporter: [['list']],
  use: {
    baseURL: 'http://localhost:4173',
    viewport: { width: 1440, height: 900 },
    // Tests that change what the server answers must not get it from there; offline.spec.ts allows it.
    serviceWorkers: 'block',
    launchOptions: {
      ...(process.env.CHROMIUM ? { executablePath: process.env.CHROMIUM } : {}),
      args: ARGS,
    },
  },
  webServer: {
    command: 'node node_modules/vite/bin/vite.js preview --strictPort',
    url: 'http://localhost:4173',
    reuseExistingServer: false,
  },
});
