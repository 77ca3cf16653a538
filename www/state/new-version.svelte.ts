/** Whether there is a newer version of the page than the one that is open. It is taken when a person asks for it, never by itself. */

import type { Workbox } from 'workbox-window';
import { ownScript } from '../engine/trusted-types';

let worker: Workbox | undefined;
let there = $state(false);
let asked = false;

/** Keeps the page for use without a network, and looks for a newer version now and whenever the page is looked at again. */
export async function keepForOffline(): Promise<void> {
  const { Workbox } = await import('workbox-window');
  worker = new Workbox(ownScript('./service-worker.js'));
  worker.addEventListener('waiting', () => (there = true));
  worker.addEventListener('controlling', (event) => {
    if (asked) location.reload();
    // Another tab has asked for it: this one keeps its own version until it is asked, too.
    else if (event.isUpdate) there = true;
  });
  await worker.register();
  document.addEventListener('visibilitychange', () => {
    // Without a network there is nothing to look for.
    if (!document.hidden) void worker?.update().catch(() => undefined);
  });
}

export const newVersion = {
  /** A newer one is kept and ready. */
  get there(): boolean {
    return there;
  },

  /** Not now: until the next visit, or the version after. */
  dismiss(): void {
    there = false;
  },

  /** Opens it in place of this one. */
  async take(): Promise<void> {
    const registration = await navigator.serviceWorker.getRegistration();
    asked = true;
    if (registration?.waiting) worker?.messageSkipWaiting();
    else location.reload();
  },
};
