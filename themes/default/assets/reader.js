/* On lists and on papers: the sign that saves a paper, the sign of new ones, and the way on in the list that the reader
   came from. Loaded after the page. */

import { loadPage } from "./loading.js";
import { watchNewest } from "./newest.js";
import { describePage, findSlug, makePath } from "./papers.js";
import {
  keepVisits, keepWalk, loadList, loadVisits, loadWalk, onListChange, toggle,
} from "./store.js";

const paper = findSlug(location.href);
const place = document.querySelector("[data-share]");
const textOf = (element) => (element?.textContent ?? "").replace(/\s+/g, " ").trim();

/** What a list shows of a paper. */
function describeEntry(entry) {
  const link = entry.querySelector("h3 a");
  return {
    slug: findSlug(link.href),
    title: textOf(link),
    authors: textOf(entry.querySelector(".meta b")),
    venue: textOf(entry.querySelector(".meta cite")),
    date: entry.querySelector("time")?.dateTime,
  };
}

// The reading list has signs of its own.
const scope = document.querySelector("[data-list]") ? [] : [document];
const listEntries = () => scope.flatMap((one) => [...one.querySelectorAll(".entry:has(h3 a)")]).filter((entry) => findSlug(entry.querySelector("h3 a").href));

const status = Object.assign(document.createElement("p"), { className: "vh" });
status.setAttribute("role", "status");

function sayResult({ isOn, fault }) {
  if (fault) return fault === "full" ? t("reading_list.full_short") : t("reading_list.off_short");
  return isOn ? t("reading_list.saved") : t("reading_list.removed");
}

function draw() {
  const saved = new Set(loadList().papers.map(({ slug }) => slug));
  place?.querySelector("[data-keep]")?.setAttribute("aria-pressed", saved.has(paper));
  for (const entry of listEntries()) {
    entry.querySelector("[data-keep]")?.setAttribute("aria-pressed", saved.has(findSlug(entry.querySelector("h3 a").href)));
  }
}

/** Saves the paper of a page or of an entry, or removes it; returns what to say. */
export function save(entry) {
  const said = sayResult(toggle(entry ? describeEntry(entry) : describePage(document, paper)));
  draw();
  if (entry) status.textContent = said;
  return said;
}

function drawSign() {
  const [svg, path] = ["svg", "path"].map((name) => document.createElementNS("http://www.w3.org/2000/svg", name));
  for (const [name, value] of [["class", "i"], ["viewBox", "0 0 18 18"], ["aria-hidden", true]]) svg.setAttribute(name, value);
  path.setAttribute("d", "M4.5 2h9v13.5L9 11.75 4.5 15.5Z");
  svg.append(path);
  return svg;
}

/** Gives each entry its sign, and each new paper its own. */
function sign() {
  const visits = loadVisits();
  const shown = new Set(visits.shown);
  const known = new Set(visits.known);
  for (const entry of listEntries()) {
    if (!status.isConnected) document.body.append(status);
    if (entry.querySelector("[data-keep]")) continue;
    const { slug, title, date } = describeEntry(entry);
    const button = Object.assign(document.createElement("button"), { type: "button", className: "keep" });
    button.dataset.keep = "";
    button.append(drawSign());
    button.ariaLabel = t("reading_list.save_title", { title });
    button.addEventListener("click", () => save(entry));
    entry.querySelector("h3").after(button);
    const added = entry.dataset.added ?? date ?? "";
    if (visits.isOff || added < (visits.since || visits.day)) continue;
    if (visits.since && !known.has(slug)) {
      entry.classList.add("new");
      entry.querySelector("h3").prepend(Object.assign(document.createElement("span"), { className: "vh", textContent: `${t("reading_list.new")} ` }));
    }
    shown.add(slug);
  }
  if (!visits.isOff) keepVisits({ ...visits, shown: [...shown] });
  draw();
}

const listLinks = (page) => [...page.querySelectorAll(".entry h3 a, .picks h3 a")].filter(({ href }) => findSlug(href));

/** What a page of a list shows: its papers, the place of the first, and the pages of the list before and after. After
    the results on screen comes what else answers the search. */
function readList(page, links) {
  const [list, count] = [page.querySelector("main ol[start]"), page.querySelector("main ol[data-total]")];
  const total = Number(count?.dataset.total) || 0;
  const find = (...selectors) => selectors.map((one) => page.querySelector(one)?.pathname).find(Boolean) ?? "";
  return {
    first: list?.start ?? 1,
    total,
    papers: links.map((one) => ({ slug: findSlug(one.href), title: textOf(one) })),
    before: find(".pager [rel=prev]"),
    after: (links.length < total && count.dataset.answer) || find(".pager [rel=next]", "[data-whole]"),
  };
}

/** Two stretches of one list that touch or overlap, as one; undefined where they do not. A paper that has moved within the
    list since one of them was read stands once. */
function joinWalks(one, other) {
  const [low, high] = one.first <= other.first ? [one, other] : [other, one];
  const gap = high.first - low.first;
  if (gap > low.papers.length) return undefined;
  const rest = low.papers.slice(gap + high.papers.length);
  return {
    ...one,
    total: one.total || other.total,
    first: low.first,
    papers: [...new Map([...low.papers.slice(0, gap), ...high.papers, ...rest].map((paper) => [paper.slug, paper])).values()],
    before: low.before,
    after: rest.length ? low.after : high.after,
  };
}

/** The list that a link is in, as the way on from its paper. */
function keepList(link) {
  const links = listLinks(document).filter((one) => one.checkVisibility());
  if (!links.includes(link)) return;
  const asked = document.querySelector("[data-search-results]") && document.getElementById("q").value.trim();
  const name = asked || textOf(document.getElementById("edition") ?? document.querySelector("h1"));
  const list = document.querySelector("[data-answer]")?.dataset.answer ?? location.pathname.replace(/page\/\d+\/$/, "") + location.search;
  const [walk, shown] = [loadWalk(), readList(document, links)];
  keepWalk({ ...((walk?.list === list && joinWalks(walk, shown)) || shown), name, list });
}

function makeStep({ slug, title }, rel, rank, list) {
  const link = Object.assign(document.createElement("a"), { href: makePath(slug), rel, className: rel === "next" ? rel : "" });
  link.append(Object.assign(document.createElement("span"), { textContent: t("paper.rank_in", { rank, list }) }), title);
  return link;
}

/** The row of a paper without neighbours of its own. */
function makeRow() {
  const [nav, row] = ["nav", "div"].map((tag) => document.createElement(tag));
  [nav.className, row.className] = ["in", "walk"];
  nav.append(row);
  document.querySelector("article .cols > div").append(nav);
  return row;
}

const findPlace = (walk) => (walk ? walk.papers.findIndex(({ slug }) => slug === paper) : -1);

/** The ways to the papers before and after in the list that the reader came from, or an empty element for each. */
function makeSteps({ name, first, papers }, at) {
  const steps = [papers[at - 1] && makeStep(papers[at - 1], "prev", first + at - 1, name), papers[at + 1] && makeStep(papers[at + 1], "next", first + at + 1, name)];
  return steps.map((step) => step ?? document.createElement("span"));
}

/** The next stretch of a list, or the next results of a search, which are found by its own script; else undefined. */
async function loadStretch(href, { first, papers }) {
  const page = await loadPage(href);
  const search = page?.querySelector("[data-search-results]");
  if (!search) return page && readList(page, listLinks(page));
  const { findAfter } = await import(page.querySelector("script[type=module]").src);
  const { total, records } = await findAfter(search.dataset, href, papers.length);
  const size = papers.length + records.length;
  return {
    first: first + papers.length,
    total,
    papers: records.map((one) => ({ slug: findSlug(one.href), title: one.title })),
    before: "",
    after: records.length && size < total ? href : "",
  };
}

/** At an end of what is known of a list the way goes on to what comes there. */
async function goOn(row, side, href) {
  const walk = loadWalk();
  const stretch = await loadStretch(href, walk);
  const end = walk.first + walk.papers.length;
  const joined = stretch && joinWalks(walk, { ...stretch, first: Math.min(stretch.first, end) });
  if (!joined) return;
  keepWalk(joined);
  row.children[side].replaceWith(makeSteps(joined, findPlace(joined))[side]);
}

/** Puts the list that the reader came from in place of the paper's own, and says what was read today. */
function drawWalk() {
  const visits = loadVisits();
  const { title } = describePage(document, paper);
  const read = [...visits.read.filter(({ slug }) => slug !== paper), { slug: paper, title }];
  if (!visits.isOff) keepVisits({ ...visits, read });
  const walk = loadWalk();
  const at = findPlace(walk);
  const row = document.querySelector(".walk") ?? (at < 0 ? null : makeRow());
  if (at >= 0) {
    row.replaceChildren(...makeSteps(walk, at));
    row.parentElement.ariaLabel = walk.name;
    const ends = [[0, at === 0 && walk.before], [1, at + 1 === walk.papers.length && walk.after]];
    for (const [side, href] of ends) if (href) goOn(row, side, href).catch(() => {});
  }
  if (visits.isOff || !row) return;
  const today = new Set(read.map(({ slug }) => slug));
  const [count, total] = at < 0 ? [today.size, 0] : [walk.papers.filter(({ slug }) => today.has(slug)).length, walk.total || walk.papers.length];
  const line = document.createElement("p");
  if (total) line.append(Object.assign(document.createElement("progress"), { max: total, value: count, ariaLabel: t("reading_list.read_today") }));
  line.append(total ? t("reading_list.today_of", { count, total }) : t("reading_list.today", { count }));
  row.append(line);
}

if (paper) drawWalk();
else {
  document.addEventListener("click", ({ target }) => keepList(target.closest("h3 a")), true);
  for (const list of document.querySelectorAll("[data-search-list]")) new MutationObserver(sign).observe(list, { childList: true });
}
sign();
watchNewest();
onListChange(draw);
