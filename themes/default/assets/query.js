/* What people type, read so that nothing is ever an error: words, fields, +, -, quotes, *, ~1, years. */

import { splitCompounds } from "./tokens.js";

const aliases = {
  title: ["title"],
  author: ["authors"],
  authors: ["authors"],
  tag: ["tags"],
  topic: ["tags"],
  tags: ["tags"],
  venue: ["venue"],
  year: ["year"],
  abstract: ["abstract", "summary"],
  id: ["id"],
};
const longestQuery = 2000;
const mostWords = 24;
const form = /([+-]?)(?:([A-Za-z]+):)?(?:"([^"]*)"?|([^\s"]+))/gu;

function readYears(text) {
  const match = /^(\d{4})\.\.(\d{4})$/.exec(text);
  if (!match) return null;
  const [first, last] = [Number(match[1]), Number(match[2])].sort((one, other) => one - other);
  return Array.from({ length: Math.min(last - first + 1, 300) }, (_, at) => String(first + at));
}

/**
 * The query as words: {parts, joined, sign, fields, prefix, edits, years}. `fields` is null for all fields;
 * the sign of a word that stands plain is empty.
 */
export function parseQuery(text) {
  const words = [];
  for (const [, sign, name, quoted, plain] of text.slice(0, longestQuery).matchAll(form)) {
    const known = name !== undefined && Object.hasOwn(aliases, name.toLowerCase());
    const fields = known ? aliases[name.toLowerCase()] : null;
    let body = quoted ?? plain;
    if (name !== undefined && !known) body = `${name} ${body}`;
    const years = fields?.[0] === "year" ? readYears(body) : null;
    if (years) {
      words.push({ parts: [], joined: "", sign, fields, prefix: false, edits: 0, years });
      continue;
    }
    const ending = quoted === undefined ? /(?:(\*)|~([12]))$/.exec(body) : null;
    const compounds = splitCompounds(body);
    compounds.forEach((compound, at) => {
      const last = at === compounds.length - 1;
      words.push({
        ...compound,
        sign,
        fields,
        prefix: last && ending?.[1] === "*",
        edits: last ? Number(ending?.[2] ?? 0) : 0,
        years: null,
      });
    });
    if (words.length >= mostWords) break;
  }
  return words.slice(0, mostWords);
}
