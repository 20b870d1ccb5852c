"""Whole sites against their golden trees, which `make golden` writes."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from paperbound.urls import TOUCH_ICON
from surroundings import ROOT, Build, read_tree

HERE = Path(__file__).parent
_DIGEST = re.compile(rb"\.[0-9a-f]{12}\.")
_HASH = re.compile(rb'(?<= integrity=")sha256-[A-Za-z0-9+/]{43}=(?=")')


def normalize(folder: Path) -> dict[str, bytes]:
    """The tree without the theme's assets, digests in names aside, so that a change of style is no change here.

    What a picture that is drawn has of bytes depends on the library that draws it.
    """
    tree = {}
    for path, data in read_tree(folder).items():
        if path == TOUCH_ICON:
            tree[path] = b""
        elif not path.startswith("assets/"):
            tree[_DIGEST.sub(b".DIGEST.", path.encode()).decode()] = _HASH.sub(b"HASH", _DIGEST.sub(b".DIGEST.", data))
    return tree


@pytest.mark.parametrize("name", sorted(path.name for path in (HERE / "sites").iterdir()))
def test_site_is_its_golden_tree(name: str, tmp_path: Path, build: Build, request: pytest.FixtureRequest) -> None:
    build(HERE / "sites" / name, tmp_path / "site")
    tree = normalize(tmp_path / "site")
    golden = HERE / "golden" / name
    if request.config.getoption("--write-golden"):
        shutil.rmtree(golden, ignore_errors=True)
        for path, data in tree.items():
            (golden / path).parent.mkdir(parents=True, exist_ok=True)
            (golden / path).write_bytes(data)
    expected = read_tree(golden)
    assert sorted(tree) == sorted(expected)
    for path, data in tree.items():
        assert data.decode() == expected[path].decode(), path


def test_a_site_without_search_loads_none_of_it(tmp_path: Path, build: Build) -> None:
    shutil.copytree(ROOT / "tests" / "sites" / "features", tmp_path / "content")
    with (tmp_path / "content" / "site.yaml").open("a", encoding="utf-8") as file:
        file.write("\nsearch: no\nfeeds: site\n")
    build(tmp_path / "content", tmp_path / "site")
    files = read_tree(tmp_path / "site")
    assert not [path for path in files if path.startswith(("search", "search-data")) or path == "opensearch.xml"]
    assert sorted(path for path in files if path.endswith("feed.xml")) == ["feed.xml"]
    for path, data in files.items():
        if path.endswith(".html"):
            # Only the script of the theme that every page loads may know of searching.
            assert b"search-data" not in data, path
            assert b"/search/" not in data, path
            assert b"opensearch" not in data, path
            assert b"atom.xml" not in data or b'href="/some/base/atom.xml"' in data, path
