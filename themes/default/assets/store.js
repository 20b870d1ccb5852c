/* What this browser keeps for the reader: the reading list, visits, what was read today. Whatever is stored, shared or
   imported may be anybody's: it is checked when it is read, and shown as text. Each base path has keys of its own. */

import { findSlug, isSlug } from "./papers.js";

const { pathname: base } = new URL("..", import.meta.url);
const most = { papers: 2000, tags: 30, tag: 60, note: 10_000, other: 500 };

/** Today in the reader's time, as 2026-11-26. */
export function nameDay(day = new Date()) {
  return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

const cut = (text, length = most.other) => (typeof text === "string" ? text.slice(0, length) : "");
const readDay = (text) => (/^\d{4}(-\d\d){0,2}$/.test(text) ? text : "");

/** The tags in a list or in a text with commas. */
export function readTags(value) {
  const tags = typeof value === "string" ? value.split(/[,،、，]/) : Array.isArray(value) ? value : [];
  return [...new Set(tags.map((tag) => cut(tag, most.tag).trim()).filter(Boolean))].slice(0, most.tags);
}

/** A paper of the list, from whatever stands for one; undefined if nothing does. */
export function readPaper(value, site) {
  const one = typeof value === "string" ? { slug: value, address: value } : value;
  const slug = isSlug(one?.slug) ? one.slug : findSlug(one?.address, site);
  if (!slug) return undefined;
  return {
    slug,
    title: cut(one.title) || slug,
    authors: cut(one.authors),
    venue: cut(one.venue),
    date: readDay(one.date),
    saved: readDay(one.saved),
    note: cut(one.note, most.note),
    tags: readTags(one.tags),
    read: one.read === true,
    star: one.star === true,
  };
}

/** The innermost objects in a text that is no JSON as a whole. */
function findObjects(text) {
  const found = [];
  let start = -1;
  for (const { 0: sign, index } of text.matchAll(/"(?:[^"\\]|\\.)*(?:"|\\?$)|[{}]/gs)) {
    if (sign === "{") start = index;
    else if (sign === "}" && start >= 0) {
      try {
        found.push(JSON.parse(text.slice(start, index + 1)));
      } catch {
        // No object after all.
      }
      start = -1;
    }
  }
  return found;
}

/** The papers in a stored or exported list, and whether that is all of it: {papers, isWhole}. */
export function parseList(text, site) {
  let [value, isWhole] = [undefined, true];
  try {
    value = JSON.parse(text);
  } catch {
    [value, isWhole] = [findObjects(text), false];
  }
  // A list without a version is of the first form, which had addresses alone.
  const rows = Array.isArray(value) ? value : value?.papers;
  if (!Array.isArray(rows)) return { papers: [], isWhole: false };
  const papers = new Map();
  for (const row of rows) {
    const paper = readPaper(row, site);
    if (!paper) isWhole = false;
    else if (papers.size < most.papers && !papers.has(paper.slug)) papers.set(paper.slug, paper);
  }
  return { papers: [...papers.values()], isWhole: isWhole && !(value.version > 1) };
}

const listKey = `paperbound-list ${base}`;
const asideKey = `${listKey} unread`;
const visitKey = `paperbound-visits ${base}`;
const walkKey = `paperbound-walk ${base}`;

/** What is stored under a key; undefined where the browser keeps nothing. */
function load(key, storage = "localStorage") {
  try {
    return window[storage].getItem(key);
  } catch {
    return undefined;
  }
}

/** Stores a text, or with null nothing; says what stands against it: "full", "off" or "". */
function keep(key, text, storage = "localStorage") {
  try {
    if (text === null) window[storage].removeItem(key);
    else window[storage].setItem(key, text);
    return "";
  } catch (error) {
    return load(key, storage) === undefined || error.name === "SecurityError" ? "off" : "full";
  }
}

// The list of this page, where it could not be stored.
let unkept;

/** The reading list: its papers, and what is the matter with it ("unread", "off" or ""). */
export function loadList() {
  const text = load(listKey);
  const problem = text === undefined ? "off" : "";
  if (unkept) return { papers: unkept, problem };
  if (!text) return { papers: [], problem };
  const { papers, isWhole } = parseList(text);
  return { papers, problem: isWhole ? problem : "unread" };
}

/** Changes the list as it is stored now: `change` gets the papers and returns them. Says "full", "off" or "". */
export function changeList(change) {
  const { papers, problem } = loadList();
  // What cannot be read is put aside before it is written over.
  if (problem === "unread") keep(asideKey, load(listKey));
  const changed = change(papers).slice(0, most.papers);
  const fault = keep(listKey, JSON.stringify({ version: 1, papers: changed }));
  unkept = fault ? changed : undefined;
  return fault;
}

/** What was put aside because it could not be read, or null. */
export function loadAside() {
  return load(asideKey) ?? (loadList().problem === "unread" ? load(listKey) : null);
}

/** Forgets what was put aside, and writes what could be read. */
export function forgetAside() {
  changeList((papers) => papers);
  keep(asideKey, null);
}

/** Calls `act` when another tab changes the list, or what was put aside. */
export function onListChange(act) {
  addEventListener("storage", ({ key }) => (key === null || key.startsWith(listKey)) && act());
}

/** Whether a paper is in the list. */
function isSaved(slug) {
  return loadList().papers.some((paper) => paper.slug === slug);
}

/** Saves a paper at the top of the list, or removes it: {isOn, fault}. */
export function toggle(paper) {
  const isOn = !isSaved(paper.slug);
  const fault = changeList((papers) => [
    ...(isOn ? [{ ...readPaper(paper), saved: nameDay() }] : []),
    ...papers.filter(({ slug }) => slug !== paper.slug),
  ]);
  return { isOn, fault };
}

function parse(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

const listSlugs = (value) => (Array.isArray(value) ? value.filter(isSlug).slice(-500) : []);

/** The visits: `day` of this one, `since` that of the one before, `known` and `shown` papers, what was `read` today. A
    visit is a day. Nothing is kept where that is switched off. */
export function loadVisits() {
  const stored = parse(load(visitKey));
  const [today, day] = [nameDay(), readDay(stored.day)];
  const read = (Array.isArray(stored.read) ? stored.read : []).map((one) => readPaper(one)).filter(Boolean);
  const visits = {
    isOff: stored.isOff === true,
    day: today,
    since: readDay(stored.since),
    known: listSlugs(stored.known),
    shown: listSlugs(stored.shown),
    read: read.slice(-200).map(({ slug, title }) => ({ slug, title })),
  };
  if (day === today) return visits;
  const known = listSlugs([...visits.known, ...visits.shown]);
  return { ...visits, since: day, known, shown: [], read: [] };
}

/** Stores the visits. */
export function keepVisits(visits) {
  keep(visitKey, JSON.stringify(visits.isOff ? { isOff: true } : visits));
}

/** Forgets all visits. */
export function forgetVisits() {
  keep(visitKey, null);
  keep(walkKey, null, "sessionStorage");
}

/** The address of a page of this site, with its query and without its host; "" of anything else. */
function readAddress(value) {
  if (typeof value !== "string" || !value.startsWith("/") || !URL.canParse(value, location.href)) return "";
  const { origin, pathname, search } = new URL(value, location.href);
  return origin === location.origin && pathname.startsWith(base) && pathname.endsWith("/") ? pathname + search : "";
}

const readCount = (value) => (Number.isSafeInteger(value) && value > 0 ? value : 0);

/** The list that the reader came from, or undefined: its name and address, a stretch of its papers, the place of the
    first of them, how many the list has, and the addresses of what comes before and after the stretch. */
export function loadWalk() {
  const { name, list, papers, first, total, before, after } = parse(load(walkKey, "sessionStorage"));
  if (typeof name !== "string" || !Array.isArray(papers)) return undefined;
  return {
    name: cut(name),
    list: cut(list),
    papers: papers.map((one) => readPaper(one)).filter(Boolean).slice(0, most.papers),
    first: readCount(first) || 1,
    total: readCount(total),
    before: readAddress(before),
    after: readAddress(after),
  };
}

/** Stores the list that the reader comes from, as long as the tab is open. */
export function keepWalk(walk) {
  keep(walkKey, JSON.stringify(walk), "sessionStorage");
}
