"""Judges that are none of us: the W3C Nu checker, axe-core, a link checker; on every kind of page."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import urljoin

import pytest
from browser_server import serve_folder
from page_judges import run_axe
from playwright.sync_api import Page, expect

from paperbound.builder.executors import InlineExecutor
from paperbound.builder.pipeline import Options, build_site
from paperbound.checks.running import check_site
from paperbound.model.errors import Faults
from surroundings import JUDGES, ROOT, Build

pytestmark = [pytest.mark.browser, pytest.mark.judge]
FEATURES = ROOT / "tests" / "sites" / "features"
KINDS = (
    "", "papers/", "papers/page/2/", "tags/", "tags/statistics/", "authors/", "authors/fan-liu/", "years/", "years/2025/",
    "venues/", "venues/neurips/", "collections/", "collections/trending-2026-11-23/",
    "collections/trending-2026-11-23/mail/", "search/?q=satelite", "subscribe/",
    "about/", "404.html", "search/?q=zzzzqqqqxxxx", "search/", "reading-list/", "map/", "map/1/", "stats/",
)  # fmt: skip
FEATURE_KINDS = (
    "papers/an-o-n-2-bound-for-sorted-shelves-em-stacks-em/", "papers/a-chosen-slug/", "tags/empty/", "subscribe/",
    "authors/jose-poczos/", "papers/a-paper-in-markdown/", "collections/spring-2024/",
)  # fmt: skip

LAB = FEATURES.parent / "lab"
LAB_KINDS = ("", "people/", "news/", "papers/", "papers/salt/")


def run_nu(*folders: Path) -> str:
    """The errors of the Nu checker in the pages of all folders, of one run: it takes longer to start than to read."""
    # A run is too short for Java's second compiler.
    java = ["java", "-Xss4m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar"]
    jar = str(JUDGES / "vnu-jar" / "build" / "dist" / "vnu.jar")
    command = [*java, jar, "--skip-non-html", "--errors-only", "--format", "gnu", *map(str, folders)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stderr


@pytest.fixture(scope="module")
def features_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("features") / "site"
    build_site(Options(FEATURES, folder), InlineExecutor())
    return folder


@pytest.fixture(scope="module")
def lab_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lab") / "site"
    build_site(Options(LAB, folder), InlineExecutor())
    return folder


@pytest.fixture(scope="module")
def lab(lab_site: Path) -> Iterator[str]:
    """Where the site of a lab is served."""
    with serve_folder(lab_site, "/lab/") as url:
        yield url


@pytest.fixture(scope="module")
def features(features_site: Path) -> Iterator[str]:
    """Where the site of many features is served."""
    with serve_folder(features_site, "/some/base/") as url:
        yield url


def test_the_nu_checker_finds_no_error_but_those_that_are_there(
    default_site: Path, features_site: Path, lab_site: Path, tmp_path: Path
) -> None:
    page = tmp_path / "index.html"
    page.write_text("<p id=a><p id=a>", "utf-8")
    errors = run_nu(default_site, features_site, lab_site, tmp_path).splitlines()
    assert [line for line in errors if str(page) not in line] == []
    assert any("error: Duplicate ID" in line for line in errors)


@pytest.mark.parametrize(
    ("width", "scheme", "half"),
    [(360, "dark", 0), *(pytest.param(*one, marks=pytest.mark.slow) for one in ((360, "dark", 1), (1280, "light", 0)))],
)
def test_axe_finds_no_violation(
    tab: Page, address: str, features: str, lab: str, default_site: Path, width: int, scheme: Literal["dark", "light"],
    half: int, watch: Callable[[Page, str], list[str]],
) -> None:  # fmt: skip
    paper = next(path.name for path in (default_site / "papers").iterdir() if path.name.startswith("text2earth"))
    pages = [*(address + kind for kind in (*KINDS, f"papers/{paper}/")), *(features + kind for kind in FEATURE_KINDS)]
    pages += [lab + kind for kind in LAB_KINDS]
    tab.set_viewport_size({"width": width, "height": 800})
    tab.emulate_media(color_scheme=scheme)
    faults, found = watch(tab, "http://127.0.0.1:"), []
    for url in pages[half::2]:
        tab.goto(url)
        if "?q=" in url:
            expect(tab.locator("[data-search-list] h3, [data-search-empty]").filter(visible=True).first).to_be_visible()
        found += [f"{url} {violation}" for violation in run_axe(tab)]
        found += [f"{url} {faults.pop()}" for _ in range(len(faults))]
    assert found == []


@pytest.mark.parametrize("base", [pytest.param("/", marks=pytest.mark.slow), "/some/base/"])
def test_no_link_is_broken_under_any_base_path(tmp_path: Path, build: Build, base: str, default_site: Path) -> None:
    faults = Faults()
    if base == "/":
        shutil.copytree(default_site, tmp_path / "site")
    else:
        build(ROOT / "content", tmp_path / "site", base_url=f"https://example.org{base}")
    assert check_site(tmp_path / "site", base, faults.report) > 900
    assert faults.errors == []
    (tmp_path / "site" / "about" / "index.html").unlink()
    check_site(tmp_path / "site", base, faults.report)
    assert faults.errors


@pytest.mark.slow
def test_a_browser_follows_every_link_it_finds(tab: Page, features: str) -> None:
    """Links as Chromium resolves them, under a base path, over HTTP: ours and a person's idea of a link agree."""
    waiting, seen = [features], set()
    broken = []
    while waiting:
        url = waiting.pop()
        if url in seen:
            continue
        seen.add(url)
        if not url.endswith("/"):
            if tab.request.get(url).status != 200:
                broken.append(url)
            continue
        answer = tab.goto(url)
        if not answer or answer.status != 200:
            broken.append(url)
            continue
        if url.endswith("/random/"):
            tab.wait_for_url("**/papers/*/")  # its script leads on
        links = tab.evaluate(
            "[...document.querySelectorAll('a[href], link[href], script[src]')].map((one) => new URL(one.getAttribute('href') ?? one.getAttribute('src'), document.baseURI).href)"
        )
        inside = urljoin(features, "/")
        waiting += [link.split("#")[0] for link in links if link.startswith(inside)]
    assert broken == []
    assert len(seen) > 60
