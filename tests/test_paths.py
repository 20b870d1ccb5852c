"""Paths of a site on every file system: reserved names, letter case, length; and line ends of Windows in content."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

from paperbound.model.errors import InputError
from surroundings import ROOT, Build, read_tree

Make = Callable[[dict[str, str | bytes]], Path]
DEVICES = frozenset("con prn aux nul".split()) | {
    f"{name}{number}" for name in ("com", "lpt") for number in range(1, 10)
}
LONG = "Word " * 100


def test_no_path_has_a_name_that_windows_reserves(make_content: Make, tmp_path: Path, build: Build) -> None:
    papers = [
        f"- {{id: p{number}, title: {name.title()}, authors: [{name.upper()}], venue: {name}}}"
        for number, name in enumerate(sorted(DEVICES))
    ]
    content = make_content({"papers/all.yaml": "\n".join(papers) + "\n", "site.yaml": "title: X\nauthor_feeds: 1\n"})
    build(content, tmp_path / "site")
    paths = read_tree(tmp_path / "site")
    assert sum(path.startswith("papers/com1") for path in paths) >= 2
    for path in paths:
        # Windows takes `con.txt` for the device too, and removes dots and spaces at the end of a name.
        for name in PurePosixPath(path).parts:
            assert name.partition(".")[0].lower() not in DEVICES, path
            assert not set(name) & set('<>:"\\|?*'), path
            assert not name.endswith((".", " ")), path


@pytest.mark.parametrize("line", ["tags: [aux]", "slug: com1", f"tags: [{'x' * 81}]"])
def test_an_address_that_windows_cannot_have_is_a_fault(
    make_content: Make, tmp_path: Path, build: Build, line: str
) -> None:
    with pytest.raises(InputError, match=r"Windows reserves|longer than 80"):
        build(make_content({"papers/a.yaml": f"title: A\n{line}\n"}), tmp_path / "site")


def test_paths_of_long_names_are_short_enough_for_windows(make_content: Make, tmp_path: Path, build: Build) -> None:
    record = f"title: {LONG}\nauthors: [{LONG}]\nvenue: {LONG}\ntags: [{'x' * 80}]\ndate: 2024-01-01\n"
    content = make_content({"papers/a.yaml": record, f"collections/{'c' * 80}.yaml": "papers: [a]\n"})
    build(content, tmp_path / "site")
    longest = max(read_tree(tmp_path / "site"), key=len)
    # Of the 260 characters of Windows 128 are left for the folder of the site.
    assert len(longest) <= 132, longest
    inside = max((path.relative_to(tmp_path).as_posix() for path in (tmp_path / ".paperbound").rglob("*")), key=len)
    assert len(inside) <= 132, inside


def test_paths_that_differ_in_case_alone_are_an_error(make_content: Make, tmp_path: Path, build: Build) -> None:
    files: dict[str, str | bytes] = {"papers/a.yaml": "title: A\n", "static/Papers/A/Index.html": "x"}
    with pytest.raises(InputError, match="asked for twice"):
        build(make_content(files), tmp_path / "site")


def test_line_ends_of_windows_make_the_same_site(tmp_path: Path, build: Build) -> None:
    content = tmp_path / "content"
    shutil.copytree(ROOT / "tests" / "sites" / "features", content)
    build(content, tmp_path / "site")
    expected = read_tree(tmp_path / "site")
    changed = 0
    for file in content.rglob("*"):
        if file.suffix in (".yaml", ".md", ".jsonl", ".html"):
            text = file.read_bytes()
            file.write_bytes(text.replace(b"\n", b"\r\n"))
            changed += b"\n" in text
    assert changed > 8
    build(content, tmp_path / "site")
    assert read_tree(tmp_path / "site") == expected
