/* The newest papers of a topic or of a co-author, read from its page: if they stood on the pages of all its papers, each
   new paper would write these anew. */

import { loadPage } from "./loading.js";
import { findSlug } from "./papers.js";

const shown = 3;

async function fill(list) {
  const topic = await loadPage(list.dataset.newest);
  const known = new Set([location, ...document.querySelectorAll("main a:not(.walk a)")].map(({ href }) => findSlug(href)));
  const links = [...topic.querySelectorAll(".entry h3 a")].filter(({ href }) => !known.has(findSlug(href)));
  for (const link of links.slice(0, shown)) {
    const item = document.createElement("li");
    item.append(document.importNode(link, true));
    const year = link.closest(".entry").querySelector("time")?.dateTime.slice(0, 4);
    if (year) item.append(Object.assign(document.createElement("span"), { textContent: year }));
    list.append(item);
  }
  if (!list.firstChild) list.remove();
}

/** Fills each list as soon as it comes near to the window, one after the other: each paper stands once. */
export function watchNewest() {
  let filled = Promise.resolve();
  const observer = new IntersectionObserver(
    (seen) => {
      for (const { isIntersecting, target } of seen) {
        if (!isIntersecting) continue;
        observer.unobserve(target);
        // Without it the heading leads there.
        filled = filled.then(() => fill(target)).catch(() => target.remove());
      }
    },
    { rootMargin: "300px" },
  );
  for (const list of document.querySelectorAll("[data-newest]")) observer.observe(list);
}
