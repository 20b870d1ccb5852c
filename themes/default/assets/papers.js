/* Papers by their addresses, and what their pages say. Slugs are checked here: they come from anywhere. */

const { href: own, pathname: base } = new URL("..", import.meta.url);
const slugs = /^[a-z0-9-]{1,100}$/;

/** Whether a text is a slug. */
export function isSlug(text) {
  return typeof text === "string" && slugs.test(text) && text !== "page";
}

/** The path of a paper's page. */
export function makePath(slug) {
  return `${base}papers/${slug}/`;
}

/** The slug of the paper whose page is at an address of this host, or of `site`; else undefined. */
export function findSlug(address, site = own) {
  if (typeof address !== "string") return undefined;
  try {
    const { origin, pathname } = new URL(address, own);
    if (![new URL(own).origin, new URL(site).origin].includes(origin)) return undefined;
    const folder = [base, new URL(site).pathname].map((path) => `${path}papers/`).find((path) => pathname.startsWith(path));
    const slug = folder && pathname.slice(folder.length).replace(/\/(index\.html)?$/, "");
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
