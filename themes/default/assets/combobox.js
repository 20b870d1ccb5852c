/* A search field that suggests, as it is typed in: a combobox as the ARIA Authoring Practices describe it. */

import { Latest } from "./latest.js";

/** Makes a field suggest what `find` answers to its text: lists of {label, note, href, isMeant}. Called when a key is first
    pressed in the field. */
export function attach(field, find) {
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
        // No heading of a page has a full stop in its id.
        option.id = `${list.id}.${number}`;
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
    const ask = () => find(text, field.dataset.manifest);
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
