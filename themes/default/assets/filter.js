/* A field above a long list of names: those stay that hold what is typed. */

const place = document.querySelector("[data-filter]");
const others = document.querySelectorAll(".letters, .largest");
const parts = [...document.querySelectorAll(".part[id^=letter-]")];
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function filter(typed, status) {
  const words = fold(typed).split(/\s+/);
  for (const part of parts) {
    const names = [...part.querySelectorAll("li")];
    for (const name of names) {
      const text = fold(name.firstElementChild.textContent);
      name.hidden = !words.every((word) => text.includes(word));
    }
    part.hidden = names.every(({ hidden }) => hidden);
  }
  for (const other of others) other.hidden = typed.trim() !== "";
  status.textContent = parts.every(({ hidden }) => hidden) ? place.dataset.empty : "";
}

if (place) {
  const [field, status] = ["input", "span"].map((tag) => document.createElement(tag));
  Object.assign(field, { type: "search", placeholder: place.dataset.filter, ariaLabel: place.dataset.filter, autocomplete: "off" });
  status.setAttribute("role", "status");
  place.append(field, status);
  field.addEventListener("input", () => filter(field.value, status));
}
