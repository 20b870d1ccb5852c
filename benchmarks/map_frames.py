"""Frames of the map while it is zoomed, by the number of points: the time between two, and the CPU of one.

The CPU is that of all processes of the browser, which are busy with nothing else; on a shared machine it says more than
the time. `python benchmarks/map_frames.py` needs the site of this repository in `site/`. The points are by chance.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import sys
from pathlib import Path

import psutil
from playwright.sync_api import Page, Route, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests" / "browser"), str(ROOT / "tests")]

from browser_server import serve_folder  # noqa: E402

from surroundings import CHROMIUM, FLAGS  # noqa: E402

SIZES = (119, 10_000, 81_417)
FRAMES = 90
# The times between frames, each of which zooms the map.
MEASURE = """(frames) => new Promise((done) => {
  const canvas = document.querySelector("[data-map] canvas"), times = [];
  let last = performance.now(), left = frames;
  const step = (now) => {
    times.push(now - last);
    last = now;
    if (!left--) return done(times.slice(5));
    const deltaY = left % 30 < 15 ? -30 : 30;
    canvas.dispatchEvent(new WheelEvent("wheel", { deltaY, ctrlKey: true, cancelable: true }));
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
})"""


def make_points(count: int) -> str:
    """Returns a file of points in a cloud."""
    chance = random.Random(1)
    x = [min(4000, max(90, round(chance.gauss(2048, 600)))) for _ in range(count)]
    y = [min(2800, max(90, round(chance.gauss(1433, 420)))) for _ in range(count)]
    digits = "".join(chance.choices("012345678", k=count))
    regions = [[chance.randrange(4000), chance.randrange(2800), "some", "words"] for _ in range(6)]
    box, colours = [0, 0, 4096, 2867], {"topic": digits, "year": digits, "venue": digits}
    return json.dumps({"x": x, "y": y, "box": box, "regions": regions, "colours": colours})


def sum_cpu() -> float:
    """Returns the seconds of CPU of all processes that this one started."""
    found = 0.0
    for process in psutil.Process(os.getpid()).children(recursive=True):
        if "chrom" in process.name():
            times = process.cpu_times()
            found += times.user + times.system
    return found


def measure(page: Page, address: str, count: int) -> tuple[float, float, float]:
    """Returns median and 99th percentile of the time between two frames, and the CPU of one, in milliseconds."""
    points = make_points(count)

    def answer(route: Route) -> None:
        route.fulfill(body=points, content_type="application/json")

    page.route("**/points.*.json", answer)
    page.goto(f"{address}map/")
    page.locator("[data-map][data-ready]").wait_for()
    page.wait_for_timeout(500)
    before = sum_cpu()
    times = sorted(page.evaluate(MEASURE, FRAMES))
    cpu = (sum_cpu() - before) * 1000 / FRAMES
    page.unroute("**/points.*.json")
    return statistics.median(times), times[int(len(times) * 0.99)], cpu


def main() -> None:
    """Prints a row for each number of points."""
    with serve_folder(ROOT / "site") as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        for count in SIZES:
            middle, most, cpu = measure(page, address, count)
            print(f"| {count:,} | {middle:.1f} ms | {most:.1f} ms | {cpu:.1f} ms |")
        browser.close()


if __name__ == "__main__":
    main()
