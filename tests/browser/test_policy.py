"""The content security policy of every page, trusted types, and the hashes of scripts and styles, in Chromium."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browser_server import Handler, serve_folder
from playwright.sync_api import Page, expect
from waiting import wait_until

from surroundings import ROOT, Build
from test_publishing import read_headers

pytestmark = pytest.mark.browser
ASSETS = ROOT / "themes" / "default" / "assets"
# What parses text as HTML, or runs it; trusted types refuse each with a text.
SINKS = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|setHTMLUnsafe|srcdoc|"
    r"\beval\(|new Function|execCommand|setAttribute\(\s*[\"']on"
)


class Head(HTMLParser):
    """Policies, and hashes of scripts and styles, of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.policies: list[str] = []
        self.hashes: list[tuple[str, str]] = []
        self.inline: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if values.get("http-equiv", "").lower() == "content-security-policy":
            self.policies.append(values["content"])
        if tag == "script" and values.get("type") != "application/ld+json":
            self.hashes.append((values.get("src", ""), values.get("integrity", "")))
        if tag == "link" and values.get("rel") == "stylesheet":
            self.hashes.append((values["href"], values.get("integrity", "")))
        self.inline += [name for name in values if name.startswith("on") or name == "style"] + (
            [tag] if tag == "style" else []
        )


def find_faults(site: Path, base: str = "/") -> list[str]:
    """What the pages of a site have against policy and hashes."""
    faults = []
    for file in site.rglob("*.html"):
        head, name = Head(file.read_text("utf-8")), file.relative_to(site).as_posix()
        is_mail = name.endswith("mail/index.html")
        if len(head.policies) != 1 or "default-src 'none'" not in head.policies[0]:
            faults.append(f"{name}: policies {head.policies}")
        # Mail programs know styles of elements alone; a mail's page has no script, and its policy lets none run.
        allowed = "style-src 'unsafe-inline'" if is_mail else ""
        if any("unsafe-" in one.replace(allowed, "") for one in head.policies) or (head.inline and not is_mail):
            faults.append(f"{name}: unsafe {head.inline}")
        for href, integrity in head.hashes:
            data = (site / urlsplit(href).path.removeprefix(base)).read_bytes()
            if integrity != f"sha256-{base64.b64encode(hashlib.sha256(data).digest()).decode()}":
                faults.append(f"{name}: {href} has the hash {integrity!r}")
    return faults


def test_every_page_has_a_strict_policy_and_hashes(tmp_path: Path, build: Build) -> None:
    for name in ("features", "lab"):
        build(ROOT / "tests" / "sites" / name, tmp_path / name)
    assert find_faults(tmp_path / "features", "/some/base/") == []
    assert find_faults(tmp_path / "lab", "/lab/") == []
    for old, new in (("script-src 'self'", "script-src 'self' 'unsafe-inline'"), ("default-src 'none'", "default-src *"),
                     ('integrity="sha256-', 'integrity="sha256-A'), ("<body>", '<body style="color:red">'), ("<main", "<main onclick='x'")):  # fmt: skip
        page = tmp_path / "features" / "404.html"
        text = page.read_text("utf-8")
        assert old in text
        page.write_text(text.replace(old, new, 1), "utf-8")
        assert len(find_faults(tmp_path / "features", "/some/base/")) == 1, new
        page.write_text(text, "utf-8")


def test_no_script_of_ours_parses_html() -> None:
    scripts = [*ASSETS.glob("*.js"), ROOT / "generator" / "paperbound" / "commands" / "preview" / "reload.js"]
    assert [(path.name, found[0]) for path in scripts if (found := SINKS.search(path.read_text("utf-8")))] == []
    assert SINKS.search("node.innerHTML = text")


def test_a_violation_fails_a_test(default_site: Path, tab: Page, address: str, violations: list[str]) -> None:
    tab.goto(address)
    script = """() => {
      const image = new Image(); image.src = 'http://127.0.0.1:9/x.png';
      try { document.body.innerHTML = '<b>x</b>'; } catch { document.title = 'refused'; }
    }"""
    tab.evaluate(script)
    expect(tab).to_have_title("refused")
    # Both are reported, in whichever order and however late.
    for directive in ("img-src", "require-trusted-types-for"):
        wait_until(tab, lambda directive=directive: directive in " ".join(violations))
    violations.clear()


def test_the_headers_of_the_document_keep_nothing_from_working(
    default_site: Path, tab: Page, watch: Callable[[Page, str], list[str]]
) -> None:
    headers = read_headers()

    class WithHeaders(Handler):
        def end_headers(self) -> None:
            for name, value in headers.items():
                self.send_header(name, value)
            super().end_headers()

    with serve_folder(default_site, handler=WithHeaders) as url:
        faults = watch(tab, url)
        tab.goto(f"{url}search/?q=scaling")
        expect(tab.locator("[data-search-list] h3").first).to_be_visible()
        assert faults == []


def test_a_changed_script_does_not_run(default_site: Path, tmp_path: Path, tab: Page) -> None:
    site = tmp_path / "site"
    shutil.copytree(default_site, site)
    (script,) = (site / "assets").glob("theme.*.js")
    with serve_folder(site) as url:
        tab.goto(url)
        expect(tab.locator("[data-theme-toggle]")).to_be_visible()
    script.write_bytes(script.read_bytes() + b"\n")
    with serve_folder(site) as url:
        tab.goto(url)
        expect(tab.locator(".tools")).to_be_visible()
        assert tab.locator("[data-theme-toggle]").count() == 0
