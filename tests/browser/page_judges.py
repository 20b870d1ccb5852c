"""Judges of one page in a browser: axe-core, and text cut off, overlapping, or in a header of too many rows."""

from __future__ import annotations

from playwright.sync_api import Page

from surroundings import JUDGES

# Visible text must be within the window, within any clipping element, and not over other text.
_FIND_LAYOUT_FAULTS = """() => {
  const faults = [], boxes = [];
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) faults.push(`scrolls to ${document.documentElement.scrollWidth}`);
  // What holds of an element and of those around it, asked of each element once.
  const remember = (judge) => {
    const known = new Map();
    return (one) => { if (one && !known.has(one)) known.set(one, judge(one)); return known.get(one); };
  };
  const scrolls = remember((one) => /auto|scroll/.test(getComputedStyle(one).overflowX) || scrolls(one.parentElement));
  const hides = remember((one) => one.matches(".skip") || getComputedStyle(one).clipPath !== "none" || hides(one.parentElement));
  const clips = remember((one) => {
    const outer = clips(one.parentElement) ?? [];
    if (getComputedStyle(one).overflowX === "visible" || one === document.documentElement) return outer;
    const { left, right } = one.getBoundingClientRect();
    return [[one.className, left, right], ...outer];
  });
  const measure = (name, { left, right, top, bottom, height }, element) => ({ name, left, right, top, bottom, height, element });
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement;
    if (!node.data.trim() || !parent.checkVisibility({ visibilityProperty: true }) || hides(parent) || scrolls(parent)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const name = node.data.trim().slice(0, 40), stands = !parent.closest("math, svg");
    for (const rectangle of range.getClientRects()) {
      const box = measure(name, rectangle, parent);
      if (box.right - box.left < 1) continue;
      if (box.left < -0.5 || box.right > width + 0.5) faults.push(`cut off at the window: ${name}`);
      for (const [clip, left, right] of clips(parent)) if (box.left < left - 0.5 || box.right > right + 0.5) faults.push(`cut off in ${clip}: ${name}`);
      if (stands) boxes.push(box);
    }
  }
  const controls = [...document.querySelectorAll("svg, input, button, .btn, .tool, .note")].filter((one) => one.checkVisibility() && !hides(one));
  const all = [...boxes, ...controls.map((one) => measure(one.outerHTML.slice(0, 40), one.getBoundingClientRect(), one))];
  boxes.forEach((box, at) => {
    for (let place = at + 1; place < all.length; place++) {
      const other = all[place];
      const across = Math.min(box.right, other.right) - Math.max(box.left, other.left);
      const down = Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top);
      if (across <= 1 || down <= 0.4 * Math.min(box.height, other.height)) continue;
      if (!box.element.contains(other.element) && !other.element.contains(box.element)) faults.push(`${box.name} overlaps ${other.name}`);
    }
  });
  return faults;
}"""

# A header is one row from 992 px, and two below: the title with the tools beside its first line, then the links.
_FIND_HEADER_FAULTS = """() => {
  const faults = [], head = document.querySelector(".head");
  if (!head) return faults;
  const top = (selector) => [...head.querySelectorAll(selector)].filter((one) => one.checkVisibility()).map((one) => one.getBoundingClientRect());
  const range = document.createRange();
  range.selectNodeContents(head.querySelector(".brand span"));
  const [line] = range.getClientRects(), links = top(".nav a"), tools = top(".tools > *");
  const middle = (box) => (box.top + box.bottom) / 2;
  if (tools.some((box) => Math.abs(middle(box) - middle(line)) > 6)) faults.push("header: the tools are not beside the title");
  if (links.some((box) => box.top !== links[0].top)) faults.push("header: the links take more than one row");
  if (innerWidth >= 992 && links.some((box) => Math.abs(middle(box) - middle(line)) > 6)) faults.push("header: the links are not beside the title");
  if (innerWidth < 992 && Math.min(...links.map((box) => box.top)) < Math.max(...tools.map((box) => box.bottom)) - 8) faults.push("header: the links are not below the tools");
  const last = [...range.getClientRects()].at(-1);
  if (Math.round((last.top - line.top) / line.height) > 3) faults.push("header: the title takes more than four lines");
  return faults;
}"""


def find_layout_faults(page: Page) -> list[str]:
    """Returns the text cut off or overlapping on the page as shown, and faults of its header."""
    page.wait_for_load_state()  # a page whose address is there may still have no body
    return [*page.evaluate(_FIND_LAYOUT_FAULTS), *page.evaluate(_FIND_HEADER_FAULTS)]


def run_axe(page: Page) -> list[str]:
    """Returns axe-core's violations."""
    page.wait_for_load_state()
    # The page's policy forbids inline scripts, and stays in force: axe comes in through the debugger, into each later
    # page of the tab, too. To send its 560 kB with each page took as long as all its rules.
    if page.evaluate("typeof axe") == "undefined":
        script = (JUDGES / "axe-core" / "axe.min.js").read_text("utf-8")
        page.evaluate(f"{script}; undefined")
        page.add_init_script(script)
    # Of no standard tag: the size of targets (WCAG 2.2, 2.5.8). Of what passes, nothing is said, and no selector is sought.
    violations = page.evaluate(
        """async () => (await axe.run({
          rules: { "target-size": { enabled: true } }, resultTypes: ["violations"], selectors: false,
        })).violations"""
    )
    return [
        f"{one['id']}: {node['html'][:120]} {node['failureSummary'][:200]}"
        for one in violations
        for node in one["nodes"]
    ]
