/* The search page: results as you type, facets, the whole state in the address, keys to walk the results. On
   other pages the fields that suggest. */

import { answer, listAll, readAsked } from "./answers.js";
import { attach } from "./combobox.js";
import { countValues } from "./facets.js";
import { MissingFile, Opener } from "./index.js";
import { Latest } from "./latest.js";
import { suggest } from "./suggest.js";
import { fold, markTerms } from "./tokens.js";

const step = 10;
const find = (name) => document.querySelector(`[data-search-${name}]`);
const field = document.getElementById("q");
const section = find("results");
const start = find("start");
const facets = new Map(JSON.parse(section?.dataset.facets ?? "[]"));
const [count, list, more, empty, failed, open, panel, chips, sorts, downloads] = [
  "count", "list", "more", "empty", "failed", "open", "facets", "chosen", "sort", "download",
].map(find);
const months = t("date.short_months").split(" ");

// What is awaited for the page: the answer to the query, and more of an answer that is on the page.
const [searches, additions] = [new Latest(), new Latest()];
const opener = new Opener();
let shown = { documents: [], terms: new Set(), size: 0, total: 0 };
let state = { chosen: new Map(), sort: "" };

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
  const [year, at, number] = iso.split("-");
  const [month, day] = [months[at - 1], Number(number)];
  if (!month) return year;
  return day ? t("date.day", { day, month, year }) : t("date.month", { month, year });
}

function makeEntry({ href, title, authors, venue, iso, takeaway, text }) {
  const link = make("a", "", ...mark(title));
  link.href = href;
  const body = make("div", "", make("h3", "", link));
  if (takeaway) body.append(make("p", "take", ...mark(takeaway)));
  const inTitle = [title, takeaway].some((one) => markTerms(one, shown.terms).some(([, hit]) => hit));
  const snippet = inTitle && takeaway ? "" : cutAround(text);
  if (snippet) body.append(make("p", "snip", ...mark(snippet)));
  const meta = make("p", "meta", make("b", "", ...mark(authors || t("entry.no_authors"))));
  if (venue) meta.append(" · ", make("cite", "", ...mark(venue)));
  body.append(meta);
  const when = make(iso ? "time" : "span", "at when", iso ? showDate(iso) : t("entry.no_date"));
  if (iso) when.dateTime = iso;
  return make("li", "entry", when, body);
}

const loadRecords = (index, documents) => Promise.all(documents.map((number) => index.record(number)));

function addRecords(records) {
  list.append(...records.map(makeEntry));
  shown.size += records.length;
  more.hidden = shown.size >= shown.total;
  Object.assign(list.dataset, { total: shown.total, answer: shown.address });
  downloads.hidden = !shown.total;
  downloads.lastElementChild.textContent = "";
}

// It stands in phrases where an element goes.
const sign = "\0";
const papers = (count) => t("list.papers", { count });

/** A phrase about a typo, with a link to the query without it. */
function suggestQuery(query, text, label, mended) {
  const words = new Map([mended]);
  const link = make("a", "", label);
  const address = new URL(location.href);
  address.searchParams.set("q", query.normalize("NFC").replace(/[\p{L}\p{N}]+/gu, (word) => words.get(fold(word)) ?? word));
  link.href = address;
  link.textContent ||= address.searchParams.get("q");
  const [before, after] = text.split(sign);
  return make("span", "mended", before, link, after);
}

function say(query, { whole, some, matched, asked, least, mended = [], likely }) {
  const strong = make("span", "h2", papers(whole.length + some.length));
  let text = sign;
  if (whole.length < matched.length) text = t("search.found_of", { found: text, total: matched.length });
  if (query) text = t("search.found_for", { found: text, query });
  if (query && some.length) {
    if (whole.length) text = t("search.found_all_words", { found: text, count: whole.length });
    else if (least > 1) text = t("search.found_most_words", { found: text, count: least, total: asked });
    else text = t("search.found_no_words", { found: text });
  }
  const [before, after] = text.split(sign);
  count.replaceChildren(before, strong, after);
  for (const [typed, meant] of mended) count.append(suggestQuery(query, t("search.mended", { typed, meant: sign }), meant, [typed, meant]));
  if (likely) count.append(suggestQuery(query, t("search.did_you_mean", { query: sign }), "", likely));
}

/** The answer to the query, the filters and the order as they are now. */
async function answerQuery(typing) {
  const asked = { ...state, query: field.value.trim(), isOpen: typing && !/\s$/.test(field.value) };
  const [isFiltered, isCounted] = [state.chosen.size > 0, !panel.hidden];
  const address = `${location.pathname}${location.search}${asked.isOpen ? "&open=1" : ""}`;
  const index = await opener.open(section.dataset.manifest);
  const found = await answer(index, asked, facets, isCounted);
  const counts = isCounted ? countValues(found.columns, found.result.matched, found.listed) : null;
  const { drawFacets } = isCounted ? await import(panel.dataset.module) : {};
  const target = typing || isFiltered || isCounted ? "" : found.href;
  return { ...found, address, counts, drawFacets, target, records: await loadRecords(index, found.documents.slice(0, step)) };
}

/**
 * For the way on from a paper: what follows the first papers of the answer to an address. `page` is the data of the page
 * of the search: {total, records}.
 */
export async function findAfter(page, address, count) {
  const parameters = new URL(address, location.href).searchParams;
  const names = new Map(JSON.parse(page.facets));
  const index = await opener.open(page.manifest);
  const found = await answer(index, { ...readAsked(parameters, names), isOpen: parameters.has("open") }, names, false);
  return { total: found.total, records: await loadRecords(index, listAll(found).slice(count, count + 2 * step)) };
}

function draw({ query, sort, index, address, columns, counts, drawFacets, result, target, isAsked, documents, total, records }) {
  // An identifier leads to what it names; the search is no step back from there.
  if (target) location.replace(target);
  additions.stop();
  const held = list.contains(document.activeElement) && document.activeElement.href;
  shown = { index, result, documents, total, address, terms: result.terms, size: 0 };
  list.replaceChildren();
  addRecords(records);
  if (isAsked) say(query, result);
  else count.replaceChildren(query ? t("search.no_word") : "");
  empty.hidden = !isAsked || result.whole.length + result.some.length > 0;
  if (counts) drawFacets(panel, columns, counts, state.chosen, { toggle, brush });
  drawState(columns, sort);
  // Who walks the results already keeps the place, or is led back to the field.
  if (held) ([...list.querySelectorAll("h3 a")].find(({ href }) => href === held) ?? field).focus();
}

function search(typing, again = true) {
  searches.stop();
  section.hidden = !field.value.trim() && !state.chosen.size && panel.hidden;
  start.hidden = !section.hidden;
  document.documentElement.toggleAttribute("data-asked", start.hidden);
  failed.hidden = true;
  if (section.hidden) return;
  const fail = (error) => {
    opener.forget();
    // The site may have been built anew since this page was loaded: then its manifest names other files.
    if (error instanceof MissingFile && again) return search(typing, false);
    console.warn(error);
    count.replaceChildren(t("search.failed"));
    failed.hidden = false;
    return undefined;
  };
  searches.start(() => answerQuery(typing), draw, fail);
  searches.later(() => count.replaceChildren(t("search.searching")), 100);
}

/** A file of the found papers. */
async function download({ target }) {
  if (!target.value || downloads.ariaBusy === "true") return;
  downloads.ariaBusy = "true";
  const say = (text) => (downloads.lastElementChild.textContent = text);
  try {
    const { saveFound } = await import(downloads.dataset.module);
    await saveFound(shown.index, listAll(shown), target.value, say);
  } catch (error) {
    console.warn(error);
    say(t("search.failed"));
  }
  downloads.ariaBusy = "false";
}

/** The next results of the answer on the page. */
async function findMore() {
  const { index, size } = shown;
  const documents = listAll(shown);
  return { documents, records: await loadRecords(index, documents.slice(size, size + 2 * step)) };
}

function drawMore({ documents, records }) {
  const isWaiting = [more, document.body].includes(document.activeElement);
  const before = list.children.length;
  shown.documents = documents;
  addRecords(records);
  if (isWaiting) list.children[before]?.querySelector("a").focus();
}

function showRange(slug) {
  const [from, to] = slug.split("..");
  return to ? t("facet.range", { from, to }) : slug;
}

function drawState(columns, sort) {
  const nodes = [];
  for (const [name, slugs] of state.chosen) {
    for (const slug of slugs) {
      const label = columns.find((column) => column.name === name)?.values.find(([one]) => one === slug)?.[1] ?? showRange(slug);
      const button = make("button", "f", label, " ×");
      button.setAttribute("aria-label", t("search.remove", { label }));
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
  const { query, ...rest } = readAsked(new URLSearchParams(location.search), facets);
  field.value = query;
  state = rest;
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
  const follow = (typing) => {
    keepAddress();
    search(typing);
  };
  field.addEventListener("input", () => {
    searches.stop();
    searches.later(() => follow(true), 40);
  });
  field.form.addEventListener("submit", (event) => {
    event.preventDefault();
    follow(false);
  });
  more.addEventListener("click", () => additions.start(findMore, drawMore, () => search(false)));
  downloads.addEventListener("click", download);
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
  const typed = field.value;
  readAddress();
  if (typed) {
    // Before this script was there: what is typed counts, not what the address says.
    field.value = typed;
    follow(true);
  }
  if (!field.value && document.activeElement === document.body) field.focus();
}

if (section) listen();
document.querySelectorAll("[data-suggest]").forEach((one) => attach(one, suggest));
