/* Facets: counts over all hits, AND across facets and OR within one. */

import { decodeNumbers } from "./index.js";

/** The columns of all facets: {name, title, least, values: [slug, name], starts, items}. `titles` maps names. */
export async function loadFacets(index, titles) {
  const lines = await index.load("facets", index.manifest.facets);
  const columns = [];
  for (let at = 0; at < lines.length; at += 2) {
    const [name, least, ...values] = JSON.parse(lines[at]);
    const numbers = decodeNumbers(lines[at + 1]);
    const starts = new Int32Array(index.size + 1);
    const items = new Int32Array(numbers.length - index.size);
    for (let document = 0, from = 0; document < index.size; document++) {
      const count = numbers[from++];
      for (let item = 0; item < count; item++) items[starts[document] + item] = numbers[from++];
      starts[document + 1] = starts[document] + count;
    }
    columns.push({ name, title: titles.get(name) ?? name, least, values: values.map(([slug, label = slug]) => [slug, label]), starts, items });
  }
  return columns;
}

/** Which values of each column are chosen: null where none are. `chosen` maps names to sets of slugs. */
const pick = (columns, chosen) =>
  columns.map(({ name, values }) => {
    const slugs = [...(chosen.get(name) ?? [])];
    if (!slugs.length) return null;
    const [from, to] = slugs[0].split("..");
    return values.map(([slug]) => (to ? slug >= from && slug <= to : slugs.includes(slug)));
  });

/** A function that tells of a document how many facets bar it, and which one did last. */
function makeJudge(columns, chosen) {
  const picked = pick(columns, chosen);
  return (document) => {
    let [failed, last] = [0, -1];
    columns.forEach(({ starts, items }, number) => {
      if (!picked[number]) return;
      for (let at = starts[document]; at < starts[document + 1]; at++) if (picked[number][items[at]]) return;
      failed++;
      last = number;
    });
    return [failed, last];
  };
}

export const makeFilter = (columns, chosen) => {
  const judge = makeJudge(columns, chosen);
  return (document) => judge(document)[0] === 0;
};

/** For each column the number of documents of each value, other facets' choices applied. */
export function countValues(columns, documents, chosen) {
  const judge = makeJudge(columns, chosen);
  const counts = columns.map(({ values }) => new Int32Array(values.length));
  for (const document of documents) {
    const [failed, last] = judge(document);
    if (failed > 1) continue;
    columns.forEach(({ starts, items }, number) => {
      if (failed && number !== last) return;
      for (let at = starts[document]; at < starts[document + 1]; at++) counts[number][items[at]]++;
    });
  }
  return counts;
}
