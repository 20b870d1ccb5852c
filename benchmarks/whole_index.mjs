/* Builds the index of lunr or MiniSearch over rows and writes it as one file; prints the seconds of both.
   Called with: engine, folder of packages, rows, file to write. */

import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [engine, packages, rowsPath, out] = process.argv.slice(2);
const fields = ["title", "authors", "venue", "year", "abstract", "id"];
const documents = readFileSync(rowsPath, "utf8").trimEnd().split("\n").map((line) => JSON.parse(line)).map((row, at) => ({
  ref: at, title: row.title, authors: (row.authors ?? []).join(", "), venue: [row.venue, row.booktitle].flat().join(" "),
  year: String(row.year), abstract: row.abstract ?? "", id: `${row.id} ${row.bibkey ?? ""} ${row.doi ?? ""}`,
}));
const load = async (path) => (await import(pathToFileURL(`${packages}/${path}`).href)).default;

const makers = {
  async lunr() {
    const lunr = await load("lunr/lunr.js");
    return lunr((builder) => {
      builder.ref("ref");
      fields.forEach((field) => builder.field(field));
      documents.forEach((document) => builder.add(document));
    });
  },
  async minisearch() {
    const MiniSearch = await load("minisearch/dist/es/index.js");
    const index = new MiniSearch({ idField: "ref", fields });
    index.addAll(documents);
    return index;
  },
};
const start = performance.now();
writeFileSync(out, JSON.stringify(await makers[engine]()));
console.log((performance.now() - start) / 1000);
