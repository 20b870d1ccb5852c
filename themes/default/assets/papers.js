/* Papers by their addresses, and what their pages say. Slugs are checked here: they come from anywhere. */

// The site is above its assets; each further language has a folder, with the same papers.
const { href: root } = new URL("..", import.meta.url);
const home = document.querySelector("a.brand")?.href ?? root;
const slugs = /^[a-z0-9-]{1,100}$/;
const page = /^(?:[a-z]{2,3}(?:-[a-z0-9]+)?\/)?papers\/([^/]+)\/?(?:index\.html)?$/i;

/** Whether a text is a slug. */
export function isSlug(text) {
  return typeof text === "string" && slugs.test(text) && text !== "page";
}

/** The path of a paper's page. */
export function makePath(slug) {
  return new URL(`papers/${slug}/`, home).pathname;
}

/** The slug of the paper whose page is at an address of this host, or of `site`; else undefined. */
export function findSlug(address, site = root) {
  if (typeof address !== "string") return undefined;
  try {
    const { origin, pathname } = new URL(address, root);
    const place = [new URL(root), new URL(site)].find((one) => one.origin === origin && pathname.startsWith(one.pathname));
    const slug = place && pathname.slice(place.pathname.length).match(page)?.[1];
    return isSlug(slug) ? slug : undefined;
  } catch {
    return undefined;
  }
}

const textOf = (element) => (element?.textContent ?? "").replace(/\s+/g, " ").trim();

/** What the page of a paper says of it, as text. */
export function describePage(page, slug) {
  const site = textOf(page.querySelector(".brand span"));
  const authors = page.querySelector(".by")?.cloneNode(true);
  for (const sign of authors?.querySelectorAll(".orcid") ?? []) sign.remove();
  return {
    slug,
    title: page.title.endsWith(` · ${site}`) ? page.title.slice(0, -site.length - 3) : page.title,
    authors: textOf(authors),
    venue: textOf(page.querySelector(".src cite")),
    date: page.querySelector(".src time")?.getAttribute("datetime"),
  };
}
