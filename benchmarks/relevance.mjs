/* Known items in our client, lunr and MiniSearch: reciprocal rank of the paper meant, gzipped bytes asked for.
   Called with: folder of assets, folder of packages (lunr, minisearch), folder of search data, rows, queries,
   engines. Prints JSON. */

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const [assets, packages, folder, rowsPath, queriesPath, engines = "ours"] = process.argv.slice(2);
const load = (path) => import(pathToFileURL(path).href);
const read = (path) => readFileSync(path, "utf8").trimEnd().split("\n").map((line) => JSON.parse(line));
const rows = read(rowsPath);
const queries = read(queriesPath);
const fields = ["title", "authors", "venue", "year", "abstract", "id"];
const documents = rows.map((row, at) => ({
  ref: at, title: row.title, authors: (row.authors ?? []).join(", "), venue: [row.venue, row.booktitle].flat().join(" "),
  year: String(row.year), abstract: row.abstract ?? "", id: `${row.id} ${row.bibkey ?? ""} ${row.doi ?? ""}`,
}));

async function makeOurs() {
  const [{ Index }, { parseQuery }, { rank, pickBest }] = await Promise.all(["index", "query", "ranking"].map((name) => load(`${assets}/${name}.js`)));
  const slugs = new Map(readFileSync(`${folder}/numbers.json`, "utf8").trim().split("\n").map((line) => JSON.parse(line)));
  let bytes = 0;
  const sizes = new Map();
  const manifest = readFileSync(`${folder}/manifest.json`);
  const fresh = () => new Index(JSON.parse(manifest), async (path) => {
    const data = readFileSync(`${folder}/${path}`);
    if (!sizes.has(path)) sizes.set(path, gzipSync(data).length);
    bytes += sizes.get(path);
    return new Uint8Array(data);
  });
  return async (query) => {
    bytes = gzipSync(manifest).length;
    const index = fresh();
    const { words } = parseQuery(query);
    const start = performance.now();
    const result = await rank(index, words, false);
    const time = performance.now() - start;
    const best = (await pickBest(index, words, result)).slice(0, 10);
    await Promise.all(best.map((number) => index.record(number)));
    return { found: best.map((number) => slugs.get(number)), bytes, time };
  };
}

async function makeLunr() {
  const { default: lunr } = await load(`${packages}/lunr/lunr.js`);
  const index = lunr((builder) => {
    builder.ref("ref");
    fields.forEach((field) => builder.field(field));
    documents.forEach((document) => builder.add(document));
  });
  return async (query) => {
    let found = [];
    try {
      found = index.search(query);
    } catch {
      // What lunr takes for wrong syntax finds nothing.
    }
    return { found: found.slice(0, 10).map(({ ref }) => Number(ref)) };
  };
}

async function makeMini() {
  const { default: MiniSearch } = await load(`${packages}/minisearch/dist/es/index.js`);
  const index = new MiniSearch({ idField: "ref", fields });
  index.addAll(documents);
  const options = { boost: { title: 8, authors: 6, id: 10 }, fuzzy: (term) => (term.length > 3 ? 0.2 : 0), prefix: (term, at, terms) => at === terms.length - 1, combineWith: "AND" };
  return async (query) => {
    let found = index.search(query, options);
    if (!found.length) found = index.search(query, { ...options, combineWith: "OR" });
    return { found: found.slice(0, 10).map(({ id }) => id) };
  };
}

const makers = { ours: makeOurs, lunr: makeLunr, minisearch: makeMini };
const results = {};
for (const name of engines.split(",")) {
  const start = performance.now();
  const search = await makers[name]();
  const built = (performance.now() - start) / 1000;
  const kinds = {};
  for (const [kind, query, number] of queries) {
    const { found, bytes, time } = await search(query);
    const place = found.indexOf(number);
    const one = (kinds[kind] ??= { count: 0, mrr: 0, first: 0, bytes: [], times: [], missed: [] });
    one.count++;
    one.mrr += place < 0 ? 0 : 1 / (place + 1);
    one.first += place === 0;
    if (place !== 0 && one.missed.length < 12) one.missed.push([query, place]);
    if (bytes) one.bytes.push(bytes);
    if (time) one.times.push(time);
  }
  for (const one of Object.values(kinds)) {
    one.mrr /= one.count;
    one.first /= one.count;
    const at = (list, share) => list.sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))];
    one.bytes = one.bytes.length ? { median: at(one.bytes, 0.5), p95: at(one.bytes, 0.95) } : undefined;
    one.times = one.times.length ? { median: at(one.times, 0.5), p95: at(one.times, 0.95) } : undefined;
  }
  results[name] = { built, kinds };
}
console.log(JSON.stringify(results));
