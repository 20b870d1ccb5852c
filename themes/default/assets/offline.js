/* The page about reading offline: the pages that this browser keeps, and buttons to delete them and to keep none. */

const place = document.querySelector("[data-offline]");
const { base } = place.dataset;
const prefix = `paperbound ${base} `;
const flag = `paperbound-offline ${base}`;
const [list, count, empty, choice] = ["list", "count", "empty", "choice"].map((name) => place.querySelector(`[data-offline-${name}]`));
const signs = { amp: "&", lt: "<", gt: ">", quot: '"', "#34": '"', "#39": "'" };

const listCaches = async () => (await caches.keys()).filter((name) => name.startsWith(prefix));

async function readPages() {
  const pages = [];
  for (const name of await listCaches()) {
    if (!name.endsWith(" pages")) continue;
    const cache = await caches.open(name);
    for (const { url } of await cache.keys()) {
      const text = await (await cache.match(url)).text();
      const title = /<title>([^<]*)/.exec(text)?.[1] ?? url;
      pages.push({ url, title: title.replace(/&(\w+|#\d+);/g, (whole, sign) => (Object.hasOwn(signs, sign) ? signs[sign] : whole)) });
    }
  }
  return pages.reverse();
}

async function show() {
  const pages = await readPages();
  count.textContent = t("offline.pages", { count: pages.length });
  empty.disabled = !pages.length;
  list.replaceChildren(
    ...pages.map(({ url, title }) => {
      const link = Object.assign(document.createElement("a"), { href: url, textContent: title });
      const item = document.createElement("li");
      item.append(link);
      return item;
    }),
  );
}

async function remove(test) {
  for (const name of await listCaches()) if (test(name)) await caches.delete(name);
}

async function choose() {
  try {
    localStorage.setItem(flag, choice.checked ? "on" : "off");
  } catch {
    // Kept for this page only.
  }
  if (choice.checked) return location.reload();
  const registration = await navigator.serviceWorker.getRegistration(base);
  await registration?.unregister();
  await remove(() => true);
  return show();
}

if (navigator.serviceWorker && globalThis.caches) {
  try {
    choice.checked = localStorage.getItem(flag) !== "off";
  } catch {
    choice.checked = true;
  }
  empty.addEventListener("click", async () => {
    await remove((name) => !name.endsWith(" shell"));
    await show();
    count.focus();
  });
  choice.addEventListener("change", choose);
  show();
  place.hidden = false;
} else {
  document.querySelector("[data-offline-refused]").hidden = false;
}
