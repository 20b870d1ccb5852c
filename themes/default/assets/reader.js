/* On lists and on papers: the sign that saves a paper, the sign of new ones, and the way on in the list that the reader
   came from. Loaded after the page. */

import { describePage, findSlug, makePath } from "./papers.js";
import {
  keepVisits, keepWalk, loadList, loadVisits, loadWalk, nameDay, onListChange, toggle,
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

/** The list that a link is in, as the way on from its paper. */
function keepList(link) {
  const links = [...document.querySelectorAll(".entry h3 a")].filter((one) => one.checkVisibility() && findSlug(one.href));
  const asked = document.querySelector("[data-search-results]") && document.getElementById("q").value.trim();
  const name = asked || textOf(document.getElementById("edition") ?? document.querySelector("h1"));
  if (links.includes(link)) keepWalk({ name, papers: links.map((one) => ({ slug: findSlug(one.href), title: textOf(one) })) });
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

/** Puts the list that the reader came from in place of the paper's own, and says what was read today. */
function drawWalk() {
  const visits = loadVisits();
  const { title } = describePage(document, paper);
  const read = [...visits.read.filter(({ slug }) => slug !== paper), { slug: paper, title }];
  if (!visits.isOff) keepVisits({ ...visits, read });
  const walk = loadWalk();
  const at = walk ? walk.papers.findIndex(({ slug }) => slug === paper) : -1;
  const row = document.querySelector(".walk") ?? (at < 0 ? null : makeRow());
  if (at >= 0) {
    const { name, papers } = walk;
    const steps = [at > 0 && makeStep(papers[at - 1], "prev", at, name), at + 1 < papers.length && makeStep(papers[at + 1], "next", at + 2, name)];
    row.replaceChildren(...steps.map((step) => step || document.createElement("span")));
    row.parentElement.ariaLabel = name;
  }
  if (visits.isOff || !row) return;
  const today = new Set(read.map(({ slug }) => slug));
  const [count, total] = at < 0 ? [today.size, 0] : [walk.papers.filter(({ slug }) => today.has(slug)).length, walk.papers.length];
  const line = document.createElement("p");
  if (total) line.append(Object.assign(document.createElement("progress"), { max: total, value: count, ariaLabel: t("reading_list.read_today") }));
  line.append(total ? t("reading_list.today_of", { count, total }) : t("reading_list.today", { count }));
  row.append(line);
}

if (paper) drawWalk();
else {
  document.addEventListener("click", ({ target }) => keepList(target.closest(".entry h3 a")), true);
  for (const list of document.querySelectorAll("[data-search-list]")) new MutationObserver(sign).observe(list, { childList: true });
}
sign();
onListChange(draw);
