/* The service worker: what this browser keeps of one build of the site, for reading without a network. `sw.js` says of
   which build, or of none: then what was kept goes, and the worker too. Pages come from the network while there is one. */
const { build, base, manifest, shell, places } = self.paperbound;
const prefix = `paperbound ${base} `;
const [mostPages, mostFiles, largest] = [60, 500, 400_000];
const parts = ["shell", "pages", "files"];
const open = (part) => caches.open(`${prefix}${build} ${part}`);
const isMine = (name) => name.startsWith(prefix);
const isOld = (name) => isMine(name) && !name.startsWith(`${prefix}${build} `);
// Files whose names say which bytes they have: they are the same in every build.
const isNamed = (path) => /^assets\/[^/]+\.[0-9a-f]+\.\w+$|^search-data\/\w+\.[0-9a-f]+\.txt$/.test(path);
const place = (url) => new URL(url).pathname.slice(base.length);

async function list(test) {
  return (await caches.keys()).filter(test);
}

async function find(url) {
  for (const part of parts) {
    // Looked for by name: a cache that another worker deleted is not made anew.
    const found = await caches.match(url, { cacheName: `${prefix}${build} ${part}`, ignoreVary: true });
    if (found) return found;
  }
  return undefined;
}

async function load(url) {
  const answer = await fetch(url, isNamed(place(url)) ? {} : { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer;
}

async function readBuild() {
  return (await (await fetch(`${base}build.json`, { cache: "no-store" })).json()).build;
}

/**
 * Whether the site is of our build, asked after what was loaded before: one question for all of a moment. The browser
 * itself looks for another worker at each navigation; one that asked for it would stay until that one is there.
 */
let asking;
function isCurrent() {
  asking ??= new Promise((resolve) => setTimeout(resolve, 50)).then(async () => {
    asking = undefined;
    return (await readBuild()) === build;
  });
  return asking;
}

/** Puts an answer at the end of a cache, of which the oldest ones go. */
async function store(part, url, answer, most) {
  const cache = await open(part);
  await cache.delete(url, { ignoreVary: true });
  await cache.put(url, answer);
  for (const old of (await cache.keys()).slice(0, -most)) await cache.delete(old);
}

/** Keeps a page of this site and this build; `url` is without query and fragment. */
async function keepPage(url, answer) {
  if (!answer.ok || answer.redirected || !answer.headers.get("content-type")?.startsWith("text/html")) return;
  const text = await answer.text();
  // Another site may lie in a folder of this one, and the owner's own pages are of no build.
  if (!text.includes(`href="${manifest}"`) || !(await isCurrent())) return;
  await store("pages", url, new Response(text, { headers: answer.headers }), mostPages);
}

async function keepFile(url, answer, current) {
  if (!answer.ok || answer.type !== "basic") return;
  const data = await answer.blob();
  if (data.size > largest || !(await current())) return;
  await store("files", url, new Response(data, { headers: answer.headers }), mostFiles);
}

/** All files of the search of a small site, when it is used: a large one has those that were asked for. */
let completing;
function completeSearch() {
  completing ??= (async () => {
    const { nodes, trees, records, facets, titles } = await (await find(`${location.origin}${base}search-data/manifest.json`)).json();
    if (nodes) return;
    const leaves = Object.entries(trees).flatMap(([kind, entries]) => entries.map(([, name]) => `${kind}.${name}`));
    for (const name of [...leaves, ...records.map((one) => `records.${one}`), `facets.${facets}`, `titles.${titles}`]) {
      const url = `${location.origin}${base}search-data/${name}.txt`;
      if (!(await find(url))) await keepFile(url, await load(url), () => true);
    }
  })().catch(() => (completing = undefined));
  return completing;
}

async function openPage(event, { origin, pathname, search }) {
  const url = origin + pathname;
  try {
    const answer = await fetch(url + search, { cache: "no-cache", redirect: "manual" });
    event.waitUntil(keepPage(url, answer.clone()).catch(() => {}));
    return answer;
  } catch {
    const folder = Object.keys(places).sort((one, other) => other.length - one.length).find((one) => pathname.startsWith(one));
    return (await find(url)) ?? (await find(origin + places[folder])) ?? Response.error();
  }
}

async function openNamed(event, url) {
  if (url.includes("/search-data/")) event.waitUntil(completeSearch());
  const kept = await find(url);
  if (kept) return kept;
  const answer = await fetch(event.request);
  event.waitUntil(keepFile(url, answer.clone(), () => true).catch(() => {}));
  return answer;
}

async function openFile(event, url) {
  try {
    const answer = await fetch(event.request, { cache: "no-cache" });
    event.waitUntil(keepFile(url, answer.clone(), isCurrent).catch(() => {}));
    return answer;
  } catch {
    return (await find(url)) ?? Response.error();
  }
}

/** Fills the caches of this build: what every page needs, and anew the pages that older ones kept. */
async function install() {
  const cache = await open("shell");
  await Promise.all(shell.map(async (path) => cache.put(location.origin + path, await load(location.origin + path))));
  const [files, pages] = await Promise.all([open("files"), open("pages")]);
  for (const name of await list(isOld)) {
    const old = await caches.open(name);
    for (const { url } of await old.keys()) {
      if (isNamed(place(url))) await files.put(url, await old.match(url));
      if (!name.endsWith(" pages")) continue;
      const answer = await fetch(url, { cache: "no-cache" });
      // A page that is gone is kept no longer.
      if (answer.ok && !answer.redirected) await pages.put(url, answer);
    }
  }
  if ((await readBuild()) !== build) throw new Error("the site was built anew");
  await self.skipWaiting();
}

async function activate() {
  for (const name of await list(build ? isOld : isMine)) await caches.delete(name);
  if (build) await self.clients.claim();
  else await self.registration.unregister();
}

self.addEventListener("install", (event) => event.waitUntil(build ? install() : self.skipWaiting()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
if (build) {
  // A page that was there before the worker.
  self.addEventListener("message", (event) => {
    const url = new URL(event.data, event.source.url);
    const keep = async () => (await find(url.href)) ?? keepPage(url.href, await load(url.href));
    if (url.origin === location.origin && url.pathname.startsWith(base)) event.waitUntil(keep().catch(() => {}));
  });
  self.addEventListener("fetch", (event) => {
    const { request } = event;
    const url = new URL(request.url);
    if (request.method !== "GET" || url.origin !== location.origin || !url.pathname.startsWith(base) || request.headers.has("range")) return;
    const path = place(url);
    if (request.mode === "navigate") event.respondWith(openPage(event, url));
    else if (isNamed(path)) event.respondWith(openNamed(event, url.href));
    else if (path !== "sw.js" && path !== "build.json") event.respondWith(openFile(event, url.href));
  });
}
