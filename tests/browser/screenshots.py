"""Writes docs/screenshots from the built site: `make screenshots`."""

from __future__ import annotations

from pathlib import Path

from browser_server import serve_folder
from playwright.sync_api import sync_playwright

from surroundings import CHROMIUM, FLAGS, ROOT

SHOTS = (
    ("home", "", 1280, 900, "light"),
    ("home", "", 360, 740, "light"),
    ("paper", "papers/{paper}/", 1280, 900, "dark"),
    ("paper", "papers/{paper}/", 360, 740, "light"),
    *(
        ("mail", "collections/trending-2026-11-23/mail/", width, 900, scheme)
        for width in (360, 640)
        for scheme in ("light", "dark")
    ),
)


def main() -> None:
    """Takes the screenshots of the README and of docs/digest.md."""
    site = ROOT / "site"
    paper = next(path.name for path in sorted((site / "papers").iterdir()) if path.name.startswith("text2earth"))
    folder = Path(ROOT / "docs" / "screenshots")
    folder.mkdir(exist_ok=True)
    with serve_folder(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        for name, path, width, height, scheme in SHOTS:
            context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
            page = context.new_page()
            page.goto(address + path.format(paper=paper), wait_until="networkidle")
            page.screenshot(path=folder / f"{name}-{width}-{scheme}.png")
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
