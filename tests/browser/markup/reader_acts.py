"""Acts of a reader on a page, before the page is judged: functions of JavaScript, each for one sort of page.

Each gets the window of a frame, `until` (waits for a test to be true, and returns its value) and the text behind the
address's `?`. An act that does not reach its place is an error, and the judge reports it.
"""

from __future__ import annotations

# Saves the paper of a page; what the list then shows is what the page says.
SAVE = """
async (win, until) => {
  const button = await until(() => win.document.querySelector("[data-share] [data-keep]"));
  if (button.getAttribute("aria-pressed") !== "true") button.click();
  await until(() => button.getAttribute("aria-pressed") === "true");
}
"""
# Notes and tags to the saved papers, each that of its own title; then every button of a paper, and the filter.
JOT = """
async (win, until) => {
  const { document } = win;
  await until(() => document.querySelector("[data-list-rows] h3 a[href]"));
  const write = (field, text) => { field.value = text; field.dispatchEvent(new win.Event("input", { bubbles: true })); };
  for (const slug of [...document.querySelectorAll("[data-list-rows] > li")].slice(0, 60).map((item) => item.dataset.slug)) {
    const find = (name) => document.querySelector(`[data-slug="${slug}"] ${name}`);
    const title = find("h3 a").textContent;
    for (const name of ["edit", "star", "read", "down"]) find(`button[value=${name}]`).click();
    write(find("textarea"), title);
    write(find("input[name=tags]"), title);
  }
  await until(() => document.querySelector("[data-list-tags] button"));
  document.querySelector("[data-list-tags] button").click();
  write(document.querySelector("[data-list-words]"), "word");
  document.querySelector("[data-list-rows] button[value=remove]")?.click();
}
"""
# Imports files of a stranger: of the list's own form, of BibTeX, and of no form at all.
IMPORT = """
async (win, until, asked) => {
  const { document } = win;
  const [slug, payload] = asked.split("&").map(decodeURIComponent);
  const input = await until(() => document.querySelector("[data-list-file]"));
  const address = new URL(`/papers/${slug}/`, win.location.href).href;
  const paper = { address, title: payload, authors: payload, venue: payload, date: payload, note: payload, tags: [payload, payload + "2"] };
  const texts = [
    JSON.stringify({ version: 1, site: payload, papers: [paper, { slug: payload, title: payload }] }),
    `@article{${payload},\\n title={${payload}},\\n doi={${payload}}\\n}\\n@article{a, url={${address}}}\\n`,
    `${payload}\\n${address}\\n`,
  ];
  for (const [at, text] of texts.entries()) {
    const files = new win.DataTransfer();
    files.items.add(new win.File([text], `list.${["json", "bib", "txt"][at]}`));
    input.files = files.files;
    input.dispatchEvent(new win.Event("change"));
    await until(() => document.querySelector("[data-list]").ariaBusy === "true");
    await until(() => document.querySelector("[data-list]").ariaBusy === "false");
  }
  await until(() => document.querySelector(`[data-slug="${slug}"] .jot`)?.textContent);
}
"""
# A storage of anybody: a list, the papers read today, and the list that a reader came from.
POISON = """
async (win, until, asked) => {
  const { document } = win;
  const [slug, payload] = asked.split("&").map(decodeURIComponent);
  const paper = { slug, title: payload, authors: payload, venue: payload, date: "2026", note: payload, tags: [payload], saved: payload };
  const now = new Date();
  const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  win.localStorage.setItem("paperbound-list /", JSON.stringify({ version: 1, papers: [paper] }));
  win.localStorage.setItem("paperbound-visits /", JSON.stringify({ day, since: payload, known: [payload], shown: [payload], read: [paper] }));
  win.sessionStorage.setItem("paperbound-walk /", JSON.stringify({ name: payload, papers: [{ slug: "page", title: payload }, paper, { ...paper, slug: "other" }] }));
  win.dispatchEvent(new win.StorageEvent("storage", { key: "paperbound-list /" }));
  await until(() => document.querySelector(`[data-slug="${slug}"] .jot`)?.textContent && document.querySelector("[data-list-today] li"));
}
"""
# Walks from paper to paper, which shows their titles, and looks for words.
WALK = """
async (win, until) => {
  const { document } = win;
  const canvas = await until(() => document.querySelector("[data-map][data-ready] canvas"));
  const tip = document.querySelector("[data-map-tip]");
  canvas.focus();
  let seen = "";
  for (const key of ["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowLeft", "ArrowUp", "ArrowRight", "ArrowDown", "ArrowDown", "ArrowRight", "ArrowUp"]) {
    canvas.dispatchEvent(new win.KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    await new Promise((resolve) => setTimeout(resolve, 60));
    win.judgeMarkup();
    seen ||= tip.querySelector("a")?.textContent;
  }
  if (!seen) seen = await until(() => tip.querySelector("a")?.textContent);
  const field = document.getElementById("map-q");
  field.value = seen;
  field.dispatchEvent(new win.Event("input", { bubbles: true }));
  for (const part of document.querySelectorAll("[data-region] button")) part.click();
}
"""
# Keeps pages as the worker does, and pages of a stranger; then the page that lists them is loaded anew.
KEEP = """
async (win, until) => {
  const { document } = win;
  const map = await (await win.fetch("/sitemap.xml")).text();
  const paths = [...map.matchAll(/<loc>[^<]*?(\\/papers\\/[^<]*)<\\/loc>/g)].map(([, path]) => path).slice(0, 50);
  const cache = await win.caches.open(`paperbound ${document.querySelector("[data-offline]").dataset.base} x pages`);
  for (const path of paths) await cache.put(path, await win.fetch(path));
  const raw = decodeURIComponent(win.location.search.slice(1));
  await cache.put("/x/", new win.Response(`<title>${raw}</title>`));
  await cache.put("/y/", new win.Response(`<title>&lt;img src=x onerror=pwn(1)&gt;${raw}`));
  document.querySelector("[data-offline-choice]").dispatchEvent(new win.Event("change"));
  await new Promise((resolve) => setTimeout(resolve, 200));
  await until(() => win.document.querySelectorAll("[data-offline-list] li").length > 10);
}
"""
# Types into the field of every page, and waits for its suggestions.
SUGGEST = """
async (win, until, asked) => {
  const { document } = win;
  const field = await until(() => document.getElementById("quick") ?? document.getElementById("q"));
  field.focus();
  field.value = decodeURIComponent(asked.replace(/^q=/, ""));
  field.dispatchEvent(new win.Event("input", { bubbles: true }));
  const list = await until(() => document.getElementById(`${field.id}-list`));
  for (let turn = 0; turn < 50 && !list.children.length; turn++) await new Promise((resolve) => setTimeout(resolve, 20));
}
"""
# Waits for the papers of today: the script writes them after the way on, which a paper may have without a script too.
GO_ON = """
async (win, until) => { await until(() => win.document.querySelector(".walk p")); }
"""
# Waits for the papers of a list that came with a link.
OFFER = """
async (win, until) => { await until(() => win.document.querySelector("[data-list-rows] [value=save]")); }
"""
# Waits for the answer to the query of a search page; an identifier leads on to its page.
FIND = """
async (win, until) => {
  const shown = () => win.document.querySelector("[data-search-count]")?.textContent.trim() ?? "";
  const isAsked = () => /\\/search\\/$/.test(win.location.pathname) && new URLSearchParams(win.location.search).get("q")?.trim();
  await until(() => !isAsked() || (shown() && !shown().startsWith("Searching")));
}
"""
