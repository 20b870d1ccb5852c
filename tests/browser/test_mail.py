"""The mail as a reader's program shows it: parsed back, in a real browser, narrow and wide, light and dark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Literal

import pytest
from browser_server import serve_folder
from playwright.sync_api import Page
from test_judges import run_axe, run_nu

from paperbound.cli import main
from surroundings import ROOT, Listen

pytestmark = [pytest.mark.browser, pytest.mark.judge]
FEATURES = ROOT / "tests" / "sites" / "features"


@pytest.fixture(scope="module")
def mails(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The HTML parts of messages, as they are parsed back, each as a page: the edition of 119, one of many features."""
    folder = tmp_path_factory.mktemp("mails")
    for name, arguments in (
        ("edition", ["--content", str(ROOT / "content")]),
        ("features", ["--content", str(FEATURES), "--collection", "spring-2024"]),
        ("since", ["--content", str(ROOT / "content"), "--since", "2025-12-01"]),
        ("topic", ["--content", str(ROOT / "content"), "--tag", "remote-sensing", "--limit", "3"]),
    ):
        file = folder / f"{name}.eml"
        assert main(["digest", "--file", str(file), *arguments]) == 0
        part = message_from_bytes(file.read_bytes(), policy=policy.default).get_body(("html",))
        assert part is not None
        html = part.get_content()
        (folder / f"{name}.html").write_text(html, "utf-8")
        # As programs show it that know no styles but those of the elements.
        start, end = html.index("<style>"), html.index("</style>")
        (folder / f"{name}-bare.html").write_text(html[:start] + html[end + len("</style>") :], "utf-8")
    with serve_folder(folder) as url:
        yield url


def test_the_nu_checker_finds_no_error_in_a_message(mails: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = next(path for path in tmp_path_factory.getbasetemp().iterdir() if path.name.startswith("mails"))
    assert run_nu(folder) == ""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 640])
@pytest.mark.parametrize("name", ["edition", "features", "since", "topic", "edition-bare"])
def test_a_message_reads_well(
    tab: Page, mails: str, name: str, width: int, scheme: Literal["dark", "light"],
    watch: Callable[[Page, str], list[str]], listen: Listen,
) -> None:  # fmt: skip
    tab.set_viewport_size({"width": width, "height": 800})
    tab.emulate_media(color_scheme=scheme)
    asked: list[str] = []
    faults = watch(tab, mails)
    listen(tab, "request", lambda request: asked.append(request.url))
    tab.goto(f"{mails}{name}.html")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.evaluate("document.querySelector('.c').getBoundingClientRect().width") <= 640
    if not name.endswith("-bare"):
        assert run_axe(tab) == []
    ground = tab.evaluate("getComputedStyle(document.querySelector('.c')).backgroundColor")
    is_dark = scheme == "dark" and not name.endswith("-bare")
    assert ground == ("rgb(16, 20, 19)" if is_dark else "rgb(250, 250, 248)")
    size = tab.evaluate(
        "Math.min(...[...document.querySelectorAll('td p, td h2')].map((one) => parseFloat(getComputedStyle(one).fontSize)))"
    )
    assert size >= 13
    # Nothing is loaded, nothing runs, and no picture is missed where pictures are off.
    assert [url for url in asked if not url.endswith((".html", "favicon.ico"))] == []
    assert tab.locator("img, script, link, iframe, video, svg").count() == 0
    assert [fault for fault in faults if "favicon" not in fault] == []


def test_every_link_of_a_message_leads_to_a_page(tab: Page, mails: str, default_site: Path) -> None:
    tab.goto(f"{mails}edition.html")
    links = tab.evaluate("[...document.querySelectorAll('a')].map((one) => one.href)")
    assert len(links) == 119 + 5
    for link in links:
        path = link.removeprefix("http://localhost:8000/")
        assert (default_site / path / "index.html").is_file(), link
