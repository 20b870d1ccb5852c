/* Compares the client's documents, order and scores with those of one lunr.js index over the same terms.
   Called with: folder of assets, path of lunr.js, folder of search data, file of documents (a JSON line each:
   the terms of every field), number of queries. Prints JSON: queries by kind, faults. */

import { createReadStream, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const [assets, lunrPath, folder, documentsPath, number] = process.argv.slice(2);
const load = (name) => import(pathToFileURL(`${assets}/${name}`).href);
const [{ Index }, { evaluate }, { findNear }, { order }] = await Promise.all(
  ["index.js", "ranking.js", "near.js", "scoring.js"].map(load),
);
const { default: lunr } = await import(pathToFileURL(lunrPath).href);
const index = new Index(JSON.parse(readFileSync(`${folder}/manifest.json`, "utf8")), async (path) => new Uint8Array(readFileSync(`${folder}/${path}`)));
const names = index.fields.map(({ name }) => name);

const rows = [];
for await (const line of createInterface({ input: createReadStream(documentsPath) })) rows.push(JSON.parse(line));
const builder = new lunr.Builder();
builder.ref("ref");
index.fields.forEach(({ name, boost }) => builder.field(name, { boost }));
const vocabulary = new Set();
// Newest first, for that is our order of equal scores and insertion is lunr's.
for (let at = rows.length - 1; at >= 0; at--) {
  builder.add({ ref: String(at), ...Object.fromEntries(names.map((name, field) => [name, rows[at][field]])) });
  rows[at].slice(0, 8).flat().forEach((term) => vocabulary.add(term));
}
const reference = builder.build();
// `~` is for words that people wrote: identifiers are not among those that it looks at, and stand in no list of words.
const misspelt = new lunr.Index({ ...reference, tokenSet: lunr.TokenSet.fromArray([...vocabulary].sort()) });

let seed = 7;
const chance = (below) => {
  seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
  return Math.floor((seed / 2 ** 32) * below);
};
const all = [...vocabulary].sort();
const plain = all.filter((term) => /^[a-z]{4,}$/.test(term));
const any = () => all[chance(all.length)];
const one = () => plain[chance(plain.length)];
/** A term of a random document, which favours frequent ones as people do. */
const common = (field) => {
  for (;;) {
    const row = rows[chance(rows.length)];
    const terms = field === undefined ? row.slice(0, 8).flat() : row[field];
    if (terms.length) return terms[chance(terms.length)];
  }
};
const edit = (term) => {
  const at = chance(term.length);
  const kinds = [() => term.slice(0, at) + term.slice(at + 1), () => `${term.slice(0, at)}q${term.slice(at)}`, () => `${term.slice(0, at)}x${term.slice(at + 1)}`, () => term.slice(0, at) + (term[at + 1] ?? "") + term[at] + term.slice(at + 2)];
  return kinds[chance(4)]();
};
const { REQUIRED, PROHIBITED, OPTIONAL } = lunr.Query.presence;
const kinds = {
  "one rare": () => [{ term: any() }],
  "one common": () => [{ term: common() }],
  "two any": () => [{ term: common() }, { term: common() }],
  "four any": () => [{ term: common() }, { term: common() }, { term: any() }, { term: common() }],
  "one twice": () => { const term = common(); return [{ term }, { term }]; },
  "unknown": () => [{ term: "zzzzqqq" }, { term: common() }],
  "required": () => [{ term: common(), presence: REQUIRED }],
  "two required": () => [{ term: common(), presence: REQUIRED }, { term: common(), presence: REQUIRED }],
  "required and any": () => [{ term: common(), presence: REQUIRED }, { term: common() }],
  "required unknown": () => [{ term: "zzzzqqq", presence: REQUIRED }, { term: common() }],
  "without": () => [{ term: common() }, { term: common(), presence: PROHIBITED }],
  "only without": () => [{ term: common(), presence: PROHIBITED }],
  "in title": () => [{ term: common(0), fields: ["title"] }],
  "in authors": () => [{ term: common(1), fields: ["authors"] }],
  "in year, and any": () => [{ term: common(4), fields: ["year"], presence: REQUIRED }, { term: common() }],
  "in two fields": () => [{ term: common(), fields: ["title", "abstract"] }, { term: common(), fields: ["authors", "venue"] }],
  "without in a field": () => [{ term: common() }, { term: common(0), fields: ["title"], presence: PROHIBITED }],
  "boosted": () => [{ term: common(), boost: 3 }, { term: common(), boost: 0.5 }],
  "beginning": () => [{ term: `${one().slice(0, 4)}*`, begins: true }],
  "beginning, required": () => [{ term: `${one().slice(0, 3)}*`, begins: true, presence: REQUIRED }, { term: common() }],
  "one edit": () => [{ term: edit(one()), edits: 1 }],
  "two edits": () => [{ term: edit(edit(one())), edits: 2 }],
  "one edit in title": () => [{ term: edit(one()), edits: 1, fields: ["title"] }, { term: common() }],
};

async function expand({ term, begins, edits }) {
  if (begins) return (await index.range("terms", term.slice(0, -1))).map((line) => line.slice(0, line.indexOf("\t")));
  if (edits) return (await findNear(index, term, edits, true)).filter(({ isTerm }) => isTerm).map(({ word }) => word);
  return [term];
}

async function ask(clauses) {
  const made = [];
  for (const clause of clauses) {
    const { fields = names, boost = 1, presence = OPTIONAL } = clause;
    const sign = presence === PROHIBITED ? "-" : "";
    const mask = names.reduce((bits, name, at) => (fields.includes(name) ? bits | (1 << at) : bits), 0);
    const slot = (await expand(clause)).map((term) => [term, boost]);
    made.push({ sign, mask, plain: presence === OPTIONAL, ways: [[slot]] });
  }
  const { whole, some, scores } = await evaluate(index, made);
  return order([...whole, ...some], scores).map((document) => [document, scores[document]]);
}

const faults = [];
const counts = {};
for (let turn = 0; turn < Number(number); turn++) {
  const kind = Object.keys(kinds)[turn % Object.keys(kinds).length];
  const clauses = kinds[kind]();
  counts[kind] = (counts[kind] ?? 0) + 1;
  const expected = (clauses.some(({ edits }) => edits) ? misspelt : reference).query((query) => {
    for (const { term, fields, boost, presence, edits } of clauses) {
      query.term(term, { usePipeline: false, fields: fields ?? names, boost: boost ?? 1, presence: presence ?? OPTIONAL, ...(edits ? { editDistance: edits } : {}) });
    }
  });
  const found = await ask(clauses);
  const wrong = expected.findIndex(({ ref, score }, at) => !found[at] || Math.abs(found[at][1] - score) > 1e-9 || String(found[at][0]) !== ref);
  if (expected.length !== found.length || wrong >= 0) {
    // Scores that differ by less than what is promised may stand in another order.
    const sets = new Map(found);
    const same = expected.length === found.length && expected.every(({ ref, score }) => Math.abs((sets.get(Number(ref)) ?? -1) - score) <= 1e-9);
    const ties = same && expected.every(({ score }, at) => Math.abs(found[at][1] - score) <= 1e-9);
    if (!ties) faults.push({ kind, clauses, expected: expected.length, found: found.length, wrong, lunr: expected[wrong], ours: found[wrong] });
  }
}
console.log(JSON.stringify({ counts, faults: faults.slice(0, 5), wrong: faults.length }));
