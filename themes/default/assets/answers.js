/* What an address of the search asks for, and the papers that answer it. */

import { loadFacets, makeFilter } from "./facets.js";
import { decodeNumbers } from "./index.js";
import { orders, parseQuery } from "./query.js";
import { pickBest, rank } from "./ranking.js";
import { order } from "./scoring.js";

/** What the parameters of an address ask for: {query, chosen, sort}; `chosen` maps names of facets to sets of slugs. */
export function readAsked(parameters, facets) {
  const chosen = [...facets.keys()].map((name) => [name, new Set(parameters.getAll(name).filter(Boolean))]);
  const sort = parameters.get("sort");
  return {
    query: parameters.get("q") ?? "",
    chosen: new Map(chosen.filter(([, slugs]) => slugs.size)),
    sort: orders.includes(sort) ? sort : "",
  };
}

/** What is chosen and listed in a column; an author of few papers is listed in none, and is looked up by name. */
function splitChosen(columns, chosen) {
  const listed = new Map(chosen);
  const clauses = [];
  const authors = columns.find(({ name }) => name === "author");
  for (const slug of chosen.get("author") ?? []) {
    if (!authors || authors.least < 2 || authors.values.some(([one]) => one === slug)) continue;
    clauses.push(...parseQuery(`+author:"${slug.replaceAll("-", " ")}"`).words);
    listed.delete("author");
  }
  return { listed, clauses };
}

/** All documents by date, newest first, or by title. */
async function sortBy(sort, index, documents) {
  if (sort === "date") return documents.sort((one, other) => other - one);
  const places = decodeNumbers((await index.load("titles", index.manifest.titles))[0]);
  return documents.sort((one, other) => places[one * 2 + 1] - places[other * 2 + 1]);
}

/**
 * The answer to what is asked: `documents` are the first of `total`, in their order. `isOpen` says that the last word is
 * still typed, `isCounted` that the columns of the facets are wanted. `href` is where an identifier leads.
 */
export async function answer(index, { query, chosen, sort: wanted, isOpen }, facets, isCounted) {
  const isFiltered = chosen.size > 0;
  const { text, href } = await index.look(query);
  const { words, sort: typed } = parseQuery(text);
  const sort = wanted || typed || (words.length ? "relevance" : "date");
  const columns = isFiltered || isCounted ? await index.keep("facets", () => loadFacets(index, facets)) : [];
  const { listed, clauses } = splitChosen(columns, chosen);
  const asked = [...words, ...clauses];
  const result = await rank(index, asked, isOpen && !clauses.length, makeFilter(columns, listed));
  const found = { query, sort, index, columns, listed, result, href, isAsked: words.length > 0 || isFiltered };
  if (!found.isAsked) return { ...found, documents: [], total: 0 };
  if (sort === "relevance") return { ...found, documents: await pickBest(index, asked, result), total: result.whole.length + result.some.length };
  const documents = await sortBy(sort, index, [...(result.whole.length ? result.whole : result.some)]);
  return { ...found, documents, total: documents.length };
}

/** All documents of an answer: by relevance those after the first are put in order only now. */
export function listAll({ documents, total, result: { whole, some, scores } }) {
  if (documents.length >= total) return documents;
  const known = new Set(documents);
  return [...documents, ...[...order([...whole], scores), ...some].filter((document) => !known.has(document))];
}
