/* The passages of pages, and their order for a query. First come things of exactly that name (a command, a setting, a
   field: whatever a page defines in code), then titles and headings that are the query, names that are it without their
   dashes, headings with all words, names that begin with it, titles and headings with some words where the text has the
   others, and at last texts with all words. Equals stay in the order of the menu. */

const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").trim();
const undashed = (text) => text.replace(/^-+/, "");

/** All passages of the data, as {page, heading, href, names, text}. */
export function listPassages(rows) {
  return rows.flatMap(([page, href, parts]) =>
    parts.map(([heading, id, names, text]) => ({
      page,
      heading,
      href: id ? `${href}#${id}` : href,
      names: names.map(([name, place]) => ({ name, plain: plain(name), href: `${href}#${place}` })),
      text,
      title: plain(heading || page),
      above: plain(`${page} ${heading}`),
      below: plain(text),
    })),
  );
}

const hasAll = (text, words) => words.every((word) => text.includes(word));

/** The rank of a passage, 0 for the best, and the name that it has it by; nothing where the query is not in it. */
function rate({ names, title, above, below }, typed, query, words) {
  const find = (fits) => names.find((one) => fits(one.plain));
  const ranks = [
    () => names.find(({ name }) => name === typed),
    () => find((name) => name === query),
    () => title === query,
    () => find((name) => undashed(name) === undashed(query)),
    () => hasAll(title, words),
    () => find((name) => undashed(name).startsWith(undashed(query))),
    () => words.some((word) => above.includes(word)) && hasAll(`${above} ${below}`, words),
    () => hasAll(below, words),
  ];
  for (const [rank, test] of ranks.entries()) {
    const found = test();
    if (found) return { rank, name: found === true ? undefined : found };
  }
  return undefined;
}

/** The passages that have all words of a query, the best first, each as {label, note, href, text}. */
export function rankPassages(passages, text) {
  const typed = text.trim().replace(/\s+/g, " ");
  const query = plain(typed);
  const words = query.split(" ").filter(Boolean);
  if (!words.length) return [];
  const found = passages.map((passage) => ({ passage, ...rate(passage, typed, query, words) }));
  return found
    .filter(({ rank }) => rank !== undefined)
    .sort((one, other) => one.rank - other.rank)
    .map(({ passage: { page, heading, href, text: below }, name }) => {
      const label = name?.name ?? (heading || page);
      const place = name && heading !== label ? [page, heading] : heading ? [page] : [];
      return { label, note: place.filter(Boolean).join(" · "), href: name?.href ?? href, text: below };
    });
}

/** A piece of a text around the first of the words, cut at spaces, as [piece, isWord] pairs. */
export function cutAround(text, words, length = 240) {
  const low = text.toLowerCase();
  const at = Math.max(0, Math.min(...words.map((word) => low.indexOf(word)).filter((place) => place >= 0), low.length));
  const from = at < 80 || at === low.length ? 0 : low.lastIndexOf(" ", at - 60) + 1;
  const end = from + length < text.length ? low.lastIndexOf(" ", from + length) : text.length;
  const piece = `${from ? "… " : ""}${text.slice(from, end > from ? end : from + length)}${end < text.length ? " …" : ""}`;
  const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return piece.split(new RegExp(`(${escaped.join("|")})`, "giu")).map((one, number) => [one, number % 2 === 1]);
}
