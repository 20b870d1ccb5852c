/* Identifiers of papers and people: the twin of search/query/identifiers.py, and the page that leads to what an
   identifier names. Loaded when a query may be one. */

const label = /\b(?:doi|arxiv|orcid):\s*(?=\S*\d)/gi;
const address =
  /(?:https?:\/\/)?(?:(?:dx\.|www\.)?doi\.org|(?:www\.|export\.)?arxiv\.org\/[a-z]+|(?:www\.)?orcid\.org)\/([^\s?#]*\d[^\s?#]*)\S*/gi;
const version = /(?:10\.48550\/arxiv\.|\b)(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?\/\d{7})(?:v\d+\b)?(?:\.pdf\b)?/gi;
const longest = 2000;
const shortest = 5;

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A query in which identifiers stand without addresses, labels and versions. */
export function stripAddresses(text) {
  if (!/\d/.test(text)) return text;
  const bare = text.slice(0, longest).replace(label, "");
  return bare.replace(address, (_, rest) => decode(rest)).replace(version, "$1");
}

/** The form in which an identifier is looked up. */
export function makeKey(text) {
  return stripAddresses(text).trim().toLowerCase().replace(/[.,;]+$/, "");
}

/** The number of the shard, of so many, that has a key: FNV-1a of 32 bits. */
export function chooseShard(key, shards) {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(key)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return value % shards;
}

/** Where an identifier leads, or undefined. `table` is the address of the folder of all shards. */
export async function find(text, table, shards) {
  const key = makeKey(text);
  const answer = await fetch(`${table}${chooseShard(key, shards)}.json`, { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
  const rows = await answer.json();
  return Object.hasOwn(rows, key) ? table.replace(/id\/$/, "") + rows[key] : undefined;
}

/** A query without addresses, and where it leads if it is an identifier that the site knows: {text, href}. */
export async function look(query, [, table, shards]) {
  const text = stripAddresses(query);
  const word = text.trim();
  if (word.length < shortest || /\s/.test(word)) return { text };
  try {
    return { text, href: await find(word, table, shards) };
  } catch (error) {
    // The search goes on without it.
    console.warn(error);
    return { text };
  }
}

const place = globalThis.document?.querySelector("[data-identifiers]");

async function follow() {
  const text = decode(location.hash.slice(1)).trim();
  const link = document.querySelector("[data-identifier-search]");
  if (link) {
    link.hidden = !text;
    link.firstChild.search = new URLSearchParams({ q: text });
  }
  if (!text) return place.replaceChildren();
  try {
    const href = await find(text, place.dataset.identifiers, Number(place.dataset.shards));
    if (href) return location.replace(href);
    place.textContent = t("lookup.unknown", { identifier: text });
  } catch (error) {
    console.warn(error);
    place.textContent = t("lookup.failed", { identifier: text });
  }
  return undefined;
}

if (place) {
  addEventListener("hashchange", follow);
  follow();
}
