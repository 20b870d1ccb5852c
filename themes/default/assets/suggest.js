/* Suggestions below a search field: papers, authors, topics and venues, as they are typed. A combobox as the
   ARIA Authoring Practices describe it. */

import { Opener } from "./index.js";
import { Latest } from "./latest.js";
import { parseQuery } from "./query.js";
import { pickBest, rank } from "./ranking.js";
import { fold } from "./tokens.js";

const most = { papers: 5, names: 4 };
const opener = new Opener();

/** Names with a word that begins as the last word typed and all other words typed, most papers first. */
async function suggestNames(index, text) {
  const words = fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  const last = words[words.length - 1] ?? "";
  if (last.length < 2) return [];
  const base = index.manifest.papers.replace(/papers\/$/, "");
  const found = new Map();
  for (const line of await index.range("names", last, 2)) {
    const [kind, name, slug, count] = JSON.parse(line.slice(line.indexOf("\t") + 1));
    const parts = slug.split("-");
    const whole = words.every((word, at) => parts.some((part) => (at === words.length - 1 ? part.startsWith(word) : part === word)));
    if (whole) found.set(`${kind} ${slug}`, { label: name, note: t("suggest.name", { kind: index.manifest.sections[kind], count }), href: `${base}${kind}/${slug}/`, count });
  }
  return [...found.values()].sort((one, other) => other.count - one.count).slice(0, most.names);
}

async function suggestPapers(index, query) {
  const { text, href: target } = await index.look(query);
  const { words } = parseQuery(text);
  if (!words.length) return [];
  const result = await rank(index, words, !/\s$/.test(text));
  const best = (await pickBest(index, words, result)).slice(0, most.papers);
  const records = await Promise.all(best.map((number) => index.record(number)));
  const papers = records.map(({ title, authors, href }) => ({ label: title, note: authors, href, isMeant: href === target }));
  if (target && !papers.some(({ isMeant }) => isMeant)) papers.push({ label: query, note: t("suggest.identifier"), href: target, isMeant: true });
  return papers;
}

/** Makes a field suggest; called when a key is first pressed in it. */
export function attach(field) {
  const list = document.createElement("ul");
  Object.assign(list, { className: "suggest", id: `${field.id}-list`, hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", t("suggest.label"));
  field.form.append(list);
  for (const [name, value] of [["role", "combobox"], ["aria-controls", list.id], ["aria-autocomplete", "list"], ["aria-expanded", "false"]]) {
    field.setAttribute(name, value);
  }
  const [answers, closing] = [new Latest(), new Latest()];
  let at = -1;

  const choose = (next) => {
    at = next;
    [...list.children].forEach((option, number) => option.setAttribute("aria-selected", number === at));
    if (at < 0) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", list.children[at].id);
  };
  const open = (on) => {
    list.hidden = !on;
    field.setAttribute("aria-expanded", on);
    choose(-1);
  };
  const draw = (suggestions) => {
    // Who has gone down the list already keeps the place when the answer to the last key comes.
    const chosen = list.children[at]?.firstChild.href;
    // What an identifier names comes first, and is where Enter leads.
    const all = suggestions.flat().sort((one, other) => !!other.isMeant - !!one.isMeant);
    list.replaceChildren(
      ...all.map(({ label, note, href }, number) => {
        const [option, link, detail] = ["li", "a", "span"].map((tag) => document.createElement(tag));
        Object.assign(link, { href, textContent: label, tabIndex: -1 });
        detail.textContent = note;
        option.id = `${list.id}-${number}`;
        option.setAttribute("role", "option");
        link.append(detail);
        option.append(link);
        return option;
      }),
    );
    open(list.children.length > 0 && document.activeElement === field);
    if (!list.hidden && all[0].isMeant) choose(0);
    if (chosen && !list.hidden) choose([...list.children].findIndex((option) => option.firstChild.href === chosen));
  };
  const suggest = () => {
    const text = field.value;
    const ask = async () => {
      const index = await opener.open(field.dataset.manifest);
      return Promise.all([suggestNames(index, text), suggestPapers(index, text)]);
    };
    const fail = (error) => {
      // The form still leads to the search page, which says what is wrong.
      console.warn(error);
      open(false);
    };
    if (text.trim()) answers.start(ask, draw, fail);
    else open(false);
  };
  field.addEventListener("input", () => {
    answers.stop();
    closing.stop();
    choose(-1);
    answers.later(suggest, 60);
  });
  field.addEventListener("keydown", (event) => {
    const count = list.hidden ? 0 : list.children.length;
    if (event.key === "Escape") answers.stop();
    if (event.key === "Escape" && count) open(false);
    else if (event.key === "ArrowDown" && count) choose((at + 2) % (count + 1) - 1);
    else if (event.key === "ArrowUp" && count) choose(at < 0 ? count - 1 : at - 1);
    else if (event.key === "Enter" && count && at >= 0) list.children[at].firstChild.click();
    else return;
    event.preventDefault();
  });
  field.addEventListener("focus", () => closing.stop());
  field.addEventListener("blur", (event) => {
    if (!list.contains(event.relatedTarget)) closing.later(() => open(false), 150);
  });
  suggest();
}
