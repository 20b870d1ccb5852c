/* Our client as modules: what planning and scoring take once the files that a query needs are there. */

import { Index } from "./modules/index.js";
import { parseQuery } from "./modules/query.js";
import { rank } from "./modules/ranking.js";

const manifest = await (await fetch("search-data/manifest.json")).json();
const files = new Map();
const read = async (path) => {
  if (!files.has(path)) files.set(path, new Uint8Array(await (await fetch(`search-data/${path}`)).arrayBuffer()));
  return files.get(path);
};
/** Milliseconds of decoding, planning and scoring; the first call fetches. */
window.time = async (query) => {
  const { words } = parseQuery(query);
  await rank(new Index(manifest, read), words, false);
  const index = new Index(manifest, read);
  const start = performance.now();
  await rank(index, words, false);
  return performance.now() - start;
};
