/* The found papers as one file: each paper's page has its entry. Loaded with the first such file. */

const most = 200;
const together = 8;

/* The request parses the page: the content security policy lets no script parse HTML. */
const load = (href) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", href);
    request.responseType = "document";
    request.onerror = () => reject(new Error(href));
    request.onload = () => (request.status === 200 ? resolve(request.response) : reject(new Error(`${href}: ${request.status}`)));
    request.send();
  });

async function fetchEntry(href, suffix) {
  return (await load(href)).querySelector(`pre[data-copy="${suffix}"]`).textContent.replace(/\n+$/, "");
}

/** Saves the first papers of a result as a file with this suffix, and says how far it is. */
export async function saveFound(index, documents, suffix, say) {
  const total = Math.min(documents.length, most);
  const entries = [];
  while (entries.length < total) {
    say(t("download.loading", { found: entries.length, total }));
    const some = documents.slice(entries.length, Math.min(entries.length + together, total));
    const records = await Promise.all(some.map((number) => index.record(number)));
    entries.push(...(await Promise.all(records.map(({ href }) => fetchEntry(href, suffix)))));
  }
  const text = `${entries.join("\n\n")}\n`;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([suffix === "ris" ? text.replaceAll("\n", "\r\n") : text]));
  link.download = `papers.${suffix}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  const count = total;
  say(total < documents.length ? t("download.first", { count, total: documents.length }) : t("download.saved", { count }));
}
