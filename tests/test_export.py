"""`paperbound export` and `paperbound fragment`: papers as files, and lists for other pages."""

from __future__ import annotations

import csv
import io
import json
import shlex
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from paperbound.cli import main
from surroundings import ROOT, blocks, read_tree

Make = Callable[[dict[str, str | bytes]], Path]
FILES: dict[str, str | bytes] = {
    "site.yaml": "title: X\nbase_url: https://example.org/lab/\n",
    "papers/a.yaml": "title: Notes on *Salt* and $x^2$\nauthors: [Ada Lovelace]\ndate: 2024-03\ntags: [salt]\nvenue: ACL\n",
    "papers/b.yaml": "title: '<script>alert(1)</script> & co'\nauthors: ['<b>Bea</b> Ott', Ada Lovelace]\ndate: 2023\n",
    "papers/c.yaml": "title: Pepper\nauthors: [Cy Roe Jr.]\ntags: [salt]\ndate: 2022\n",
    "papers/d.yaml": "title: Draft on salt\ndraft: yes\nauthors: [Ada Lovelace]\n",
    "collections/list.yaml": "title: List\npapers: [c, d, a]\n",
}


@pytest.fixture
def folder(make_content: Make, monkeypatch: pytest.MonkeyPatch) -> Path:
    content = make_content(FILES)
    monkeypatch.chdir(content.parent)
    return content.parent


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ([], ["a", "b", "c"]),
        (["--query", "salt"], ["a", "c"]),
        (["--query", "author:lovelace year:2023"], ["b"]),
        (["--query", "nothing-of-that"], []),
        (["--author", "Ada Lovelace"], ["a", "b"]),
        (["--author", "ada-lovelace", "--tag", "salt"], ["a"]),
        (["--collection", "list"], ["c", "a"]),
        (["--collection", "list", "--limit", "1"], ["c"]),
        (["--tag", "salt", "--query", "pepper"], ["c"]),
    ],
)
def test_papers_are_chosen(
    folder: Path, choice: list[str], expected: list[str], capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["export", "-", "--format", "csv", *choice]) == 0
    rows = list(csv.DictReader(io.StringIO(capsysbinary.readouterr().out.decode())))
    assert [row["id"] for row in rows] == expected
    assert main(["fragment", "-", "--format", "json", *choice]) == 0
    assert [paper["id"] for paper in json.loads(capsysbinary.readouterr().out)] == expected


def test_an_export_is_that_of_the_site(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build"]) == 0
    tree = read_tree(folder / "site")
    for suffix in ("bib", "ris", "json", "csv"):
        capsys.readouterr()
        assert main(["export", f"out.{suffix}"]) == 0
        assert capsys.readouterr().out.startswith(f"out.{suffix}: 3 papers, ")
        assert (folder / f"out.{suffix}").read_bytes() == tree[f"papers/papers.{suffix}"]
    assert main(["export", "out.bib", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["papers"] == 3


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["export", "all.doc"], "Say --format NAME, one of bib, ris, json, csv"),
        (["export", "-"], "does not say which format"),
        (["fragment", "a.bib"], "one of html, json"),
        (["export", "a.bib", "--tag", "slat"], "Did you mean 'salt'?"),
        (["export", "a.bib", "--author", "Ada Lovelac"], "Did you mean 'ada-lovelace'?"),
        (["export", "a.bib", "--collection", "lst"], "Did you mean 'list'?"),
    ],
)
def test_a_wrong_choice_writes_nothing(
    folder: Path, words: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = read_tree(folder)
    assert main(words) == 1
    assert message in capsys.readouterr().err
    assert read_tree(folder) == before


class Reader(HTMLParser):
    """The tags of a fragment, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_files_with_addresses_of_this_machine_and_missing_folders_are_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "no/such/a.bib"]) == 1
    assert f"error: {Path('no/such')}: the folder does not exist\n    Make it first.\n" in capsys.readouterr().err
    (folder / "content" / "site.yaml").write_text("title: X\n", "utf-8")
    for name, warns in (("a.ris", True), ("a.bib", False)):
        assert main(["export", name]) == 0
        assert ("the site has no address" in capsys.readouterr().err) == warns


def test_a_fragment_has_no_script_and_links_to_the_site(folder: Path) -> None:
    assert main(["fragment", "list.html"]) == 0
    read = Reader()
    read.feed((folder / "list.html").read_text("utf-8"))
    names = {tag for tag, _ in read.tags}
    assert names >= {"ul", "li", "a", "em", "math", "cite", "time"}
    assert not names & {"script", "style", "b"}
    assert not [attrs for _, attrs in read.tags if attrs.keys() & {"id", "style", "onclick"}]
    assert [attrs["href"] for tag, attrs in read.tags if tag == "a"] == [
        "https://example.org/lab/papers/notes-on-salt-and-x-2/",
        "https://example.org/lab/papers/script-alert-1-script-co/",
        "https://example.org/lab/papers/pepper/",
    ]
    assert "<script>alert(1)</script> & co" in read.text
    assert "<b>Bea</b> Ott, Ada Lovelace" in read.text
    assert "Cy Roe Jr. 2022" in read.text


def test_the_commands_of_the_document_run(folder: Path) -> None:
    text = (ROOT / "docs" / "embedding.md").read_text("utf-8")
    lines = "".join(blocks(text, "sh fragment") + blocks(text, "sh export")).splitlines()
    assert len(lines) == 3
    for line in lines:
        assert main(shlex.split(line)[1:]) == 0
    assert '<ul class="paperbound">' in (folder / "lovelace.html").read_text("utf-8")
    assert (folder / "all.bib").stat().st_size > 100
