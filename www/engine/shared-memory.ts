/** What is asked of a browser: a test can ask another one. */
type Scope = Partial<Pick<typeof globalThis, 'SharedArrayBuffer' | 'MessageChannel'>>;

/**
 * Whether workers can share memory: tried, not concluded from the page's isolation, since there are browsers that isolate a page and
 * have no shared memory all the same (WebKitGTK 2.50), or have it and don't hand it over.
 */
export function canShareMemory(scope: Scope = globalThis): boolean {
  const { SharedArrayBuffer, MessageChannel } = scope;
  if (typeof SharedArrayBuffer !== 'function' || typeof MessageChannel !== 'function') return false;
  const { port1, port2 } = new MessageChannel();
  try {
    port1.postMessage(new SharedArrayBuffer(4));
    return true;
  } catch {
    return false;
  } finally {
    port1.close();
    port2.close();
  }
}
