/**
 * The `test` of every spec here: each fails where one of its pages asks another origin for anything, goes against its content policy, or lets an
 * error go uncaught. A test that makes that happen on purpose says so, by `watch.expect`.
 */

import { test as base, type BrowserContext } from '@playwright/test';
import { complaints, type Expected, type Offence, type OffenceKind, watchContext } from './page-watch';

export { expect, type BrowserContext, type CDPSession, type Locator, type Page } from '@playwright/test';

/** Watches all pages of a test. */
export class Watch {
  readonly offences: Offence[] = [];
  readonly #expected: Expected[] = [];
  readonly #watched = new WeakSet<BrowserContext>();

  /** Of what the test makes happen on purpose: what matches is no offence, and has to come by the test's end. */
  expect(kind: OffenceKind, what: RegExp): void {
    this.#expected.push({ kind, what });
  }

  /** Watches the pages of one more context. */
  async context(context: BrowserContext): Promise<void> {
    if (this.#watched.has(context)) return;
    this.#watched.add(context);
    await watchContext(context, (offence) => this.offences.push(offence));
  }

  get complaints(): string[] {
    return complaints(this.offences, this.#expected);
  }
}

/** Returns when what the pages have said so far is heard: their answers come after it. */
async function heard(context: BrowserContext): Promise<void> {
  // A page that has crashed, or goes away meanwhile, has nothing more to say.
  await Promise.allSettled(context.pages().map((page) => page.evaluate(() => null)));
}

export const test = base.extend<{ watch: Watch }>({
  watch: [
    async ({ browser }, use) => {
      const watch = new Watch();
      // A context that a test makes by itself is watched like the one that it is given.
      const own = browser.newContext.bind(browser);
      browser.newContext = async (options) => {
        const context = await own(options);
        await watch.context(context);
        return context;
      };
      try {
        await use(watch);
      } finally {
        browser.newContext = own;
      }
      if (watch.complaints.length > 0) throw new Error(watch.complaints.join('\n'));
    },
    { auto: true },
  ],
  context: async ({ context, watch }, use) => {
    await watch.context(context);
    await use(context);
    await heard(context);
  },
});
