/* The search page: results as you type, facets, the whole state in the address, keys to walk the results. On
   other pages the fields that suggest. */

import { countValues, drawFacets, facetNames, loadFacets, makeFilter } from "./facets.js";
import { Index, MissingFile, decodeNumbers } from "./index.js";
import { orders, parseQuery } from "./query.js";
import { pickBest, rank } from "./ranking.js";
import { order } from "./scoring.js";
import { attach } from "./suggest.js";
import { markTerms } from "./tokens.js";

const step = 10;
const find = (name) => document.querySelector(`[data-search-${name}]`);
const field = document.getElementById("q");
const section = find("results");
const [count, list, more, empty, failed, open, panel, chips, sorts] = [
  "count", "list", "more", "empty", "failed", "open", "facets", "chosen", "sort",
].map(find);
const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

let opening = null;
let turn = 0;
let shown = { documents: [], terms: new Set(), size: 0 };
let state = { chosen: new Map(), sort: "" };

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
  return start < 80 ? text : `… ${text.slice(text.indexOf(" ", start - 60) + 1)}`;
}

function showDate(iso) {
  const [year, month, day] = iso.split("-");
  return [day && Number(day), month && months[month - 1], year].filter(Boolean).join(" ");
}

function makeEntry({ href, title, authors, venue, iso, takeaway, text }) {
  const link = make("a", "", ...mark(title));
  link.href = href;
  const body = make("div", "", make("h3", "", link));
  if (takeaway) body.append(make("p", "take", ...mark(takeaway)));
  const inTitle = [title, takeaway].some((one) => markTerms(one, shown.terms).some(([, hit]) => hit));
  const snippet = inTitle && takeaway ? "" : cutAround(text);
  if (snippet) body.append(make("p", "snip", ...mark(snippet)));
  const meta = make("p", "meta", make("b", "", ...mark(authors || "Authors not listed")));
  if (venue) meta.append(" · ", make("cite", "", ...mark(venue)));
  body.append(meta);
  const when = make(iso ? "time" : "span", "at when", iso ? showDate(iso) : "No date");
  if (iso) when.dateTime = iso;
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

const papers = (number) => `${number.toLocaleString("en")} ${number === 1 ? "paper" : "papers"}`;

function say(query, { whole, some, matched }) {
  const strong = make("span", "h2", papers(whole.length + some.length));
  const of = whole.length < matched.length ? ` of ${matched.length.toLocaleString("en")}` : "";
  const rest = some.length ? `, ${whole.length ? papers(whole.length) : "none"} with all words` : "";
  count.replaceChildren(strong, query ? `${of} for “${query}”${rest}` : of);
  empty.hidden = whole.length + some.length > 0;
}

/** What is chosen and listed in a column; an author of few papers is listed in none, and is looked up by name. */
function splitChosen(columns) {
  const listed = new Map(state.chosen);
  const clauses = [];
  const authors = columns.find(({ name }) => name === "author");
  for (const slug of state.chosen.get("author") ?? []) {
    if (!authors || authors.least < 2 || authors.values.some(([one]) => one === slug)) continue;
    clauses.push(...parseQuery(`+author:"${slug.replaceAll("-", " ")}"`).words);
    listed.delete("author");
  }
  return { listed, clauses };
}

/** All documents in the order asked for; by relevance, after those that are shown already. */
async function arrange(index, { whole, scores, some }, sort, first) {
  const documents = [...whole];
  if (sort === "date") return documents.sort((one, other) => other - one);
  if (sort === "title") {
    const places = decodeNumbers((await index.load("titles", index.manifest.titles))[0]);
    return documents.sort((one, other) => places[one * 2 + 1] - places[other * 2 + 1]);
  }
  const known = new Set(first);
  return [...first, ...[...order(documents, scores), ...some].filter((document) => !known.has(document))];
}

async function present(mine, typing) {
  const query = field.value.trim();
  const { words, sort: typed } = parseQuery(query);
  const sort = state.sort || typed || (words.length ? "relevance" : "date");
  const index = await openIndex();
  const wanted = state.chosen.size > 0 || !panel.hidden;
  const columns = wanted ? await index.keep("facets", () => loadFacets(index)) : [];
  const { listed, clauses } = splitChosen(columns);
  const whileTyping = typing && !/\s$/.test(field.value) && !clauses.length;
  const result = await rank(index, [...words, ...clauses], whileTyping, makeFilter(columns, listed));
  if (mine !== turn) return;
  if (words.length || state.chosen.size) {
    const asked = [...words, ...clauses];
    const first = sort === "relevance" ? await pickBest(index, asked, result) : await arrange(index, result, sort);
    if (mine !== turn) return;
    shown = { documents: first, terms: result.terms, size: 0 };
    await show(0, step, mine);
    if (mine !== turn) return;
    say(query, result);
  } else {
    list.replaceChildren();
    count.replaceChildren(query ? "Type a word to search for." : "");
    more.hidden = empty.hidden = true;
  }
  if (!panel.hidden) {
    drawFacets(panel, columns, countValues(columns, result.matched, listed), state.chosen, { toggle, brush });
  }
  drawState(columns, sort);
  // Ten are on screen; now the rest, however many, in their order.
  if (sort === "relevance" && result.whole.length > step) {
    await new Promise((resolve) => setTimeout(resolve));
    if (mine !== turn) return;
    shown.documents = await arrange(index, result, sort, shown.documents);
    more.hidden = shown.documents.length <= shown.size;
  }
}

async function search(typing, again = true) {
  const mine = ++turn;
  section.hidden = !field.value.trim() && !state.chosen.size && panel.hidden;
  failed.hidden = true;
  if (section.hidden) return;
  const slow = setTimeout(() => mine === turn && count.replaceChildren("Searching"), 100);
  try {
    await present(mine, typing);
  } catch (error) {
    if (mine !== turn) return;
    if (error instanceof MissingFile && again) {
      // The site was built anew since this page was loaded: its manifest names other files.
      opening = null;
      await search(typing, false);
      return;
    }
    console.warn(error);
    opening = null;
    count.replaceChildren("The search data could not be loaded.");
    failed.hidden = false;
  } finally {
    clearTimeout(slow);
  }
}

function drawState(columns, sort) {
  const nodes = [];
  for (const [name, slugs] of state.chosen) {
    for (const slug of slugs) {
      const label = columns.find((column) => column.name === name)?.values.find(([one]) => one === slug)?.[1] ?? slug.replace("..", " to ");
      const button = make("button", "f", label, " ×");
      button.setAttribute("aria-label", `Remove filter: ${label}`);
      button.addEventListener("click", () => toggle(name, slug, false));
      nodes.push(button);
    }
  }
  chips.replaceChildren(...nodes);
  for (const button of sorts.querySelectorAll("button")) button.setAttribute("aria-pressed", button.value === sort);
}

function toggle(name, slug, on) {
  const slugs = state.chosen.get(name) ?? new Set();
  if (on) slugs.add(slug);
  else slugs.delete(slug);
  if (slugs.size) state.chosen.set(name, slugs);
  else state.chosen.delete(name);
  keepAddress(true);
  search(false);
}

function brush(from, to) {
  state.chosen.set("year", new Set([from === to ? String(from) : `${from}..${to}`]));
  keepAddress(true);
  search(false);
}

function keepAddress(step) {
  const address = new URL(location.href);
  address.search = "";
  if (field.value.trim()) address.searchParams.set("q", field.value.trim());
  for (const [name, slugs] of state.chosen) for (const slug of slugs) address.searchParams.append(name, slug);
  if (state.sort) address.searchParams.set("sort", state.sort);
  history[step ? "pushState" : "replaceState"](null, "", address);
}

function readAddress() {
  const asked = new URLSearchParams(location.search);
  field.value = asked.get("q") ?? "";
  const chosen = facetNames.map((name) => [name, new Set(asked.getAll(name).filter(Boolean))]);
  const sort = asked.get("sort");
  state = { chosen: new Map(chosen.filter(([, slugs]) => slugs.size)), sort: orders.includes(sort) ? sort : "" };
  search(false);
}

function openPanel(on) {
  panel.hidden = !on;
  open.setAttribute("aria-expanded", on);
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

function listen() {
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
  more.addEventListener("click", async () => {
    const mine = turn;
    const before = list.children.length;
    await show(shown.size, shown.size + 2 * step, mine).catch(() => search(false));
    list.children[before]?.querySelector("a").focus();
  });
  find("retry").addEventListener("click", () => search(false));
  open.addEventListener("click", () => openPanel(panel.hidden));
  sorts.addEventListener("click", ({ target }) => {
    if (!target.value) return;
    state.sort = target.value;
    keepAddress(true);
    search(false);
  });
  document.addEventListener("keydown", walk);
  addEventListener("popstate", readAddress);
  readAddress();
  if (!field.value) field.focus();
}

if (section) listen();
document.querySelectorAll("[data-suggest]").forEach(attach);
