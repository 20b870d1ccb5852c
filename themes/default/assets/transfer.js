/* The reading list as files, and what files that readers bring say of papers. */

import { findSlug, makePath } from "./papers.js";
import { parseList, readTags } from "./store.js";

const makeAddress = ({ slug }) => new URL(makePath(slug), location.href).href;
// A cell that begins so is a formula to a spreadsheet.
const formula = /^(?:[\t\r\n]|[\s\u200b]*[=+\-@＝＋－＠])/;

/** The list as JSON, which can be imported as it is. */
export function makeJson(papers, site) {
  return `${JSON.stringify({ version: 1, site, papers: papers.map((paper) => ({ ...paper, address: makeAddress(paper) })) }, null, 2)}\n`;
}

/** The list as CSV (RFC 4180), safe to open in a spreadsheet. */
export function makeCsv(papers) {
  const names = ["title", "authors", "venue", "date", "address", "saved", "read", "star", "tags", "note"];
  const rows = papers.map((paper) => {
    const cells = { ...paper, address: makeAddress(paper), tags: paper.tags.join(", ") };
    return names.map((name) => String(cells[name]));
  });
  const quote = "\x22";
  const write = (cell) => quote + (formula.test(cell) ? "'" + cell : cell).replaceAll(quote, quote + quote) + quote;
  return [names, ...rows].map((row) => row.map(write).join(",") + "\r\n").join("");
}

/** The list as Markdown, in which nothing that was typed is markup. */
export function makeMarkdown(papers, title) {
  const plain = (text) => text.replace(/\s+/g, " ").replace(/[\\\x60*_{}[\]<>#+!|~$&()-]/g, "\\$&").replace(/^(\d+)\./, "$1\\.");
  const items = papers.map((paper) => {
    const about = [paper.authors, paper.venue, paper.date, ...paper.tags.map((tag) => "#" + tag)].filter(Boolean).map(plain);
    const notes = paper.note.split("\n").filter((line) => line.trim()).map(plain);
    // Two spaces end a line.
    const lines = [[`[${plain(paper.title)}](${makeAddress(paper)})`, about.join(" · ")].filter(Boolean).join("  \n  "), ...notes];
    return "- " + lines.join("\n\n  ") + "\n";
  });
  return `# ${plain(title)}\n\n${items.join("\n")}`;
}

const entry = /^\s*@(?!comment|string|preamble)\w+\s*[{(]|^TY {2}- /m;

/** What may name a paper in an entry of BibTeX or RIS, the surest first. */
function listNames(text) {
  const fields = [/^\s*doi\s*=\s*[\x22{]+([^\x22}]+)/im, /^\s*eprint\s*=\s*[\x22{]+([^\x22}]+)/im, /^DO {2}- (\S+)/m, /arxiv\.org\/\w+\/([^\s\x22}]+)/i, /^ID {2}- (\S+)/m, /^\s*@\w+\s*[{(]\s*([^\s,]+)/m];
  return fields.map((field) => text.match(field)?.[1]).filter(Boolean);
}

function findAddress(text, site) {
  for (const [address] of text.matchAll(/https?:\/\/[^\s\x22\x27<>(){}[\]\\]+/g)) {
    const slug = findSlug(address, site);
    if (slug) return { slug };
  }
  return undefined;
}

/** The papers that a file speaks of: of each what is known of it, or the `names` to look it up by. */
export function readFile(text, site) {
  const { papers, isWhole } = parseList(text, site);
  if (papers.length || isWhole) return papers;
  const parts = entry.test(text) ? text.split(new RegExp("(?=" + entry.source + ")", "m")).filter((part) => entry.test(part)) : text.split("\n");
  return parts.map((part) => findAddress(part, site) ?? { names: listNames(part) }).filter(({ slug, names }) => slug || names.length);
}

/** Joins what is in the list with what comes: nothing of the list is lost. */
export function merge(papers, others) {
  const known = new Map(papers.map((paper) => [paper.slug, paper]));
  for (const other of others) {
    const one = known.get(other.slug);
    if (!one) known.set(other.slug, other);
    else {
      const notes = one.note.includes(other.note) ? one.note : [one.note, other.note].filter(Boolean).join("\n\n");
      known.set(one.slug, { ...one, note: notes, tags: readTags([...one.tags, ...other.tags]), read: one.read || other.read, star: one.star || other.star });
    }
  }
  return [...known.values()];
}
