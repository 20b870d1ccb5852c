/* lunr.js with its index as one file. */

const load = (source) => new Promise((resolve) => document.head.append(Object.assign(document.createElement("script"), { src: source, onload: resolve })));
await load("engine.js");
const data = await (await fetch("index.json")).json();
const index = lunr.Index.load(data);
window.ask = async (query) => {
  try {
    return index.search(query).slice(0, 10).map(({ ref }) => Number(ref));
  } catch {
    // What lunr takes for wrong syntax finds nothing.
    return [];
  }
};
