/* The page of a paper by chance: a number, the page of the list of all papers with that number, and its link. */

import { loadPage } from "./loading.js";
import { findSlug } from "./papers.js";

async function choose({ dataset: { random, total, size } }) {
  const number = Math.floor(Math.random() * total);
  const page = Math.floor(number / size) + 1;
  const list = await loadPage(page > 1 ? `${random}page/${page}/` : random);
  const links = [...list.querySelectorAll("main a")].map((link) => link.getAttribute("href"));
  const papers = [...new Set(links.filter((href) => findSlug(href)))];
  // This page is no step back from there.
  location.replace(papers[Math.min(number % size, papers.length - 1)]);
}

const place = document.querySelector("[data-random]");

choose(place).catch((error) => {
  console.warn(error);
  place.textContent = t("random.failed");
});
