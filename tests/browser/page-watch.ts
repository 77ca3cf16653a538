/** What no page of ours may do, and who sees it: every page, frame and worker of a context, those that open later included. */

import type { BrowserContext, Page, Request } from '@playwright/test';

export type OffenceKind = 'other origin' | 'policy' | 'uncaught error';

/** What a page did that none may do. */
export interface Offence {
  kind: OffenceKind;
  /** What was asked for, or said. */
  what: string;
}

/** An offence that a test makes happen on purpose. */
export interface Expected {
  kind: OffenceKind;
  what: RegExp;
}

const isThisMachine = ({ hostname }: URL): boolean => ['localhost', '127.0.0.1'].includes(hostname);

/** Whether a request goes to another origin than that of the page which asks; null where a test opens the page itself. */
export function isElsewhere(address: string, asking: string | null): boolean {
  const to = new URL(address);
  if (!/^(https?|wss?):$/.test(to.protocol)) return false;
  const from = asking !== null && /^https?:/.test(asking) ? new URL(asking) : null;
  // Tests open pages of several servers here.
  if (!from) return !isThisMachine(to);
  return to.host !== from.host || /^(https|wss):$/.test(to.protocol) !== (from.protocol === 'https:');
}

/** The page that asks, by its address: a frame counts as the page that it is in. */
function askerOf(request: Request): string | null {
  const worker = request.serviceWorker();
  if (worker) return worker.url();
  try {
    const frame = request.frame();
    return request.isNavigationRequest() && frame.parentFrame() === null ? null : frame.page().url();
  } catch {
    // The first request of a page that is about to open has no frame yet.
    return null;
  }
}

/** What stands before what the page itself heard of: a violation, and the end of a worker. */
const HEARD = { violation: 'securitypolicyviolation', worker: 'error of a worker' };

/** What Chromium writes of violations, those of workers and of documents without a window included. */
const WRITTEN = /Content Security Policy|requires 'Trusted\w+' assignment/;

/**
 * Has each violation written where the watch listens, whose event tells more of it than the browser; and each error of a worker, which the
 * browser tells of itself only where the worker has not been ended by then.
 */
function listen(heard: typeof HEARD): void {
  addEventListener('securitypolicyviolation', (event) => {
    const { effectiveDirective, blockedURI, sourceFile, lineNumber, sample } = event;
    console.debug(
      `${heard.violation} ${effectiveDirective}: ${blockedURI} ${sample} (${sourceFile}:${lineNumber})`,
    );
  });
  globalThis.Worker = class extends Worker {
    constructor(...about: ConstructorParameters<typeof Worker>) {
      super(...about);
      this.addEventListener('error', ({ message, filename }) => {
        console.debug(`${heard.worker} ${message || 'not loaded'} (${filename})`);
      });
    }
  };
}

/** Hands on what workers' consoles say of the policy, which Playwright leaves out. */
async function watchWorkers(page: Page, onOffence: (offence: Offence) => void): Promise<void> {
  const log = await page.context().newCDPSession(page);
  log.on('Log.entryAdded', ({ entry: { source, text } }) => {
    if (source === 'worker' && WRITTEN.test(text)) onOffence({ kind: 'policy', what: text });
  });
  // From now on, and what was said before.
  await log.send('Log.enable');
}

/** Hands on each offence of a context as it happens. */
export async function watchContext(
  context: BrowserContext,
  onOffence: (offence: Offence) => void,
): Promise<void> {
  await context.addInitScript(listen, HEARD);
  context.on('request', (request) => {
    if (isElsewhere(request.url(), askerOf(request)))
      onOffence({ kind: 'other origin', what: request.url() });
  });
  context.on('page', (page) => {
    page.on('websocket', (socket) => {
      if (isElsewhere(socket.url(), page.url())) onOffence({ kind: 'other origin', what: socket.url() });
    });
    watchWorkers(page, onOffence).catch((error: unknown) => {
      // A page may go as soon as it has come.
      if (!/closed|crashed/.test(String(error))) throw error;
    });
  });
  context.on('console', (message) => {
    const what = message.text();
    if (what.startsWith(HEARD.worker)) onOffence({ kind: 'uncaught error', what });
    else if (what.startsWith(HEARD.violation) || (message.type() === 'error' && WRITTEN.test(what)))
      onOffence({ kind: 'policy', what });
  });
  // Those of workers are the page's.
  context.on('weberror', (webError) => {
    const error = webError.error();
    onOffence({ kind: 'uncaught error', what: error.stack ?? error.message });
  });
}

/** What is wrong with a test's offences: those that it did not expect, and what it expected and did not come. */
export function complaints(offences: readonly Offence[], expected: readonly Expected[]): string[] {
  const fits = (offence: Offence) => (one: Expected) =>
    one.kind === offence.kind && one.what.test(offence.what);
  return [
    ...offences
      .filter((offence) => !expected.some(fits(offence)))
      .map(({ kind, what }) => `A page did what no page may, ${kind}: ${what}`),
    ...expected
      .filter((one) => !offences.some((offence) => fits(offence)(one)))
      .map(({ kind, what }) => `The test expects what did not come, ${kind}: ${what}`),
  ];
}
