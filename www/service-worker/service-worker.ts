/**
 * Keeps the page, so that it works without a network after the first visit.
 *
 * Workbox keeps the files that the build lists: what has a hash in its name by its address, the rest by address and revision. So the
 * index is always the one of the files beside it. A new version is made ready beside the one that is open and waits until a person
 * asks for it or all tabs are closed; tabs of the version before keep their files until they are closed.
 *
 * Every answer gets the two headers that let the page share memory between workers: on a server that does not send them, training
 * uses all processors from the second visit on.
 */

import { cacheNames } from 'workbox-core';
import { PrecacheController } from 'workbox-precaching';
import { hasRelaxedSimd } from '../engine/relaxed';
import { filesFor, isOfEarlierWorker, namedBy, type PageFile } from './kept';

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: PageFile[] };

const files = filesFor(self.__WB_MANIFEST, hasRelaxedSimd());
const { scope } = self.registration;
const INDEX = new URL('index.html', scope).href;
/** Under this address are kept the ids of the tabs that were open when this version took over. */
const EARLIER = new URL('tabs-of-the-version-before', scope).href;

/** The same answer, with the headers that isolate the page. */
function isolated(response: Response): Response {
  if (response.type === 'opaque' || response.status === 0) return response;
  const headers = new Headers(response.headers);
  headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  headers.set('Cross-Origin-Embedder-Policy', 'require-corp');
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}

/** An index from a cache on the way, or from the middle of a change of the server's files, names files that this version has not. */
async function belongs(index: Response): Promise<boolean> {
  const urls = new Set(files.map(({ url }) => url));
  return namedBy(await index.clone().text()).every((url) => urls.has(url));
}

const controller = new PrecacheController({
  plugins: [
    {
      // Where it answers null this version is not taken; the browser tries again at the next visit.
      cacheWillUpdate: async ({ request, response }) => {
        if (response.status !== 200) return null;
        if (new URL(request.url).pathname === new URL(INDEX).pathname && !(await belongs(response)))
          return null;
        return isolated(response);
      },
    },
  ],
});
controller.addToCacheList(files);

const openCache = () => caches.open(cacheNames.precache);

/** The page's tabs and frames, by id. */
async function tabs(): Promise<string[]> {
  const all = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  return all.filter(({ url }) => url.startsWith(scope)).map(({ id }) => id);
}

/** Drops what only the versions before had, once the last of their tabs is closed. */
async function dropEarlier(event: ExtendableEvent): Promise<void> {
  const earlier = await (await openCache()).match(EARLIER);
  // What waits has put its files beside ours already.
  if (!earlier || self.registration.installing || self.registration.waiting) return;
  const ids = (await earlier.json()) as string[];
  const open = await tabs();
  if (ids.some((id) => open.includes(id))) return;
  await controller.activate(event);
  for (const name of await caches.keys()) if (isOfEarlierWorker(name)) await caches.delete(name);
}

async function takeOver(event: ExtendableEvent): Promise<void> {
  await (await openCache()).put(EARLIER, new Response(JSON.stringify(await tabs())));
  await dropEarlier(event);
  // A first visit, too, finds all files of its version here, whatever the server has by then.
  await self.clients.claim();
}

async function answer(request: Request): Promise<Response> {
  const url = new URL(request.url);
  url.hash = '';
  // What stands behind the page's ? is for the page.
  if (request.mode === 'navigate') url.search = '';
  const file = url.href === scope ? INDEX : url.href;
  // A file of the version before is kept under its own address.
  const kept = await (await openCache()).match(controller.getCacheKeyForURL(file) ?? file);
  return kept ?? isolated(await fetch(request));
}

self.addEventListener('install', (event) => void controller.install(event));
self.addEventListener('activate', (event) => event.waitUntil(takeOver(event)));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== location.origin) return;
  event.respondWith(answer(request));
  if (request.mode === 'navigate') event.waitUntil(dropEarlier(event));
});
// A person has asked for this version.
self.addEventListener('message', (event) => {
  if ((event.data as { type?: string } | null)?.type === 'SKIP_WAITING') event.waitUntil(self.skipWaiting());
});
