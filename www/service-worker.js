// Keeps the page, so that it works without a network after the first visit. scripts/offline.mjs fills in the files when the page is built.
//
// The page itself is asked of the network first, so that a new version is seen by the next visit; all other files carry a hash of their
// content in their names and never change. Every answer gets the two headers that let the page share memory between workers: on a
// server that does not send them, training uses all processors from the second visit on.

const VERSION = '__VERSION__';
const FILES = __FILES__;
const CACHE = `density-playground ${VERSION}`;

/** One fused multiply-add, valid only where the browser has relaxed SIMD: of the two builds of the core it needs one. */
const PROBE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 19, 1, 17, 0, 65, 1, 253, 15, 65, 1,
  253, 15, 65, 1, 253, 15, 253, 133, 2, 11,
]);
const needed = (file) =>
  !file.endsWith('.wasm') || file.includes('_relaxed_') === WebAssembly.validate(PROBE);

self.addEventListener('install', (event) => {
  const take = async () => {
    const cache = await caches.open(CACHE);
    await cache.addAll(FILES.filter(needed));
    await self.skipWaiting();
  };
  event.waitUntil(take());
});

self.addEventListener('activate', (event) => {
  const clean = async () => {
    for (const name of await caches.keys())
      if (name.startsWith('density-playground ') && name !== CACHE) await caches.delete(name);
  };
  event.waitUntil(clean());
});

function isolated(response) {
  if (response.type === 'opaque' || response.status === 0) return response;
  const headers = new Headers(response.headers);
  headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  headers.set('Cross-Origin-Embedder-Policy', 'require-corp');
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

async function answer(request) {
  const kept = () => caches.match(request, { ignoreSearch: request.mode === 'navigate' });
  if (request.mode === 'navigate') {
    try {
      return isolated(await fetch(request));
    } catch (error) {
      const page = (await kept()) ?? (await caches.match('./'));
      if (page) return isolated(page);
      throw error;
    }
  }
  return isolated((await kept()) ?? (await fetch(request)));
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method === 'GET' && new URL(request.url).origin === location.origin)
    event.respondWith(answer(request));
});
