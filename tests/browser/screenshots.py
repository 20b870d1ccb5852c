"""Writes docs/screenshots: `make screenshots` takes the pages of all themes, and those of README and docs/digest.md."""

from __future__ import annotations

import shutil
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Literal

from browser_server import serve_folder
from PIL import Image
from playwright.sync_api import Browser, sync_playwright
from shapes import build_group

from paperbound.builder.executors import InlineExecutor
from paperbound.builder.pipeline import Options, build_site
from surroundings import CHROMIUM, FLAGS, ROOT

Scheme = Literal["light", "dark"]
FOLDER = ROOT / "docs" / "screenshots"
# The pictures of README and docs/digest.md, of this repository's own site.
SHOTS: tuple[tuple[str, str, int, int, Scheme], ...] = (
    ("home", "", 1280, 900, "light"),
    ("home", "", 360, 740, "light"),
    ("paper", "papers/{paper}/", 1280, 900, "dark"),
    ("paper", "papers/{paper}/", 360, 740, "light"),
    ("mail", "collections/trending-2026-11-23/mail/", 360, 900, "light"),
    ("mail", "collections/trending-2026-11-23/mail/", 360, 900, "dark"),
    ("mail", "collections/trending-2026-11-23/mail/", 640, 900, "light"),
    ("mail", "collections/trending-2026-11-23/mail/", 640, 900, "dark"),
)
# Kinds of pages of the gallery, where a site has them.
KINDS = {
    "home": "",
    "papers": "papers/",
    "paper": "papers/{paper}/",
    "topics": "tags/",
    "topic": "tags/{tag}/",
    "authors": "authors/",
    "author": "authors/{author}/",
    "years": "years/",
    "year": "years/2025/",
    "venues": "venues/",
    "collections": "collections/",
    "search": "search/?q={query}",
    "map": "map/",
    "statistics": "stats/",
    "reading-list": "reading-list/",
    "subscribe": "subscribe/",
    "about": "about/",
    "people": "people/",
    "news": "news/",
    "missing": "404.html",
}
# What stands for the fields of `KINDS` in this repository's own site, and in that of the group.
OWN = {"tag": "test-time-scaling", "author": "fan-liu", "query": "reasoning"}
GROUP = {"tag": "tides", "author": "noor-haddad", "query": "tides"}
WINDOWS: tuple[tuple[int, int, Scheme], ...] = ((1280, 800, "light"), (360, 740, "dark"))


def find_paper(site: Path, start: str) -> str:
    """Returns the name of the paper's page that begins so."""
    return next(path.name for path in sorted((site / "papers").iterdir()) if path.name.startswith(start))


def take(browser: Browser, url: str, width: int, height: int, scheme: Scheme) -> bytes:
    """Returns a picture of the page as PNG, once nothing arrives any more."""
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
    page = context.new_page()
    # Twice: the typeface is there from the second page on.
    for _ in range(2):
        page.goto(url, wait_until="networkidle")
    picture = page.screenshot()
    context.close()
    return picture


def take_gallery(browser: Browser, theme: str, site: Path, fields: dict[str, str]) -> None:
    """Writes a small picture of each kind of page of a site, light and wide, dark and narrow."""
    (FOLDER / theme).mkdir(parents=True, exist_ok=True)
    with serve_folder(site) as address:
        for name, path in KINDS.items():
            place = path.format(**fields).partition("?")[0]
            if not (site / place).is_file() and not (site / place / "index.html").is_file():
                continue
            for width, height, scheme in WINDOWS:
                picture = take(browser, address + path.format(**fields), width, height, scheme)
                file = FOLDER / theme / f"{name}-{width}-{scheme}.webp"
                Image.open(BytesIO(picture)).convert("RGB").save(file, "WEBP", quality=60, method=6)


def build_own(theme: str, folder: Path) -> Path:
    """Returns this repository's own site in another theme."""
    shutil.copytree(ROOT / "content", folder / "content")
    with (folder / "content" / "site.yaml").open("a", encoding="utf-8") as settings:
        settings.write(f"\ntheme: {theme}\n")
    build_site(Options(folder / "content", folder / "site"), InlineExecutor())
    return folder / "site"


def main() -> None:
    """Takes all screenshots."""
    site = ROOT / "site"
    own = {**OWN, "paper": find_paper(site, "text2earth")}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        with serve_folder(site) as address:
            for name, path, width, height, scheme in SHOTS:
                picture = take(browser, address + path.format(**own), width, height, scheme)
                (FOLDER / f"{name}-{width}-{scheme}.png").write_bytes(picture)
        take_gallery(browser, "default", site, own)
        take_gallery(browser, "proceedings", build_own("proceedings", Path(folder, "own")), own)
        group = build_group("lab", "en", Path(folder, "group"))
        take_gallery(browser, "lab", group, {**GROUP, "paper": find_paper(group, "tides-that")})
        browser.close()


if __name__ == "__main__":
    main()
