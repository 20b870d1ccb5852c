/* Small improvements of every page: keys, and buttons that need a script. Everything works without it. */
(() => {
  const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

  const openSearch = () => {
    const field = document.getElementById("q");
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

  const select = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  };

  for (const button of document.querySelectorAll("[data-copy]")) {
    const source = document.getElementById(button.dataset.copy);
    const words = button.querySelector("span");
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(source.textContent);
        words.textContent = "Copied";
        button.classList.add("done");
      } catch {
        select(source);
        words.textContent = "Selected";
      }
      setTimeout(() => {
        words.textContent = "Copy";
        button.classList.remove("done");
      }, 2000);
    });
  }
})();
