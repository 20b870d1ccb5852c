"""Judges that are none of us: the W3C Nu checker, axe-core, a link checker; on every kind of page."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from browser_server import serve_folder
from page_judges import run_axe
from playwright.sync_api import Browser, Page

from paperbound.commands.check import check_site
from paperbound.model.errors import Faults
from surroundings import JUDGES, ROOT, Build

pytestmark = [pytest.mark.browser, pytest.mark.judge]
FEATURES = ROOT / "tests" / "sites" / "features"
KINDS = (
    "", "papers/", "papers/page/2/", "tags/", "tags/statistics/", "authors/", "authors/fan-liu/", "years/", "years/2025/",
    "venues/", "venues/neurips/", "collections/", "collections/trending-2026-11-23/",
    "collections/trending-2026-11-23/mail/", "search/?q=satelite", "subscribe/",
    "about/", "404.html", "search/?q=zzzzqqqqxxxx", "search/",
)  # fmt: skip
FEATURE_KINDS = (
    "papers/an-o-n-2-bound-for-sorted-shelves-em-stacks-em/", "papers/a-chosen-slug/", "tags/empty/", "subscribe/",
    "authors/jose-poczos/", "papers/a-paper-in-markdown/", "collections/spring-2024/",
)  # fmt: skip


def run_nu(folder: Path) -> str:
    command = [
        "java",
        "-Xss4m",
        "-jar",
        str(JUDGES / "vnu-jar" / "build" / "dist" / "vnu.jar"),
        "--skip-non-html",
        "--errors-only",
        "--format",
        "gnu",
        str(folder),
    ]
    return subprocess.run(command, capture_output=True, text=True, check=False).stderr


def test_the_nu_checker_finds_no_error(default_site: Path, tmp_path: Path, build: Build) -> None:
    assert run_nu(default_site) == ""
    build(FEATURES, tmp_path / "features")
    assert run_nu(tmp_path / "features") == ""


def test_the_nu_checker_finds_errors(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<p id=a><p id=a>", "utf-8")
    assert "error" in run_nu(tmp_path)


@pytest.fixture(scope="module")
def features(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    from paperbound.builder.executors import InlineExecutor
    from paperbound.builder.pipeline import Options, build_site

    folder = tmp_path_factory.mktemp("features") / "site"
    build_site(Options(FEATURES, folder), InlineExecutor())
    with serve_folder(folder, "/some/base/") as url:
        yield url


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_no_violation(
    browser: Browser, address: str, features: str, default_site: Path, scheme: str, width: int,
    watch: Callable[[Page, str], list[str]],
) -> None:  # fmt: skip
    paper = next(path.name for path in (default_site / "papers").iterdir() if path.name.startswith("text2earth"))
    pages = [*(address + kind for kind in (*KINDS, f"papers/{paper}/")), *(features + kind for kind in FEATURE_KINDS)]
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    found = []
    for url in pages:
        page = context.new_page()
        faults = watch(page, f"http://{urlsplit(url).netloc}/")
        page.goto(url, wait_until="networkidle")
        found += [f"{url} {violation}" for violation in run_axe(page)]
        found += [f"{url} {fault}" for fault in faults]
        page.close()
    context.close()
    assert found == []


@pytest.mark.parametrize("base", ["/", "/some/base/"])
def test_no_link_is_broken_under_any_base_path(tmp_path: Path, build: Build, base: str) -> None:
    faults = Faults()
    build(ROOT / "content", tmp_path / "site", base_url=f"https://example.org{base}")
    assert check_site(tmp_path / "site", base, faults.report) > 900
    assert faults.errors == []
    (tmp_path / "site" / "about" / "index.html").unlink()
    check_site(tmp_path / "site", base, faults.report)
    assert faults.errors


def test_a_browser_follows_every_link_it_finds(browser: Browser, features: str) -> None:
    """Links as Chromium resolves them, under a base path, over HTTP: ours and a person's idea of a link agree."""
    page = browser.new_page()
    waiting, seen = [features], set()
    broken = []
    while waiting:
        url = waiting.pop()
        if url in seen:
            continue
        seen.add(url)
        if not url.endswith("/"):
            if page.request.get(url).status != 200:
                broken.append(url)
            continue
        answer = page.goto(url)
        if not answer or answer.status != 200:
            broken.append(url)
            continue
        links = page.evaluate(
            "[...document.querySelectorAll('a[href], link[href], script[src]')].map((one) => new URL(one.getAttribute('href') ?? one.getAttribute('src'), document.baseURI).href)"
        )
        inside = urljoin(features, "/")
        waiting += [link.split("#")[0] for link in links if link.startswith(inside)]
    page.close()
    assert broken == []
    assert len(seen) > 60
