/* The filters of the search page, drawn; years as bars to brush. Loaded when they are opened. */

const shownValues = 12;

const svg = (name, attributes, ...children) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
};

function makeValue(name, [slug, label], count, most, checked, toggle) {
  const [input, text, number] = ["input", "span", "span"].map((tag) => document.createElement(tag));
  Object.assign(input, { type: "checkbox", name, value: slug, checked, disabled: !count && !checked });
  input.addEventListener("change", () => toggle(name, slug, input.checked));
  text.textContent = label;
  number.className = "n";
  number.textContent = count.toLocaleString(document.documentElement.lang);
  const bar = svg("svg", { viewBox: `0 0 ${most || 1} 1`, preserveAspectRatio: "none", "aria-hidden": "true" });
  bar.append(svg("path", { d: `M0 0h${count}v1H0z` }));
  const row = document.createElement("label");
  row.append(input, text, number, bar);
  return row;
}

/** Years as bars on an even axis; dragging over them, or the two fields below, chooses a range. */
function makeYears({ values }, counts, chosen, brush) {
  const known = values.map(([year], at) => [Number(year), counts[at]]).sort((one, other) => one[0] - other[0]);
  const [first, last] = [known[0][0], known[known.length - 1][0]];
  const most = Math.max(1, ...counts);
  const range = ([...(chosen ?? [])][0] ?? "").split("..").map(Number);
  const [from, to] = range[0] ? [range[0], range[1] || range[0]] : [first, last];
  const plot = svg("svg", { viewBox: `0 0 ${(last - first + 1) * 8} 48`, preserveAspectRatio: "none", class: "bars", "aria-hidden": "true" });
  for (const [year, count] of known) {
    const height = count && Math.max(1, Math.round((count / most) * 46));
    const state = year >= from && year <= to ? "" : "off";
    plot.append(svg("rect", { x: (year - first) * 8, y: 48 - height, width: 7, height, class: state }));
  }
  const yearAt = ({ clientX }) => {
    const { left, width } = plot.getBoundingClientRect();
    return first + Math.min(last - first, Math.max(0, Math.floor(((clientX - left) / width) * (last - first + 1))));
  };
  let start = null;
  plot.addEventListener("pointerdown", (event) => {
    start = yearAt(event);
    plot.setPointerCapture(event.pointerId);
  });
  plot.addEventListener("pointerup", (event) => {
    // Bars that were drawn anew while one drags know of no start.
    if (start !== null) brush(...[start, yearAt(event)].sort((one, other) => one - other));
  });
  const fields = [["from", t("facet.year_from"), from], ["to", t("facet.year_to"), to]].map(([name, label, year]) => {
    const input = document.createElement("input");
    Object.assign(input, { type: "number", name, min: first, max: last, value: year });
    input.setAttribute("aria-label", label);
    return input;
  });
  const change = () => brush(...fields.map(({ value }, at) => Number(value) || [first, last][at]).sort((one, other) => one - other));
  fields.forEach((field) => field.addEventListener("change", change));
  const line = document.createElement("p");
  line.className = "span";
  line.append(fields[0], ` ${t("facet.to")} `, fields[1]);
  return [plot, line];
}

/** Draws the facets into a place. `act` is {toggle(name, slug, on), brush(from, to)}. */
export function drawFacets(place, columns, counts, chosen, act) {
  const held = place.contains(document.activeElement) && document.activeElement;
  const parts = columns.map((column, number) => {
    const part = document.createElement("fieldset");
    part.className = "facet";
    const legend = document.createElement("legend");
    legend.textContent = column.title;
    part.append(legend);
    const picked = chosen.get(column.name);
    if (column.name === "year") {
      part.append(...makeYears(column, counts[number], picked, act.brush));
      return part;
    }
    const isOn = (at) => picked?.has(column.values[at][0]) ?? false;
    const ranked = [...column.values.keys()].sort((one, other) => isOn(other) - isOn(one) || counts[number][other] - counts[number][one] || one - other);
    const most = Math.max(...counts[number]);
    for (const at of ranked.slice(0, shownValues)) {
      part.append(makeValue(column.name, column.values[at], counts[number][at], most, isOn(at), act.toggle));
    }
    if (column.least > 1) {
      const foot = document.createElement("p");
      foot.className = "foot";
      foot.textContent = t("facet.least", { count: column.least, field: column.name });
      part.append(foot);
    }
    return part;
  });
  place.replaceChildren(...parts);
  if (!held) return;
  const isYear = held.type === "number";
  const input = [...place.querySelectorAll("input")].find(({ name, value }) => name === held.name && (isYear || value === held.value));
  input?.focus();
  // A year that is being typed stays as it is.
  if (isYear && input) input.value = held.value;
}
