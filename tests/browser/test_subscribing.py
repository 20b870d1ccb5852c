"""Subscribing as a person does it: an address to copy, a form to fill in, a calendar to walk through."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest
import yaml
from browser_server import serve_folder
from playwright.sync_api import Browser, BrowserContext, Page, expect
from waiting import hold_timers

from surroundings import Build

pytestmark = pytest.mark.browser


def test_the_address_of_each_feed_is_copied(fresh_page: Page, context: BrowserContext, address: str) -> None:
    page = fresh_page
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    hold_timers(page)
    page.goto(f"{address}subscribe/")
    for section, path in (
        ("All papers", "feed.xml"),
        ("Editions", "collections/feed.xml"),
        ("One collection", "collections/trending-2026-11-23/feed.xml"),
        ("One topic", "tags/test-time-scaling/feed.xml"),
        ("One author", "authors/"),
        ("One venue", "venues/"),
    ):
        part = page.locator("section", has=page.get_by_role("heading", name=section, exact=True))
        assert len(part.locator("p").first.inner_text()) > 20
        button = part.locator("li button").first
        assert "Copy the address: " in (button.get_attribute("aria-label") or "")
        button.click()
        expect(button).to_have_text("Copied")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith(f"{address}{path}")
        answer = page.request.get(copied)
        assert answer.ok
        assert "<rss" in answer.text()
    assert page.locator("form[method=post]").count() == 0
    expect(page.locator(".deck")).to_contain_text("in a feed reader")


def test_feeds_are_plain_links_without_a_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}subscribe/")
    assert page.locator(".feeds button").count() == 0
    assert page.locator(".feeds a").count() > 40
    context.close()


@pytest.fixture
def service() -> Iterator[tuple[str, list[dict[str, list[str]]]]]:
    """A newsletter service: where its form goes to, and what came there."""
    got: list[dict[str, list[str]]] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()))
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<title>Thanks</title>")

        def log_message(self, *arguments: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/subscribe/me", got
    server.shutdown()
    server.server_close()


def test_the_form_of_a_newsletter_service(
    browser: Browser, tmp_path: Path, build: Build, service: tuple[str, list[dict[str, list[str]]]]
) -> None:
    action, got = service
    (tmp_path / "content" / "papers").mkdir(parents=True)
    note = "Kept for *this* letter alone. [How](https://example.org/privacy) <script>x</script>"
    config = {"title": "X", "subscribe": {"action": action, "field": "mail", "privacy": note}}
    (tmp_path / "content" / "site.yaml").write_text(yaml.safe_dump(config), "utf-8")
    build(tmp_path / "content", tmp_path / "site")
    for script in (True, False):
        context = browser.new_context(java_script_enabled=script)
        page = context.new_page()
        with serve_folder(tmp_path / "site") as address:
            page.goto(f"{address}subscribe/")
            part = page.locator("section", has=page.get_by_role("heading", name="By mail"))
            expect(part).to_contain_text("Kept for this letter alone. How <script>x</script>")
            expect(part.get_by_role("link", name="How")).to_have_attribute("href", "https://example.org/privacy")
            page.get_by_label("Your address").fill("ada@example.org")
            part.get_by_role("button", name="Subscribe").click()
            expect(page).to_have_title("Thanks")
        context.close()
    assert got == [{"mail": ["ada@example.org"]}] * 2


def test_editions_are_walked_through(browser: Browser, tmp_path: Path, build: Build) -> None:
    content = tmp_path / "content"
    (content / "papers").mkdir(parents=True)
    (content / "collections").mkdir()
    (content / "site.yaml").write_text("title: X\n", "utf-8")
    (content / "papers" / "all.yaml").write_text("- {id: a, title: Alpha}\n- {id: b, title: Beta}\n", "utf-8")
    for day, papers in (("22", "[a]"), ("23", "[a, b]"), ("24", "[b, a]")):
        (content / "collections" / f"t-2026-11-{day}.yaml").write_text(
            f"title: T\ndate: 2026-11-{day}\npapers: {papers}\n", "utf-8"
        )
    (content / "collections" / "u-2026-11-24.yaml").write_text("title: U\ndate: 2026-11-24\npapers: [a]\n", "utf-8")
    build(content, tmp_path / "site")
    page = browser.new_page()
    with serve_folder(tmp_path / "site") as address:
        page.goto(f"{address}collections/")
        page.get_by_role("link", name="T, 23 November 2026").click()
        expect(page.locator(".at").nth(1)).to_contain_text("new")
        page.wait_for_load_state()  # keys are a deferred script
        page.keyboard.press("n")
        expect(page).to_have_url(f"{address}collections/t-2026-11-24/")
        expect(page.locator(".at").first.locator(".vh")).to_have_text("up 1")
        expect(page.locator(".at").first.locator("[aria-hidden]")).to_be_visible()
        page.get_by_role("link", name="Mail").click()
        expect(page).to_have_title("T, 24 November 2026")
        page.goto(f"{address}collections/t-2026-11-24/")
        for day in ("23", "22"):
            page.wait_for_load_state()  # keys are a deferred script
            page.keyboard.press("p")
            expect(page).to_have_url(f"{address}collections/t-2026-11-{day}/")
        # Two of one day: the calendar leads to them in the list.
        page.goto(f"{address}collections/")
        page.get_by_role("link", name="2 editions of 24 November 2026").click()
        expect(page.locator(":target")).to_contain_text("24 November 2026")
        with page.expect_download() as download:
            page.goto(f"{address}collections/t-2026-11-24/")
            page.get_by_role("link", name="BibTeX").click()
        assert download.value.suggested_filename == "papers.bib"
    page.close()
