/* Files: the entry on the page of a paper, and a text as a file of the reader. */

/** The entry of a paper in the format with a suffix, from its page. */
export function readEntry(page, suffix) {
  return page.querySelector(`pre[data-copy="${suffix}"]`).textContent.replace(/\n+$/, "");
}

/** Joins the entries of a file. */
export function joinEntries(entries, suffix) {
  const text = `${entries.join("\n\n")}\n`;
  return suffix === "ris" ? text.replaceAll("\n", "\r\n") : text;
}

/** Gives a text to the reader as a file. */
export function saveFile(text, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text]));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
