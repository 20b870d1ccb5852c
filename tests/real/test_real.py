"""Real records: the trending listing, this repository's own content, the ACL Anthology."""

from __future__ import annotations

import itertools
import json
import lzma
import re
import shutil
from pathlib import Path

import pytest

from paperbound.builder.executors import make_executor
from paperbound.builder.pipeline import Options, build_site
from paperbound.cli import main
from paperbound.markup.markdown import strip_inline
from paperbound.model.errors import Fault
from paperbound.text.characters import match_form
from surroundings import ROOT, SHARED, WHOLE, Build, read_records, read_tree

pytestmark = pytest.mark.real
LISTING = SHARED / "trending-papers.txt"


def rows() -> list[dict[str, object]]:
    return [json.loads(line) for line in (SHARED / "papers.jsonl").read_text("utf-8").splitlines()]


def test_the_listing_holds_119_papers_in_order() -> None:
    records, faults = read_records("listing", LISTING.read_bytes(), str(LISTING))
    assert not faults
    assert len(records) == len({record.id for record in records}) == 119
    titles = LISTING.read_text("utf-8").splitlines()[2::2]
    assert [strip_inline(record.title) for record in records] == [
        " ".join(title.removeprefix("Subscribe").split()) for title in titles
    ]
    assert all(len(record.abstract) > 100 for record in records)


def test_the_listing_into_an_empty_site_and_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = tmp_path / "content"
    content.mkdir()
    (content / "site.yaml").write_text("title: Listing\n", "utf-8")
    arguments = ["import", str(LISTING), "--content", str(content)]
    assert main(arguments) == 0
    before = read_tree(content)
    assert sum(path.startswith("papers/") for path in before) == 119
    assert before["collections/trending-papers.yaml"].count(b"\n- ") == 119
    assert main(arguments) == 0
    assert read_tree(content) == before
    capsys.readouterr()
    assert main(["build", "--content", str(content), "--output", str(tmp_path / "site"), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["papers"] == 119
    assert report["errors"] == []


def test_the_listing_fills_in_the_abstracts_of_this_repositorys_papers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = Path(shutil.copytree(ROOT / "content", tmp_path / "content"))
    names = sorted(path.name for path in (content / "papers").iterdir())
    assert main(["import", str(LISTING), "--content", str(content), "--collection", "trending-2026-11-23"]) == 0
    assert "119 papers read: 0 added, 119 filled in" in capsys.readouterr().out
    assert sorted(path.name for path in (content / "papers").iterdir()) == names
    assert all("\nabstract: " in path.read_text("utf-8") for path in (content / "papers").iterdir())
    assert main(["import", str(LISTING), "--content", str(content), "--collection", "trending-2026-11-23"]) == 0
    assert "0 added, 0 filled in, 119 left as they were; 0 files written" in capsys.readouterr().out


def test_the_listing_may_be_in_the_content_folder(tmp_path: Path, build: Build) -> None:
    content = Path(shutil.copytree(ROOT / "content", tmp_path / "content"))
    shutil.copy(LISTING, content / "papers")
    assert build(content, tmp_path / "site").papers == 119
    pages = list((tmp_path / "site" / "papers").glob("*/index.html"))
    assert sum(">Abstract</h2>" in page.read_text("utf-8") for page in pages) == 119


def test_the_default_content_is_that_of_the_listing() -> None:
    expected = {match_form(str(row["title"])): row for row in rows()}
    from paperbound.content.folder import read_content

    faults: list[Fault] = []
    content = read_content(ROOT / "content", faults.append)
    assert content
    assert not faults
    assert len(content.records) == 119
    for record in content.records:
        row = expected.pop(match_form(strip_inline(record.title)))
        assert record.id == row.get("arxiv", record.id)
        assert [author.name for author in record.authors] == row["authors"]
        assert record.date
        assert record.date.iso == row["date"]
        assert list(record.tags) == row["tags"]
        assert record.abstract == ""
    assert not expected
    (collection,) = content.others.collections
    titles = {record.id: match_form(strip_inline(record.title)) for record in content.records}
    assert [titles[ident] for ident in collection.papers] == [match_form(str(row["title"])) for row in rows()]
    assert collection.date
    assert collection.date.iso == "2026-11-23"
    assert content.others.tags
    assert len(content.others.tags) == 40


def test_no_abstract_is_committed() -> None:
    words = re.compile(r"\w+")
    runs = set()
    for line in LISTING.read_text("utf-8").splitlines()[3::2]:
        found = words.findall(line.lower())
        runs.update(tuple(found[at : at + 12]) for at in range(len(found) - 11))
    for file in (ROOT / "content").rglob("*"):
        if file.is_file():
            found = words.findall(file.read_text("utf-8").lower())
            assert not [at for at in range(len(found) - 11) if tuple(found[at : at + 12]) in runs], file


def test_the_site_of_119_papers(default_site: Path) -> None:
    def count(pattern: str) -> int:
        return len([path for path in default_site.glob(pattern) if path.parent.name != "page"])

    assert count("papers/*/index.html") == 119
    assert count("papers/*/index.md") == 119
    assert count("tags/*/index.html") == 40
    authors = {author for row in rows() for author in row["authors"]}  # type: ignore[attr-defined]
    assert abs(count("authors/*/index.html") - len(authors)) <= 3
    assert count("years/*/index.html") == len({str(row["date"])[:4] for row in rows()})
    assert count("venues/*/index.html") == len({row["venue"] for row in rows() if row.get("venue")})


def test_pages_are_within_their_budget(default_site: Path) -> None:
    import gzip
    import statistics

    sizes = [len(gzip.compress(page.read_bytes(), mtime=0)) for page in default_site.glob("papers/*/index.html")]
    assert statistics.median(sizes) <= 5_000


# Papers and people of the anthology with odd titles, dates and names.
NAMED = (
    *("1985.tmi-1.1", "1997.mtsummit-papers.6", "1952.earlymt-1.1", "1995.iwpt-1.7"),
    *("Adrià de Gispert", "Adria de Gispert"),
)


@pytest.fixture(scope="module")
def anthology(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of the first 10,000 records a part and those that the test names, as one file in content/papers/, built."""
    folder = tmp_path_factory.mktemp("anthology")
    (folder / "content" / "papers").mkdir(parents=True)
    (folder / "content" / "site.yaml").write_text("title: Anthology\n", "utf-8")
    with lzma.open(SHARED / "anthology.jsonl.xz", "rt", encoding="utf-8") as source:
        rows = [
            row
            for number, row in enumerate(itertools.islice(source, 10_000))
            if number % (4 if WHOLE else 10) == 0 or any(f'"{name}"' in row for name in NAMED)
        ]
    (folder / "content" / "papers" / "anthology.jsonl").write_text("".join(rows), "utf-8")
    with make_executor(2) as executor:
        result = build_site(Options(folder / "content", folder / "site"), executor)
    assert result.papers == len(rows) > 1_000
    return folder / "site"


def find_page(site: Path, ident: str) -> tuple[str, str]:
    """The HTML and the Markdown page of a paper, by its id."""
    for page in site.glob("papers/*/index.md"):
        with page.open() as file:
            if f'id: "{ident}"\n' in itertools.islice(file, 3):
                return (page.parent / "index.html").read_text("utf-8"), page.read_text("utf-8")
    raise AssertionError(ident)


@pytest.mark.slow
def test_thousands_of_real_records(anthology: Path) -> None:
    assert len(list(anthology.glob("papers/*/index.md"))) > 1_000
    # Two spellings of one slug: Adrià and Adria de Gispert stand on one page, which names both.
    page = (anthology / "authors" / "adria-de-gispert" / "index.html").read_text("utf-8")
    assert "Also written" in page
    # A title with < and one with &.
    html, markdown = find_page(anthology, "1985.tmi-1.1")
    assert "A MUl View of the &lt;C,A&gt;, T Framework in EUROTRA" in html
    assert "the <C,A>" in markdown or "the \\<C,A>" in markdown
    html, _ = find_page(anthology, "1997.mtsummit-papers.6")
    assert "<h1>R&amp;D for Commercial MT</h1>" in html
    # A month that is a range of days gives the month.
    html, markdown = find_page(anthology, "1952.earlymt-1.1")
    assert 'date: "1952-06"' in markdown
    assert '<time datetime="1952-06">June 1952</time>' in html
    # A formula in a title is one, in MathML.
    html, _ = find_page(anthology, "1995.iwpt-1.7")
    assert "<h1>Yet Another <math>" in html


@pytest.mark.slow
def test_records_of_the_whole_anthology_are_read() -> None:
    with lzma.open(SHARED / "anthology.jsonl.xz") as file:
        rows = file.readlines()
    assert len(rows) == 81_417
    rows = rows if WHOLE else rows[::8]
    records, faults = read_records("jsonl", b"".join(rows), "anthology.jsonl")
    assert len(records) == len(rows)
    assert not [fault for fault in faults if not fault.warning]
