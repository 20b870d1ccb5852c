"""An installable site: its worker names the build, the same after any way to it; without the setting it goes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from surroundings import Build, read_tree

Make = Callable[[dict[str, str | bytes]], Path]
PAPERS = "- {id: a, title: Salt marshes, date: 2024}\n- {id: b, title: Salt in soups, date: 2025}\n"
SETTINGS = "title: Salt\nbase_url: https://example.org/base/\n"


def write_files(papers: str = PAPERS, settings: str = f"{SETTINGS}offline: yes\n") -> dict[str, str | bytes]:
    return {"papers/all.yaml": papers, "site.yaml": settings}


def read_worker(site: Path) -> dict[str, Any]:
    first, _ = (site / "sw.js").read_text("utf-8").split("\n", 1)
    value: dict[str, Any] = json.loads(first.removeprefix("self.paperbound=").removesuffix(";"))
    return value


def test_the_name_of_a_build_is_that_of_its_files(make_content: Make, tmp_path: Path, build: Build) -> None:
    site = tmp_path / "site"
    build(make_content(write_files()), site)
    first = read_worker(site)["build"]
    assert json.loads((site / "build.json").read_text("utf-8")) == {"build": first}
    content = make_content(write_files(PAPERS.replace("soups", "bread")))
    build(content, site)
    assert read_worker(site)["build"] != first
    build(content, tmp_path / "clean")
    assert read_tree(site) == read_tree(tmp_path / "clean")
    build(make_content(write_files()), site)
    assert read_worker(site)["build"] == first


def test_the_worker_loads_files_that_are_there(make_content: Make, tmp_path: Path, build: Build) -> None:
    site = tmp_path / "site"
    build(make_content(write_files(settings=f"{SETTINGS}offline: yes\nlanguages: [en, de]\n")), site)
    worker = read_worker(site)
    assert worker["places"] == {"/base/": "/base/offline/", "/base/de/": "/base/de/offline/"}
    for href in (*worker["shell"], *worker["places"].values(), worker["manifest"]):
        path = site / href.removeprefix("/base/")
        assert (path / "index.html" if href.endswith("/") else path).is_file(), href
    assert (
        sum((site / href.removeprefix("/base/")).stat().st_size for href in worker["shell"] if "assets" in href)
        < 300_000
    )
    for page in (site / "index.html", site / "de" / "papers" / "index.html"):
        text = page.read_text("utf-8")
        assert '<link rel="manifest" href="/base/manifest.webmanifest">' in text
        assert 'data-worker="/base/sw.js"' in text
        assert "manifest-src 'self'; worker-src 'self'" in text


def test_without_the_setting_there_is_a_worker_that_goes(make_content: Make, tmp_path: Path, build: Build) -> None:
    site = tmp_path / "site"
    build(make_content(write_files()), site)
    build(make_content(write_files(settings=SETTINGS)), site)
    assert read_worker(site) == {"base": "/base/"}
    assert not {"build.json", "manifest.webmanifest", "icon.svg", "offline"} & {path.name for path in site.iterdir()}
    text = (site / "index.html").read_text("utf-8")
    assert "manifest" not in text.partition("<body>")[0]
    assert "data-worker" not in text
    # A preview keeps nothing in browsers.
    build(make_content(write_files()), tmp_path / "preview", drafts=True)
    assert read_worker(tmp_path / "preview") == {"base": "/base/"}
