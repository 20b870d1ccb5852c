/* Small improvements of every page: keys, and buttons that need a script. Everything works without it. */
(() => {
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
  const keys = { "/": openSearch, n: () => follow("next"), p: () => follow("prev") };

  document.addEventListener("keydown", (event) => {
    const command = event.ctrlKey || event.metaKey;
    if (command && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      openSearch();
    } else if (!command && !event.altKey && Object.hasOwn(keys, event.key) && !isTyping(event.target)) {
      event.preventDefault();
      keys[event.key]();
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

  const answer = (button, text) => {
    const words = button.querySelector("span");
    const before = words.textContent;
    words.textContent = text;
    button.classList.add("done");
    setTimeout(() => {
      words.textContent = before;
      button.classList.remove("done");
    }, 2000);
  };

  const enable = (button, act) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      if (!button.classList.contains("done")) act(button);
    });
  };

  for (const button of document.querySelectorAll("[data-copy]")) {
    enable(button, async () => {
      const source = document.getElementById(button.dataset.copy);
      try {
        await navigator.clipboard.writeText(source.textContent);
        answer(button, "Copied");
      } catch {
        select(source);
        answer(button, "Selected");
      }
    });
  }

  for (const button of document.querySelectorAll("[data-share]")) {
    enable(button, async () => {
      const url = button.dataset.share;
      try {
        if (navigator.share) await navigator.share({ title: document.title, url });
        else {
          await navigator.clipboard.writeText(url);
          answer(button, "Link copied");
        }
      } catch (error) {
        if (error.name !== "AbortError") prompt("The address of this page", url);
      }
    });
  }
})();
