/* The page of the reading list: the list of this browser, or a list that came with a link. */

import { joinEntries, readEntry, saveFile } from "./files.js";
import { loadPaper } from "./loading.js";
import { describePage, findSlug, makePath } from "./papers.js";
import {
  changeList, forgetAside, forgetVisits, keepVisits, loadAside, loadList, loadVisits, nameDay, onListChange, readPaper, readTags,
} from "./store.js";
import { makeCsv, makeJson, makeMarkdown, merge, readFile } from "./transfer.js";

const find = (name) => document.querySelector(`[data-list-${name}]`);
const section = document.querySelector("[data-list]");
const { site, lookup, table, shards } = section.dataset;
const [count, note, said, rows, empty, nothing, filters, tags, words, shared, file, today] = [
  "count", "problem", "said", "rows", "empty", "nothing", "filters", "tags", "words", "shared", "file", "today",
].map(find);
const title = document.querySelector("h1").textContent;
const together = 8;
const longest = 200;
const filter = { kind: "all", tag: "", text: "" };
const items = new Map();
let fault = "";
let visible = [];

function make(tag, values = {}, ...children) {
  const element = Object.assign(document.createElement(tag), values);
  element.append(...children);
  return element;
}

/** Says something, with a way back where there is one. */
function say(text, undo) {
  said.replaceChildren(text);
  if (!undo) return;
  const button = make("button", { type: "button", className: "link", textContent: t("reading_list.undo") });
  button.addEventListener("click", () => {
    change(undo);
    say("");
  });
  said.append(" ", button);
}

function change(act) {
  fault = changeList(act);
  draw();
}

const patch = (slug, values) => change((papers) => papers.map((paper) => (paper.slug === slug ? { ...paper, ...values } : paper)));

/** Puts back what was there before, without losing what came since. */
const restore = (former) => (papers) => [
  ...former.map((one) => papers.find(({ slug }) => slug === one.slug) ?? one),
  ...papers.filter(({ slug }) => former.every((one) => one.slug !== slug)),
];

function remove(slugs) {
  const former = loadList().papers;
  change((papers) => papers.filter(({ slug }) => !slugs.includes(slug)));
  say(t("reading_list.removed"), restore(former));
}

/** Gives the papers on screen another order; the others keep their places. */
function reorder(slugs) {
  change((papers) => {
    const known = new Map(papers.map((paper) => [paper.slug, paper]));
    const order = slugs.filter((slug) => known.has(slug));
    return papers.map((paper) => (order.includes(paper.slug) ? known.get(order[papers.filter(({ slug }) => order.includes(slug)).indexOf(paper)]) : paper));
  });
}

function move(slug, step) {
  const [at, slugs] = [visible.indexOf(slug), [...visible]];
  if (!(at + step in slugs)) return;
  slugs.splice(at + step, 0, ...slugs.splice(at, 1));
  reorder(slugs);
  const [place, total] = [at + step + 1, slugs.length];
  say(t("reading_list.moved", { place, total }));
}

function matches({ title, authors, venue, note, tags, read, star }) {
  if ((filter.kind === "unread" && read) || (filter.kind === "starred" && !star)) return false;
  if (filter.tag && !tags.includes(filter.tag)) return false;
  const text = [title, authors, venue, note, ...tags].join(" ").toLowerCase();
  return filter.text.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

function makeItem(slug, template) {
  const item = find(template).content.firstElementChild.cloneNode(true);
  item.dataset.slug = slug;
  item.querySelector("h3 a").href = makePath(slug);
  for (const field of item.querySelectorAll("textarea, input")) {
    field.addEventListener("input", () => patch(slug, field.name === "tags" ? { tags: readTags(field.value) } : { note: field.value }));
  }
  return item;
}

const set = (field, value) => document.activeElement !== field && (field.value = value);

/** Writes a paper into its item. */
function fill(item, paper, place) {
  item.querySelector(".at").textContent = place;
  item.querySelector("h3 a").textContent = paper.title;
  const parts = [paper.authors && make("b", { textContent: paper.authors }), paper.venue && make("cite", { textContent: paper.venue }), paper.date && make("time", { dateTime: paper.date, textContent: paper.date.slice(0, 4) })];
  item.querySelector(".meta").replaceChildren(...parts.filter(Boolean).flatMap((part, at) => (at ? [" · ", part] : [part])));
  for (const button of item.querySelectorAll("button")) {
    button.ariaLabel = t("reading_list.action", { action: button.textContent, title: paper.title });
    if (button.value in paper) button.setAttribute("aria-pressed", paper[button.value]);
  }
  const jot = item.querySelector(".jot");
  if (!jot) return;
  item.classList.toggle("done", paper.read);
  jot.replaceChildren(...[paper.note, paper.tags.map((tag) => `#${tag}`).join("  ")].filter(Boolean).map((text) => make("span", { textContent: text })));
  set(item.querySelector("textarea"), paper.note);
  set(item.querySelector("input"), paper.tags.join(", "));
}

/** Puts the items of papers into the list; the focus stays where it is. */
function place(papers, template) {
  const active = document.activeElement;
  for (const [slug, item] of items) {
    if (papers.some((paper) => paper.slug === slug)) continue;
    items.delete(slug);
    item.remove();
  }
  papers.forEach((paper, at) => {
    if (!items.has(paper.slug)) items.set(paper.slug, makeItem(paper.slug, template));
    const item = items.get(paper.slug);
    fill(item, paper, at + 1);
    if (rows.children[at] !== item) rows.insertBefore(item, rows.children[at] ?? null);
  });
  if (active !== document.activeElement && rows.contains(active)) active.focus();
}

function drawTags(papers) {
  const names = readTags(papers.flatMap((paper) => paper.tags)).sort((one, other) => one.localeCompare(other));
  if (!names.includes(filter.tag)) filter.tag = "";
  tags.replaceChildren(...names.map((name) => {
    const button = make("button", { type: "button", className: "link", value: name, textContent: `#${name}` });
    button.setAttribute("aria-pressed", name === filter.tag);
    return button;
  }));
  for (const button of filters.querySelectorAll("[data-kind]")) button.setAttribute("aria-pressed", button.value === filter.kind);
}

/** The list of this browser as it is stored now. */
function draw() {
  drawVisits();
  if (!shared.hidden) return drawShared();
  const { papers, problem } = loadList();
  const shown = papers.filter(matches);
  visible = shown.map(({ slug }) => slug);
  place(shown, "item");
  count.textContent = t("list.papers", { count: papers.length });
  empty.hidden = papers.length > 0;
  filters.hidden = !papers.length;
  nothing.hidden = !papers.length || shown.length > 0;
  find("files").hidden = !papers.length;
  const texts = { off: t("reading_list.off"), full: t("reading_list.full") };
  note.hidden = !(note.textContent = texts[fault || problem] ?? "");
  find("aside").hidden = loadAside() === null;
  return drawTags(papers);
}

function drawVisits() {
  const { isOff, read } = loadVisits();
  find("visits").checked = !isOff;
  today.hidden = !read.length;
  today.querySelector("ul").replaceChildren(...read.map(({ slug, title }) => make("li", {}, make("a", { href: makePath(slug), textContent: title }))));
}

/** What the site says of papers by their slugs; undefined for each that is gone. Loaded once. */
const pages = new Map();
async function describe(slugs) {
  const found = [];
  while (found.length < slugs.length) {
    if (slugs.length > together) say(t("download.loading", { found: found.length, total: slugs.length }));
    const some = slugs.slice(found.length, found.length + together);
    found.push(...(await Promise.all(some.map(async (slug) => {
      if (!pages.has(slug)) pages.set(slug, await loadPaper(makePath(slug)));
      // A host may answer with another page where there is none.
      return pages.get(slug)?.querySelector("pre[data-copy]") && readPaper(describePage(pages.get(slug), slug));
    }))));
  }
  say("");
  return found;
}

let offered = [];

function drawShared() {
  place(offered, "offer");
  const saved = new Set(loadList().papers.map(({ slug }) => slug));
  for (const [slug, item] of items) item.querySelector("button").setAttribute("aria-pressed", saved.has(slug));
  count.textContent = t("list.papers", { count: offered.length });
}

const add = (papers) => (own) => merge(own, papers.map((paper) => ({ saved: nameDay(), ...paper, saved: paper.saved || nameDay() })));

/** Shows the list of the address, or the one of this browser. */
async function open() {
  const asked = new URLSearchParams(location.hash.slice(1)).get("papers");
  const slugs = [...new Set((asked ?? "").split(",").map((slug) => readPaper(slug)?.slug).filter(Boolean))].slice(0, longest);
  items.clear();
  rows.replaceChildren();
  shared.hidden = asked === null;
  for (const own of document.querySelectorAll("[data-own]")) own.hidden = asked !== null;
  say("");
  offered = [];
  draw();
  if (asked === null) return;
  try {
    const found = await describe(slugs);
    if (asked !== new URLSearchParams(location.hash.slice(1)).get("papers")) return;
    offered = found.filter(Boolean);
    drawShared();
    const count = slugs.length - offered.length;
    if (count) say(t("reading_list.unknown", { count }));
  } catch (error) {
    console.warn(error);
    say(t("reading_list.failed"));
  }
}

/** The files of the papers on screen, by their suffixes. */
const writers = { json: (papers) => makeJson(papers, site), csv: makeCsv, md: (papers) => makeMarkdown(papers, title) };

async function exportAs(suffix) {
  const papers = loadList().papers.filter(matches);
  if (suffix in writers) return saveFile(writers[suffix](papers), `reading-list.${suffix}`);
  const found = (await describe(papers.map(({ slug }) => slug))).filter(Boolean);
  saveFile(joinEntries(found.map(({ slug }) => readEntry(pages.get(slug), suffix)), suffix), `reading-list.${suffix}`);
  const count = papers.length - found.length;
  return say(count ? t("reading_list.unknown", { count }) : t("download.saved", { count: found.length }));
}

/** The slug of the paper that one of these identifiers names. */
async function look(names) {
  const { find } = await import(lookup);
  for (const name of names) {
    const slug = findSlug(await find(name, table, Number(shards)));
    if (slug) return slug;
  }
  return undefined;
}

async function importFile(text) {
  const read = readFile(text, site);
  const known = [];
  for (const one of read) known.push(one.slug ? one : { ...one, slug: await look(one.names) });
  const named = known.filter(({ slug }) => slug);
  const found = await describe(named.map(({ slug }) => slug));
  // Titles are those of the site; what the reader wrote is the file's.
  const papers = named.map((one, at) => found[at] && readPaper({ ...one, ...found[at], note: one.note, tags: one.tags, read: one.read, star: one.star, saved: one.saved })).filter(Boolean);
  const former = loadList().papers;
  change(add(papers));
  const count = read.length - papers.length;
  const texts = [t("reading_list.imported", { count: papers.length }), count && t("reading_list.unknown", { count })];
  say(texts.filter(Boolean).join(" "), () => former);
}

async function share() {
  const url = new URL(`#papers=${visible.slice(0, longest).join(",")}`, location.href).href;
  try {
    await navigator.clipboard.writeText(url);
    say(t("site.link_copied"));
  } catch {
    prompt(t("reading_list.link"), url);
  }
}

const acts = {
  read: ({ slug, read }) => patch(slug, { read: !read }),
  star: ({ slug, star }) => patch(slug, { star: !star }),
  up: ({ slug }) => move(slug, -1),
  down: ({ slug }) => move(slug, 1),
  remove: ({ slug }) => {
    const next = visible[visible.indexOf(slug) + 1] ?? visible.at(-2);
    remove([slug]);
    (items.get(next)?.querySelector("h3 a") ?? section.querySelector("h2")).focus();
  },
  edit: ({ slug }) => {
    const [box, button] = [".edit", "[value=edit]"].map((one) => items.get(slug).querySelector(one));
    box.hidden = !box.hidden;
    button.setAttribute("aria-expanded", !box.hidden);
    if (!box.hidden) box.querySelector("textarea").focus();
  },
  save: ({ slug }) => {
    const offer = offered.find((one) => one.slug === slug);
    const isOn = loadList().papers.some((one) => one.slug === slug);
    change((papers) => (isOn ? papers.filter((one) => one.slug !== slug) : add([offer])(papers)));
  },
};

const buttons = {
  all: () => change(add(offered)),
  mine: () => (location.hash = ""),
  print: () => print(),
  share,
  bring: () => file.click(),
  clear: () => remove(loadList().papers.map(({ slug }) => slug)),
  forget: () => {
    const { isOff } = loadVisits();
    forgetVisits();
    if (isOff) keepVisits({ isOff });
    drawVisits();
    say(t("reading_list.forgotten"));
  },
  unread: () => saveFile(loadAside() ?? "", "reading-list-stored.txt"),
  discard: () => {
    forgetAside();
    draw();
  },
};

const paperOf = (element) => [...loadList().papers, ...offered].find(({ slug }) => slug === element.closest("[data-slug]")?.dataset.slug);

/** Runs what takes time, one at a time. */
async function run(act) {
  if (section.ariaBusy === "true") return;
  section.ariaBusy = "true";
  try {
    await act();
  } catch (error) {
    console.warn(error);
    say(t("reading_list.failed"));
  }
  section.ariaBusy = "false";
}

function listen() {
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("main button");
    if (!button) return;
    const { value } = button;
    if (button.closest("[data-slug]")) acts[value](paperOf(button));
    else if (button.closest("[data-list-formats]")) run(() => exportAs(value));
    else if (button.closest("[data-list-tags]")) filterBy({ tag: value === filter.tag ? "" : value });
    else if (button.dataset.kind !== undefined) filterBy({ kind: value });
    else if (value in buttons) run(buttons[value]);
  });
  words.addEventListener("input", () => filterBy({ text: words.value }));
  file.addEventListener("change", () => run(async () => {
    if (file.files[0]) await importFile(await file.files[0].text());
    file.value = "";
  }));
  find("visits").addEventListener("change", ({ target }) => {
    forgetVisits();
    if (!target.checked) keepVisits({ isOff: true });
    drawVisits();
  });
  rows.addEventListener("keydown", (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step || !event.altKey || !shared.hidden) return;
    event.preventDefault();
    move(event.target.closest("[data-slug]").dataset.slug, step);
  });
  let dragged;
  rows.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("[data-slug]");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.querySelector("h3 a").href);
    event.dataTransfer.setDragImage(dragged, 0, 0);
  });
  rows.addEventListener("dragover", (event) => {
    if (!dragged) return;
    event.preventDefault();
    const over = event.target.closest("[data-slug]");
    const { top, height } = over?.getBoundingClientRect() ?? {};
    if (over && over !== dragged) over[event.clientY > top + height / 2 ? "after" : "before"](dragged);
  });
  rows.addEventListener("dragend", () => {
    dragged = undefined;
    reorder([...rows.children].map((item) => item.dataset.slug));
  });
  addEventListener("hashchange", open);
  onListChange(draw);
}

function filterBy(values) {
  Object.assign(filter, values);
  draw();
}

section.hidden = false;
listen();
open();
