import { defineConfig } from '@playwright/test';
import { ARGS } from './tests/browser/chromium';

/**
 * The page as it is published, in the system's Chromium, without its windows where there is such a one (scripts/test.mjs finds it). Its server
 * takes a port that is free, so that the tests run beside a page that is served already; Playwright reads the port from what the server
 * prints into PAGE_PORT.
 */
export default defineConfig({
  testDir: 'tests/browser',
  // Training shares the processor: one test at a time keeps each run's pace.
  workers: 1,
  // Once in some thousand tests a browser of a busy machine loses an event. A test that fails twice has found something; one that
  // fails once is printed as flaky, and is to be looked at.
  retries: process.env.CI ? 1 : 0,
  timeout: 120_000,
  expect: { timeout: 60_000 },
  reporter: [['list']],
  use: {
    baseURL: `http://localhost:${process.env.PAGE_PORT ?? ''}`,
    viewport: { width: 1440, height: 900 },
    // Tests that change what the server answers must not get it from there; offline.spec.ts allows it.
    serviceWorkers: 'block',
    launchOptions: {
      ...(process.env.CHROMIUM ? { executablePath: process.env.CHROMIUM } : {}),
      args: ARGS,
    },
  },
  webServer: {
    command: 'node node_modules/vite/bin/vite.js preview --port 0',
    wait: { stdout: /http:\/\/localhost:(?<page_port>\d+)/ },
    env: { NO_COLOR: '1', FORCE_COLOR: '0' },
  },
});
