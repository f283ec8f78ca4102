// The service worker of the pages below /cases/: without a network it opens the empty form, and keeps nothing else.
// What comes before this file (courses/cases/views/offline.py): SHELL, the addresses to keep; the first is the form's page.

const worker = /** @type {any} */ (self);
const [page, ...files] = /** @type {{SHELL: string[]}} */ (worker).SHELL;
const CACHE = `cases-${worker.RELEASE}`;

/** Without cookies: what is kept is nobody's page. */
async function keepShell() {
  const cache = await caches.open(CACHE);
  await cache.add(new Request(/** @type {string} */ (page), { credentials: "omit", cache: "reload" }));
  await cache.addAll(files.map((file) => new Request(file, { credentials: "omit" })));
}

async function forgetOlder() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("cases-") && name !== CACHE).map((name) => caches.delete(name)));
  await worker.clients.claim();
}

/** The network's answer; without one, what is kept under `address`. @param {Request} request @param {string} address */
async function networkFirst(request, address) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match(address, { ignoreVary: true, cacheName: CACHE });
    if (kept) return kept;
    throw error;
  }
}

worker.addEventListener("install", (/** @type {any} */ event) => event.waitUntil(keepShell().then(() => worker.skipWaiting())));
worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(forgetOlder()));
worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(networkFirst(request, /** @type {string} */ (page)));
  else if (files.includes(new URL(request.url).pathname) || files.includes(request.url)) event.respondWith(networkFirst(request, request.url));
});
