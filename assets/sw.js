// Keeps one version of the app, whole, so that it starts without a network.
//
// The bundle maker fills in the next two lines. Unfilled, under another bundler, this worker keeps
// nothing and touches nothing.
const VERSION = "";
const FILES = [];

const CACHE = `lookfor-${VERSION}`;
const BUILD = `/b/${VERSION}/`;

self.addEventListener("install", (event) => {
  // A new version then waits: a visit in progress must not change under the observer's hands. It
  // takes over when the person says so (the message below) or when every old page is closed.
  event.waitUntil(keep());
  route(event);
});

// All files of this version or none: `addAll` stores nothing when one of them fails, and the page,
// without which the rest is never asked for, comes last.
async function keep() {
  if (FILES.length === 0) return;
  const page = await fetch("/", { cache: "reload" });
  // Between our own download and the page's, the server may have moved on to the next version,
  // while the browser still had the files of this one. That mixture must not be installed.
  if (!page.ok || !(await page.clone().text()).includes(BUILD)) {
    throw new Error(`the server's page is not of version ${VERSION}`);
  }
  const cache = await caches.open(CACHE);
  const files = FILES.filter((path) => path !== "/");
  await cache.addAll(files.map((path) => new Request(path, { cache: freshness(path) })));
  await cache.put("/", page);
}

// Files of a build never change, so the copies that the first visit has just downloaded will do.
// All other addresses have new contents in each version and come from the server itself.
function freshness(path) {
  return path.startsWith(BUILD) ? "default" : "reload";
}

// Where the browser can, it takes these files from the cache by itself: a cold start need not wait
// until this worker runs. What finds no file in the cache goes to the network, so an address with
// a query is left to the fetch handler, which knows better. Without this interface, or if it
// refuses, the handler does all of it.
function route(event) {
  if (FILES.length === 0 || !event.addRoutes) return;
  const at = (pathname) => new URLPattern({ pathname, search: "", baseURL: self.location.origin });
  const cached = { cacheName: CACHE };
  try {
    const added = event.addRoutes([
      {
        condition: { urlPattern: new URLPattern("/api/*", self.location.origin) },
        source: "network",
      },
      {
        condition: { urlPattern: at("/"), requestMethod: "GET", requestMode: "navigate" },
        source: cached,
      },
      { condition: { urlPattern: at(`${BUILD}*`), requestMethod: "GET" }, source: cached },
    ]);
    added?.catch(() => {});
  } catch {
    // Nothing is lost but time.
  }
}

self.addEventListener("activate", (event) => {
  event.waitUntil(takeOver());
});

// Older versions can go: this worker only becomes active when the person took it or no page of an
// older version is left. Claiming makes the very first visit ready for the next one offline.
async function takeOver() {
  const names = await caches.keys();
  const older = names.filter((name) => name.startsWith("lookfor-") && name !== CACHE);
  await Promise.all(older.map((name) => caches.delete(name)));
  await self.clients.claim();
}

self.addEventListener("message", (event) => {
  if (event.data?.type === "take") self.skipWaiting();
  // From a page that was passed over, or loaded anew past this worker.
  if (event.data?.type === "claim") event.waitUntil(self.clients.claim());
});

self.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  const { origin, pathname: asked } = new URL(url);
  // Invitations lead to the app's page, which reads the rest of the address itself.
  const pathname = asked === "/join" ? "/" : asked;
  if (method !== "GET" || origin !== self.location.origin || !FILES.includes(pathname)) return;
  event.respondWith(kept(pathname, event.request));
});

async function kept(path, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(path)) ?? fetch(request);
}
