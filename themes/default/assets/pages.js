/* The search of pages and headings: results as you type, on the page of the search; suggestions elsewhere. */

import { attach } from "./combobox.js";
import { Latest } from "./latest.js";
import { cutAround, listPassages, rankPassages } from "./passages.js";

const [most, shown] = [6, 40];
const find = (name) => document.querySelector(`[data-search-${name}]`);
const field = document.getElementById("q");
const section = find("results");
const searches = new Latest();
let loaded;

/** All passages, read once; a failure is forgotten, so that the next key tries again. */
function load(address) {
  loaded ??= fetch(address).then(async (answer) => {
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return listPassages(await answer.json());
  });
  loaded.catch(() => (loaded = undefined));
  return loaded;
}

function make(tag, name, ...children) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.append(...children);
  return element;
}

function makeEntry({ label, note, href, text }, words) {
  const mark = (pieces) => pieces.map(([piece, hit]) => (hit ? make("mark", "", piece) : piece));
  const link = make("a", "", label);
  link.href = href;
  const body = make("div", "", make("h3", "", link), make("p", "snip", ...mark(cutAround(text, words))));
  return make("li", "entry", make("span", "at when", note), body);
}

function search() {
  const query = field.value.trim();
  section.hidden = !query;
  find("all").hidden = !!query;
  searches.stop();
  if (!query) return;
  const draw = (passages) => {
    const found = rankPassages(passages, query);
    const words = query.toLowerCase().split(/\s+/);
    find("list").replaceChildren(...found.slice(0, shown).map((one) => makeEntry(one, words)));
    find("count").replaceChildren(make("span", "h2", t("search.places", { count: found.length })));
    find("all").hidden = found.length > 0;
  };
  const fail = (error) => {
    console.warn(error);
    find("count").replaceChildren(t("search.failed"));
    find("all").hidden = false;
  };
  searches.start(() => load(section.dataset.manifest), draw, fail);
}

function keepAddress() {
  const address = new URL(location.href);
  address.search = field.value.trim() ? new URLSearchParams({ q: field.value.trim() }) : "";
  history.replaceState(null, "", address);
}

function walk(event) {
  const links = [...find("list").querySelectorAll("h3 a")];
  const at = links.indexOf(document.activeElement);
  if (event.key === "Escape" && at >= 0) field.focus();
  else if (event.key === "ArrowDown" && (at >= 0 || document.activeElement === field)) links[at + 1]?.focus();
  else if (event.key === "ArrowUp" && at >= 0) (links[at - 1] ?? field).focus();
  else return;
  event.preventDefault();
}

function listen() {
  const follow = () => {
    keepAddress();
    search();
  };
  field.addEventListener("input", follow);
  field.form.addEventListener("submit", (event) => {
    event.preventDefault();
    follow();
  });
  document.addEventListener("keydown", walk);
  field.value ||= new URLSearchParams(location.search).get("q") ?? "";
  search();
  if (document.activeElement === document.body) field.focus();
}

const suggest = async (text, address) => [rankPassages(await load(address), text).slice(0, most)];

if (section) listen();
document.querySelectorAll("[data-suggest]").forEach((one) => attach(one, suggest));
