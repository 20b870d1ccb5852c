/* Small improvements of every page: keys, and buttons that need a script. Everything works without it. */
(() => {
  const { reader, worker } = document.currentScript.dataset;
  // The link to the search becomes its field: without a script neither the field nor the search would do anything.
  for (const link of document.querySelectorAll("[data-quick]")) {
    const search = document.createElement("search");
    const [form, label, field] = ["form", "label", "input"].map((name) => document.createElement(name));
    Object.assign(form, { className: "quick", role: "search", action: link.href });
    form.ariaLabel = link.dataset.label ?? t("list.all_papers");
    Object.assign(label, { className: "vh", htmlFor: "quick", textContent: link.dataset.label ?? t("search.all") });
    const texts = { autocomplete: "off", autocapitalize: "off", spellcheck: false, placeholder: t("search.title") };
    Object.assign(field, { id: "quick", name: "q", type: "search", maxLength: 2000, ...texts });
    form.append(link.querySelector("svg"), label, field);
    search.append(form);
    Object.assign(field.dataset, { suggest: link.dataset.suggest, manifest: link.dataset.manifest });
    link.replaceWith(search);
  }

  const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

  const openSearch = () => {
    const field = document.getElementById("quick") ?? document.getElementById("q");
    if (field) {
      field.focus();
      field.select();
    } else {
      document.querySelector("[data-search]")?.click();
    }
  };

  const follow = (rel) => document.querySelector(`a[rel=${rel}]`)?.click();
  // The papers of a list, one after the other.
  const walk = (step) => {
    const links = [...document.querySelectorAll(".entry h3 a, .picks h3 a")].filter((link) => link.checkVisibility());
    const at = links.indexOf(document.activeElement);
    links[at < 0 && step < 0 ? -1 : at + step]?.focus();
  };
  const save = (place) => place && reader && import(reader).then(() => place.querySelector("[data-keep]")?.click());
  const keys = {
    "/": [openSearch, t("keys.search")],
    j: [() => walk(1), t("keys.next_paper")],
    k: [() => walk(-1), t("keys.previous_paper")],
    n: [() => follow("next"), t("keys.next")],
    p: [() => follow("prev"), t("keys.previous")],
    o: [() => document.activeElement.closest("li")?.querySelector("h3 a")?.click(), t("keys.open")],
    s: [() => save(document.activeElement.closest(".entry") ?? document.querySelector("article")), t("keys.save")],
    t: [() => document.querySelector("[data-theme-toggle]")?.click(), t("keys.theme")],
    "?": [() => showKeys(), t("keys.help")],
  };

  // Single keys can be switched off: who speaks to a computer presses them unawares (WCAG 2.1.4).
  let isOn = true;
  try {
    isOn = localStorage.getItem("paperbound-keys") !== "off";
  } catch {
    // Storage refused: on.
  }
  const make = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });
  const showKeys = () => {
    const dialog = make("dialog", "");
    const list = make("dl", "");
    for (const [key, [, text]] of Object.entries(keys)) {
      const term = make("dt", "");
      term.append(make("kbd", key));
      list.append(term, make("dd", text));
    }
    const label = make("label", "");
    const box = Object.assign(make("input", ""), { type: "checkbox", checked: isOn });
    box.addEventListener("change", () => {
      isOn = box.checked;
      try {
        localStorage.setItem("paperbound-keys", isOn ? "on" : "off");
      } catch {
        // Kept for this page only.
      }
    });
    label.append(box, t("keys.on"));
    const form = Object.assign(make("form", ""), { method: "dialog" });
    form.append(Object.assign(make("button", t("keys.close")), { className: "btn" }));
    const title = Object.assign(make("h2", t("keys.title")), { id: "keys" });
    dialog.setAttribute("aria-labelledby", "keys");
    dialog.append(title, list, label, form);
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  };
  const opener = Object.assign(make("button", t("keys.title")), { type: "button", className: "link" });
  opener.addEventListener("click", showKeys);
  const item = make("li", "");
  item.append(opener);
  document.querySelector(".colophon ul")?.append(item);

  document.addEventListener("keydown", (event) => {
    const command = event.ctrlKey || event.metaKey;
    if (command && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      openSearch();
    } else if (isOn && !command && !event.altKey && Object.hasOwn(keys, event.key) && !isTyping(event.target) && !document.querySelector("dialog")) {
      event.preventDefault();
      keys[event.key][0]();
    }
  });

  for (const field of document.querySelectorAll("[data-suggest]")) {
    // The client makes every such field suggest as soon as it is there.
    field.addEventListener("input", () => import(field.dataset.suggest), { once: true });
  }

  const select = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  };

  const icons = {
    copy: "M6.5 6.5h9v9h-9ZM11.5 6.5v-4h-9v9h4",
    save: "M9 2v9M5.75 8 9 11.25 12.25 8M3 12v4h12v-4",
    keep: "M4.5 2h9v13.5L9 11.75 4.5 15.5Z",
    share: "M9 11V2M5.75 5 9 1.75 12.25 5M4.5 8.5h-1v7.75h11V8.5h-1",
  };
  // No HTML is parsed: the content security policy asks for trusted types.
  const draw = (icon) => {
    const [svg, path] = ["svg", "path"].map((name) => document.createElementNS("http://www.w3.org/2000/svg", name));
    for (const [name, value] of [["class", "i"], ["viewBox", "0 0 18 18"], ["aria-hidden", true]]) svg.setAttribute(name, value);
    path.setAttribute("d", icons[icon]);
    svg.append(path);
    return svg;
  };

  // Buttons that need a script are made by it. `act` returns what to answer for two seconds, if anything.
  const add = (place, icon, word, act) => {
    const button = document.createElement("button");
    // What stands in a status gives a button no name.
    Object.assign(button, { type: "button", className: "btn", ariaLabel: word });
    const words = document.createElement("span");
    Object.assign(words, { role: "status", textContent: word });
    button.append(draw(icon), words);
    const say = (text) => {
      words.textContent = text;
      button.classList.toggle("done", text !== word);
    };
    let isBusy = false;
    button.addEventListener("click", async () => {
      if (isBusy) return;
      isBusy = true;
      const text = await act();
      if (text) {
        say(text);
        await new Promise((resolve) => setTimeout(resolve, 2000));
        say(word);
      }
      isBusy = false;
    });
    place.append(button);
  };

  for (const source of document.querySelectorAll("[data-copy]")) {
    const place = document.createElement("div");
    place.className = "do";
    source.before(place);
    add(place, "copy", t("site.copy"), async () => {
      try {
        await navigator.clipboard.writeText(source.textContent);
        return t("site.copied");
      } catch {
        select(source);
        return t("site.selected");
      }
    });
  }

  // A file has the name of the page's folder.
  for (const source of document.querySelectorAll("[data-copy]:not([data-copy=''])")) {
    add(source.previousElementSibling, "save", t("site.download"), () => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([source.textContent, "\n"]));
      link.download = `${location.pathname.split("/").at(-2)}.${source.dataset.copy}`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    });
  }

  for (const place of document.querySelectorAll("[data-address]")) {
    const link = place.querySelector("a");
    add(place, "copy", t("site.copy"), async () => {
      try {
        await navigator.clipboard.writeText(link.href);
        return t("site.copied");
      } catch {
        return void prompt(t("site.feed_address"), link.href);
      }
    });
    place.lastChild.setAttribute("aria-label", t("site.copy_address", { title: link.textContent }));
  }

  for (const place of document.querySelectorAll("[data-share]")) {
    if (reader) {
      add(place, "keep", t("reading_list.save"), async () => (await import(reader)).save());
      place.lastChild.dataset.keep = "";
      place.lastChild.ariaLabel = t("reading_list.save_this");
    }
    add(place, "share", t("site.share"), async () => {
      const url = document.querySelector("link[rel=canonical]")?.href ?? location.href;
      try {
        if (navigator.share) return await navigator.share({ title: document.title, url });
        await navigator.clipboard.writeText(url);
        return t("site.link_copied");
      } catch (error) {
        return error.name === "AbortError" ? undefined : void prompt(t("site.page_address"), url);
      }
    });
  }

  // An installable site, unless its reader said no: pages that are read are kept.
  const keepPages = async () => {
    if (localStorage.getItem(`paperbound-offline ${worker.slice(0, -5)}`) === "off") return;
    const policy = globalThis.trustedTypes?.createPolicy("paperbound", { createScriptURL: () => worker });
    const { serviceWorker } = navigator;
    await serviceWorker.register(policy ? policy.createScriptURL("") : worker, { updateViaCache: "none" });
    (await serviceWorker.ready).active.postMessage(location.pathname);
  };
  if (worker && navigator.serviceWorker) addEventListener("load", () => keepPages().catch(() => {}));

  // What this browser keeps for the reader is shown when the page is there.
  if (reader) addEventListener("load", () => import(reader));
})();
