/* The found papers as one file: each paper's page has its entry. Loaded with the first such file. */

import { joinEntries, readEntry, saveFile } from "./files.js";
import { loadPaper } from "./loading.js";

const most = 200;
const together = 8;

/** Saves the first papers of a result as a file with this suffix, and says how far it is. */
export async function saveFound(index, documents, suffix, say) {
  const total = Math.min(documents.length, most);
  const entries = [];
  while (entries.length < total) {
    say(t("download.loading", { found: entries.length, total }));
    const some = documents.slice(entries.length, Math.min(entries.length + together, total));
    const records = await Promise.all(some.map((number) => index.record(number)));
    const pages = await Promise.all(records.map(({ href }) => loadPaper(href)));
    entries.push(...pages.map((page) => readEntry(page, suffix)));
  }
  saveFile(joinEntries(entries, suffix), `papers.${suffix}`);
  const count = total;
  say(total < documents.length ? t("download.first", { count, total: documents.length }) : t("download.saved", { count }));
}
