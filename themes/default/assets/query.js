/* What people type, read so that nothing is ever an error: words, fields, +, -, "phrases", *, ~1, years. */

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
export const orders = ["relevance", "date", "title"];
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
 * The query as {words, sort}. A word is {parts, joined, sign, fields, prefix, edits, years, phrase}: `fields` is
 * null for all fields, the sign of a word that stands plain is empty, a phrase holds all its words as parts.
 */
export function parseQuery(text) {
  const words = [];
  let sort = "";
  for (const [, sign, name, quoted, plain] of text.slice(0, longestQuery).matchAll(form)) {
    if (name === "sort" && orders.includes(plain)) {
      sort = plain;
      continue;
    }
    const known = name !== undefined && Object.hasOwn(aliases, name.toLowerCase());
    const fields = known ? aliases[name.toLowerCase()] : null;
    let body = quoted ?? plain;
    if (name !== undefined && !known) body = `${name} ${body}`;
    const word = { parts: [], joined: "", sign, fields, prefix: false, edits: 0, years: null, phrase: false };
    const years = fields?.[0] === "year" ? readYears(body) : null;
    const ending = quoted === undefined ? /(?:(\*)|~([12]))$/.exec(body) : null;
    const compounds = splitCompounds(ending ? body.slice(0, ending.index) : body);
    if (years) words.push({ ...word, years });
    else if (quoted !== undefined && compounds.length) {
      words.push({ ...word, parts: compounds.flatMap(({ parts }) => parts).slice(0, mostWords), phrase: true });
    } else {
      compounds.forEach((compound, at) => {
        const last = at === compounds.length - 1;
        const more = { prefix: last && ending?.[1] === "*", edits: last ? Number(ending?.[2] ?? 0) : 0 };
        words.push({ ...word, ...compound, ...more, parts: compound.parts.slice(0, mostWords) });
      });
    }
    if (words.length >= mostWords) break;
  }
  return { words: words.slice(0, mostWords), sort };
}
