/* The page of the map: the drawing becomes a canvas, with zoom, titles, search and the view in the address. */

import { Opener } from "./index.js";
import { Latest } from "./latest.js";
import { Chart } from "./chart.js";
import { parseQuery } from "./query.js";
import { rank } from "./ranking.js";

const find = (name) => document.querySelector(`[data-map${name}]`);
const figure = find("");
const [tools, tip, status] = ["-tools", "-tip", "-status"].map(find);
const [field, select] = [document.getElementById("map-q"), document.getElementById("map-by")];
const legends = [...document.querySelectorAll(".legend")];
const hint = status.textContent;
const opener = new Opener();
const [searches, titles] = [new Latest(), new Latest()];

let chart;
let isTold = false;

/** The digit of the points that an item of a legend stands for. */
const digitOf = (item) => /\bc(\d)/.exec(item.firstElementChild.className)[1];

/** The colours of the legend that is shown, in the order of the points' digits. */
function readColours() {
  const legend = legends.find((one) => !one.hidden);
  const colours = [];
  for (const item of legend?.children ?? []) colours[digitOf(item)] = getComputedStyle(item.firstElementChild).backgroundColor;
  const look = getComputedStyle(figure);
  return { colours, ink: look.color, ground: look.backgroundColor, font: look.font };
}

function colourBy(name) {
  for (const legend of legends) legend.hidden = legend.dataset.by !== name;
  if (select) select.value = name;
  chart.colour(name, readColours());
}

/** What the address says: the view, the colours and the words that are looked for. */
function readAddress() {
  const asked = new URLSearchParams(location.search);
  const names = legends.map((legend) => legend.dataset.by);
  colourBy(names.includes(asked.get("by")) ? asked.get("by") : names[0]);
  const view = ["x", "y", "z"].map((name) => Number(asked.get(name) ?? NaN));
  chart.look(view.every(Number.isFinite) ? { x: view[0], y: view[1], zoom: view[2] } : null);
  field.value = asked.get("q") ?? "";
  search();
}

function keepAddress() {
  const address = new URL(location.href);
  const { x, y, zoom, isWhole } = chart.view;
  const values = { x: Number(x.toFixed(1)), y: Number(y.toFixed(1)), z: Number(zoom.toFixed(2)) };
  for (const [name, value] of Object.entries(values)) {
    if (isWhole) address.searchParams.delete(name);
    else address.searchParams.set(name, value);
  }
  const others = { by: select && select.value !== select.options[0].value ? select.value : "", q: field.value.trim() };
  for (const [name, value] of Object.entries(others)) {
    if (value) address.searchParams.set(name, value);
    else address.searchParams.delete(name);
  }
  history.replaceState(null, "", address);
}

let keeping;
const keepSoon = () => {
  clearTimeout(keeping);
  keeping = setTimeout(keepAddress, 200);
};

/** Shows the title of a point beside it; with `aloud` it is told, too. */
function showTitle(number, aloud) {
  if (number < 0) {
    titles.stop();
    tip.hidden = true;
    return;
  }
  const ask = async () => {
    const index = await opener.open(figure.dataset.manifest);
    return index.record(number);
  };
  const draw = ({ href, title, authors, iso }) => {
    const link = Object.assign(document.createElement("a"), { href, textContent: title, tabIndex: -1 });
    const meta = Object.assign(document.createElement("span"), { textContent: [authors, iso.slice(0, 4)].filter(Boolean).join(" · ") });
    tip.replaceChildren(link, meta);
    tip.hidden = false;
    placeTip(number);
    if (aloud) {
      status.textContent = title;
      isTold = true;
    }
  };
  titles.start(ask, draw, (error) => console.warn(error));
}

function placeTip(number) {
  const [x, y] = chart.find(number);
  const [width, height] = [figure.clientWidth - tip.offsetWidth - 8, tip.offsetHeight];
  tip.style.left = `${Math.max(8, Math.min(x + 12, width))}px`;
  tip.style.top = `${y + 16 + height > figure.clientHeight ? Math.max(4, y - height - 12) : y + 16}px`;
}

async function openPaper(number) {
  const index = await opener.open(figure.dataset.manifest);
  const { href } = await index.record(number);
  // The way back leads to what is shown now.
  keepAddress();
  location.href = href;
}

function search() {
  const { words } = parseQuery(field.value);
  if (!words.length) {
    searches.stop();
    chart.mark(null);
    status.textContent = hint;
    return;
  }
  const ask = async () => {
    const { whole, some } = await rank(await opener.open(figure.dataset.manifest), words, true);
    return whole.length ? whole : some;
  };
  const draw = (found) => {
    chart.mark(found);
    status.textContent = found.length ? t("map.found", { count: found.length }) : t("map.none");
  };
  searches.start(ask, draw, (error) => {
    console.warn(error);
    status.textContent = t("search.failed");
  });
}

function listen() {
  field.addEventListener("input", () => {
    searches.stop();
    searches.later(() => {
      search();
      keepSoon();
    }, 80);
  });
  field.form.addEventListener("submit", (event) => event.preventDefault());
  select?.addEventListener("change", () => {
    colourBy(select.value);
    keepSoon();
  });
  tools.addEventListener("click", ({ target }) => {
    const act = { in: () => chart.zoom(1.6), out: () => chart.zoom(1 / 1.6), whole: () => chart.look(null) }[target.value];
    act?.();
  });
  for (const legend of legends) {
    const point = (at) => {
      const item = at?.closest("li");
      chart.stress(item ? digitOf(item) : "");
    };
    for (const name of ["pointerover", "focusin"]) legend.addEventListener(name, ({ target }) => point(target));
    for (const name of ["pointerleave", "focusout"]) legend.addEventListener(name, () => point(null));
  }
  for (const part of document.querySelectorAll("[data-region]")) {
    part.querySelector("button").addEventListener("click", () => {
      chart.showRegion(Number(part.dataset.region) - 1);
      figure.scrollIntoView({ block: "nearest" });
      chart.canvas.focus();
    });
  }
  const repaint = () => chart.colour(null, readColours());
  for (const query of ["(prefers-color-scheme:dark)", "(forced-colors:active)"]) matchMedia(query).addEventListener("change", repaint);
  new MutationObserver(repaint).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  addEventListener("popstate", readAddress);
}

async function begin() {
  const answer = await fetch(figure.dataset.points);
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
  const points = await answer.json();
  const names = [...document.querySelectorAll("[data-region] h2")].map((heading) => heading.textContent);
  chart = new Chart(points, names, {
    onMove(number) {
      keepSoon();
      if (number >= 0 && !tip.hidden) placeTip(number);
    },
    onPoint(number, aloud) {
      if (isTold && !aloud) {
        status.textContent = hint;
        isTold = false;
      }
      showTitle(number, aloud);
    },
    onOpen: openPaper,
  });
  Object.assign(chart.canvas, { ariaLabel: t("map.label"), role: "application", tabIndex: 0 });
  figure.querySelector("svg").replaceWith(chart.canvas);
  chart.begin(figure);
  listen();
  readAddress();
  tools.dataset.ready = "";
  figure.dataset.ready = "";
}

begin().catch((error) => {
  console.warn(error);
  status.textContent = t("map.failed");
});
