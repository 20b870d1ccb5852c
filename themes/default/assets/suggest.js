/* Suggestions of papers, authors, topics and venues for what is typed in a search field. */

import { Opener } from "./index.js";
import { parseQuery } from "./query.js";
import { pickBest, rank } from "./ranking.js";
import { fold } from "./tokens.js";

const most = { papers: 5, names: 4 };
const opener = new Opener();

/** Names with a word that begins as the last word typed and all other words typed, most papers first. */
async function suggestNames(index, text) {
  const words = fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  const last = words[words.length - 1] ?? "";
  if (last.length < 2) return [];
  const base = index.manifest.papers.replace(/papers\/$/, "");
  const found = new Map();
  for (const line of await index.range("names", last, 2)) {
    const [kind, name, slug, count] = JSON.parse(line.slice(line.indexOf("\t") + 1));
    const parts = slug.split("-");
    const whole = words.every((word, at) => parts.some((part) => (at === words.length - 1 ? part.startsWith(word) : part === word)));
    if (whole) found.set(`${kind} ${slug}`, { label: name, note: t("suggest.name", { kind: index.manifest.sections[kind], count }), href: `${base}${kind}/${slug}/`, count });
  }
  return [...found.values()].sort((one, other) => other.count - one.count).slice(0, most.names);
}

async function suggestPapers(index, query) {
  const { text, href: target } = await index.look(query);
  const { words } = parseQuery(text);
  if (!words.length) return [];
  const result = await rank(index, words, !/\s$/.test(text));
  const best = (await pickBest(index, words, result)).slice(0, most.papers);
  const records = await Promise.all(best.map((number) => index.record(number)));
  const papers = records.map(({ title, authors, href }) => ({ label: title, note: authors, href, isMeant: href === target }));
  if (target && !papers.some(({ isMeant }) => isMeant)) papers.push({ label: query, note: t("suggest.identifier"), href: target, isMeant: true });
  return papers;
}

/** What fits the text of a field: names, then papers. */
export async function suggest(text, manifest) {
  const index = await opener.open(manifest);
  return Promise.all([suggestNames(index, text), suggestPapers(index, text)]);
}
