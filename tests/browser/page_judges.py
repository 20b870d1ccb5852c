"""Judges of one page in a browser: axe-core, and text cut off, overlapping, or in a header of too many rows."""

from __future__ import annotations

from playwright.sync_api import Page

from surroundings import JUDGES

# Visible text must be within the window, within any clipping element, and not over other text.
_FIND_LAYOUT_FAULTS = """() => {
  const faults = [], boxes = [];
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) faults.push(`scrolls to ${document.documentElement.scrollWidth}`);
  const scrolls = (element) => element && (/auto|scroll/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
  const hides = (element) => element && (element.matches(".skip") || getComputedStyle(element).clipPath !== "none" || hides(element.parentElement));
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement;
    if (!node.data.trim() || !parent.checkVisibility({ visibilityProperty: true }) || hides(parent) || scrolls(parent)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const name = node.data.trim().slice(0, 40);
    for (const box of range.getClientRects()) {
      if (box.width < 1) continue;
      if (box.left < -0.5 || box.right > width + 0.5) faults.push(`cut off at the window: ${name}`);
      for (let one = parent; one; one = one.parentElement) {
        const clip = one.getBoundingClientRect();
        if (getComputedStyle(one).overflowX !== "visible" && one !== document.documentElement && (box.left < clip.left - 0.5 || box.right > clip.right + 0.5)) faults.push(`cut off in ${one.className}: ${name}`);
      }
      if (!parent.closest("math, svg")) boxes.push([name, box, parent]);
    }
  }
  const controls = [...document.querySelectorAll("svg, input, button, .btn, .tool, .note")].filter((one) => one.checkVisibility() && !hides(one));
  const others = controls.map((one) => [one.outerHTML.slice(0, 40), one.getBoundingClientRect(), one]);
  boxes.forEach(([name, box, parent], at) => {
    for (const [other, second, holder] of [...boxes.slice(at + 1), ...others]) {
      if (parent === holder || parent.contains(holder) || holder.contains(parent)) continue;
      const across = Math.min(box.right, second.right) - Math.max(box.left, second.left);
      const down = Math.min(box.bottom, second.bottom) - Math.max(box.top, second.top);
      if (across > 1 && down > 0.4 * Math.min(box.height, second.height)) faults.push(`${name} overlaps ${other}`);
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
    return [*page.evaluate(_FIND_LAYOUT_FAULTS), *page.evaluate(_FIND_HEADER_FAULTS)]


def run_axe(page: Page) -> list[str]:
    """Returns axe-core's violations."""
    # The page's policy forbids inline scripts, and stays in force: axe comes in through the debugger.
    page.evaluate((JUDGES / "axe-core" / "axe.min.js").read_text("utf-8") + "; undefined")
    # Of no standard tag: the size of targets (WCAG 2.2, 2.5.8).
    violations = page.evaluate(
        'async () => (await axe.run({ rules: { "target-size": { enabled: true } } })).violations'
    )
    return [
        f"{one['id']}: {node['html'][:120]} {node['failureSummary'][:200]}"
        for one in violations
        for node in one["nodes"]
    ]
