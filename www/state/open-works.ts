/** Which works are open in some tab: each tab holds a lock with the name of its own, as long as it lives. */

const PREFIX = 'density-playground.work.';

/** A page that is not served safely has no locks: then no tab knows of another. */
const locks = (): LockManager | undefined => (navigator as { locks?: LockManager }).locks;

/** Claims a work for this tab. Null where another tab has it; else what gives it back. */
export function claim(work: string): Promise<(() => void) | null> {
  const manager = locks();
  if (!manager) return Promise.resolve(() => undefined);
  return new Promise((resolve) => {
    const held = manager.request(`${PREFIX}${work}`, { ifAvailable: true }, (lock) => {
      if (!lock) return resolve(null);
      return new Promise<void>((release) => resolve(release));
    });
    // WebKit breaks the promise when the page is left. Where locks are refused no tab knows of another.
    held.catch(() => resolve(() => undefined));
  });
}

/** Works that are open, this tab's own among them. */
export async function openWorks(): Promise<Set<string>> {
  const { held = [] } = (await locks()?.query()) ?? {};
  const names = held.map(({ name = '' }) => name).filter((name) => name.startsWith(PREFIX));
  return new Set(names.map((name) => name.slice(PREFIX.length)));
}
