/* The search page: results as you type, the query in the address, keys to walk the results. */

import { Index } from "./postings.js";
import { parseQuery } from "./query.js";
import { rank } from "./ranking.js";
import { markTerms } from "./tokens.js";

const step = 20;
const find = (name) => document.querySelector(`[data-search-${name}]`);
const field = document.getElementById("q");
const section = find("results");
const [count, list, more, empty] = ["count", "list", "more", "empty"].map(find);

let opening = null;
let turn = 0;
let shown = { documents: [], terms: new Set(), whole: 0, size: 0 };

function openIndex() {
  opening ??= Index.open(section.dataset.manifest).catch((error) => {
    opening = null;
    throw error;
  });
  return opening;
}

function make(tag, name, ...children) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.append(...children);
  return element;
}

function mark(text) {
  return markTerms(text, shown.terms).map(([piece, hit]) => (hit ? make("mark", "", piece) : piece));
}

function cutAround(text) {
  const pieces = markTerms(text, shown.terms);
  const first = pieces.findIndex(([, hit]) => hit);
  if (first < 0) return "";
  const start = pieces.slice(0, first).reduce((length, [piece]) => length + piece.length, 0);
  if (start < 80) return text;
  return `… ${text.slice(text.indexOf(" ", start - 60) + 1)}`;
}

function makeEntry(record) {
  const link = make("a", "", ...mark(record.title));
  link.href = record.href;
  const body = make("div", "", make("h3", "tied", link));
  if (record.takeaway) body.append(make("p", "take", ...mark(record.takeaway)));
  const inTitle = [record.title, record.takeaway].some((text) => markTerms(text, shown.terms).some(([, hit]) => hit));
  const text = inTitle && record.takeaway ? "" : cutAround(record.text);
  if (text) body.append(make("p", "snip", ...mark(text)));
  const meta = make("p", "meta", make("b", "", ...mark(record.authors || "Authors not listed")));
  if (record.venue) meta.append(" · ", make("cite", "", ...mark(record.venue)));
  body.append(meta);
  const when = make(record.iso ? "time" : "span", "at when", record.date || "No date");
  if (record.iso) when.dateTime = record.iso;
  return make("li", "entry", when, body);
}

async function show(from, to, mine) {
  const index = await openIndex();
  const records = await Promise.all(shown.documents.slice(from, to).map((number) => index.record(number)));
  if (mine !== turn) return;
  const entries = records.map(makeEntry);
  if (from) list.append(...entries);
  else list.replaceChildren(...entries);
  shown.size = to;
  more.hidden = shown.documents.length <= to;
}

function say(query) {
  const { documents, whole } = shown;
  const papers = (number) => `${number.toLocaleString("en")} ${number === 1 ? "paper" : "papers"}`;
  const strong = make("span", "h2", papers(documents.length));
  const rest = documents.length - whole;
  const note = rest ? ` for “${query}”, ${whole ? papers(whole) : "none"} with all words` : ` for “${query}”`;
  count.replaceChildren(strong, note);
  empty.hidden = documents.length > 0;
}

async function search(typing) {
  const mine = ++turn;
  const query = field.value.trim();
  const words = parseQuery(query);
  if (!words.length) {
    list.replaceChildren();
    section.hidden = !query;
    count.replaceChildren(query ? "Type a word to search for." : "");
    more.hidden = true;
    empty.hidden = true;
    return;
  }
  section.hidden = false;
  const slow = setTimeout(() => count.replaceChildren("Searching"), 100);
  try {
    const index = await openIndex();
    if (mine !== turn) return;
    shown = { ...rank(index, words, typing && !/\s$/.test(field.value)), size: 0 };
    await show(0, step, mine);
    if (mine === turn) say(query);
  } catch (error) {
    console.warn(error);
    if (mine === turn) count.replaceChildren("The search data could not be loaded. Try again in a moment.");
  } finally {
    clearTimeout(slow);
  }
}

function keepAddress() {
  const address = new URL(location.href);
  if (field.value.trim()) address.searchParams.set("q", field.value.trim());
  else address.searchParams.delete("q");
  history.replaceState(null, "", address);
}

function readAddress() {
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  search(false);
}

function walk(event) {
  const links = [...list.querySelectorAll("h3 a")];
  const at = links.indexOf(document.activeElement);
  if (event.key === "Escape" && at >= 0) field.focus();
  else if (event.key === "ArrowDown" && (at >= 0 || document.activeElement === field)) links[at + 1]?.focus();
  else if (event.key === "ArrowUp" && at >= 0) (links[at - 1] ?? field).focus();
  else return;
  event.preventDefault();
}

let waiting = 0;
field.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    keepAddress();
    search(true);
  }, 40);
});
field.form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  keepAddress();
  search(false);
});
more.addEventListener("click", () => show(shown.size, shown.size + step, turn));
document.addEventListener("keydown", walk);
addEventListener("popstate", readAddress);
readAddress();
if (!field.value) field.focus();
