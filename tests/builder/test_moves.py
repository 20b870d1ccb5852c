"""Addresses of papers from build to build: what moves is a warning, unless a redirect page is left."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from paperbound.builder.executors import InlineExecutor
from paperbound.builder.pipeline import Options, build_site
from paperbound.cli import main
from paperbound.model.errors import Fault, InputError
from surroundings import Build, read_tree

Make = Callable[[dict[str, str | bytes]], Path]
FIRST = "title: On Shelves\ndate: 2020\n"


def moves(faults: tuple[Fault, ...]) -> list[Fault]:
    return [fault for fault in faults if fault.field == "slug"]


@pytest.fixture
def content(make_content: Make, tmp_path: Path, build: Build) -> Path:
    folder = make_content({"papers/first.yaml": FIRST, "papers/other.yaml": "title: Other\n"})
    assert not moves(build(folder, tmp_path / "site").warnings)
    return folder


def test_a_newcomer_that_takes_an_address_is_reported(content: Path, tmp_path: Path, build: Build) -> None:
    (content / "papers" / "second.yaml").write_text("title: On Shelves\ndate: 2010\n", "utf-8")
    (fault,) = moves(build(content, tmp_path / "site").warnings)
    assert (fault.file, fault.warning) == ("content/papers/first.yaml", True)
    assert "'first' was at /papers/on-shelves/ and is at /papers/on-shelves-" in fault.message
    assert "now that of the paper 'second' (content/papers/second.yaml)" in fault.message
    assert fault.remedy == "Write `slug: on-shelves` in its record to keep the old address."
    # The remedy works: the page is back, and nothing moves any more.
    (content / "papers" / "first.yaml").write_text(f"{FIRST}slug: on-shelves\n", "utf-8")
    build(content, tmp_path / "site")
    assert not moves(build(content, tmp_path / "again").warnings)
    page = (tmp_path / "site" / "papers" / "on-shelves" / "index.html").read_text("utf-8")
    assert "2020" in page
    assert read_tree(tmp_path / "site") == read_tree(tmp_path / "again")


def test_a_newcomer_of_the_same_title_moves_nothing(content: Path, tmp_path: Path, build: Build) -> None:
    (content / "papers" / "second.yaml").write_text("title: On Shelves\ndate: 2024\n", "utf-8")
    assert not moves(build(content, tmp_path / "site").warnings)


@pytest.mark.parametrize("more", ["", "aliases: [on-shelves]\n", "aliases: [/papers/on-shelves/]\n"])
def test_a_new_title_is_reported_unless_a_redirect_is_left(
    content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], more: str
) -> None:
    (content / "papers" / "first.yaml").write_text(f"title: Of Shelves\n{more}", "utf-8")
    assert main(["build", "--content", str(content), "--output", str(tmp_path / "site")]) == 0
    printed = capsys.readouterr().err
    assert ("`aliases: [on-shelves]`" in printed) is not bool(more)
    assert ("was at /papers/on-shelves/" in printed) is not bool(more)
    # One report is enough.
    assert "is gone" not in printed
    assert (tmp_path / "site" / "papers" / "on-shelves").exists() is bool(more)


def test_strict_builds_refuse_moves_and_change_nothing(content: Path, tmp_path: Path) -> None:
    before = read_tree(tmp_path / "site")
    (content / "papers" / "first.yaml").write_text("title: Of Shelves\n", "utf-8")
    with pytest.raises(InputError, match="was at /papers/on-shelves/"):
        build_site(Options(content, tmp_path / "site", strict=True), InlineExecutor())
    assert read_tree(tmp_path / "site") == before


@pytest.mark.parametrize("alias", ["Old_Page.html", "../up", "Über", "https://example.org/old", "a b"])
def test_an_alias_that_is_no_address_is_a_fault(
    content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], alias: str
) -> None:
    (content / "papers" / "first.yaml").write_text(f"{FIRST}aliases: ['{alias}']\n", "utf-8")
    assert main(["build", "--content", str(content), "--output", str(tmp_path / "site")]) == 1
    printed = capsys.readouterr().err
    assert f"content/papers/first.yaml:3 [aliases]: {alias!r} is no address" in printed
    assert "Write old-slug or /old/path/" in printed


@pytest.mark.parametrize("check", [False, True], ids=["build", "check"])
def test_a_file_where_the_site_has_a_folder_is_a_fault_that_names_the_page(
    content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], check: bool
) -> None:
    (content / "static").mkdir()
    (content / "static" / "foo.txt").write_text("x", "utf-8")
    (content / "papers" / "first.yaml").write_text(f"{FIRST}aliases: [/Foo.txt/]\n", "utf-8")
    before = read_tree(tmp_path / "site")
    command = ["check"] if check else ["build"]
    assert main([*command, "--content", str(content), "--output", str(tmp_path / "site")]) == 1
    printed = capsys.readouterr().err
    assert "the alias '/Foo.txt/' of 'first' (content/papers/first.yaml)" in printed
    assert "foo.txt" in printed
    assert read_tree(tmp_path / "site") == before
