"""Which lists have files of their papers, and what stands in them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import bibtexparser

from surroundings import Build, read_tree

PAPERS = """\
- {id: a, title: Graphs, authors: [Ada Doe], date: 2024, tags: [x], venue: "=cmd()"}
- {id: b, title: Graphs, authors: [Ada Doe], date: 2024, tags: [x], retracted: "Wrong data"}
- {id: c, title: Lists, authors: [Li Ming], date: 2023}
"""


def list_exports(folder: Path) -> list[str]:
    return sorted(name for name in read_tree(folder) if name.rpartition("/")[2].startswith("papers."))


def test_lists_have_files_by_the_setting(
    make_content: Callable[[dict[str, str]], Path], tmp_path: Path, build: Build
) -> None:
    content = make_content(
        {"papers/a.yaml": PAPERS, "collections/one.yaml": "papers: [c]\n", "site.yaml": "title: X\n"}
    )
    found = {}
    for choice in ("auto", "site", "no", "all"):
        (content / "site.yaml").write_text(f"title: X\nexports: {choice}\n", "utf-8")
        build(content, tmp_path / "site")
        found[choice] = [name for name in list_exports(tmp_path / "site") if name.endswith(".bib")]
    assert found["auto"] == [
        f"{folder}/papers.bib" for folder in ("authors/ada-doe", "collections/one", "papers", "tags/x", "years/2024")
    ]
    assert found["site"] == ["collections/one/papers.bib", "papers/papers.bib"]
    assert found["no"] == []
    assert {"authors/li-ming/papers.bib", "years/2023/papers.bib", *found["auto"]} <= set(found["all"])
    page = (tmp_path / "site" / "years" / "2023" / "index.html").read_text("utf-8")
    assert '<a href="/years/2023/papers.ris" download>RIS</a>' in page
    assert '<a href="/papers/papers.csv" download>CSV</a>' in (tmp_path / "site/subscribe/index.html").read_text(
        "utf-8"
    )


def test_keys_are_the_same_in_each_file_and_page(
    make_content: Callable[[dict[str, str]], Path], tmp_path: Path, build: Build
) -> None:
    content = make_content({"papers/a.yaml": PAPERS, "site.yaml": "title: X\nexports: all\n"})
    build(content, tmp_path / "site")
    for folder, keys in (("papers", 3), ("tags/x", 2), ("authors/ada-doe", 2)):
        text = (tmp_path / "site" / folder / "papers.bib").read_text("utf-8")
        library = bibtexparser.parse_string(text)
        assert not library.failed_blocks
        assert {"doe2024graphs", "doe2024graphsa"} <= {entry.key for entry in library.entries}
        assert len(library.entries) == keys
    pages = [path.read_text("utf-8") for path in (tmp_path / "site" / "papers").glob("graphs*/index.html")]
    assert sorted("@misc{doe2024graphsa," in page for page in pages) == [False, True]
    assert ",'=cmd()," in (tmp_path / "site" / "papers" / "papers.csv").read_text("utf-8")
    assert "RETRACTED: Graphs" in (tmp_path / "site" / "papers" / "papers.ris").read_text("utf-8")
    assert "Retracted: Wrong data" in (tmp_path / "site" / "papers" / "papers.bib").read_text("utf-8")


def test_a_retraction_stands_wherever_a_paper_is_named(
    make_content: Callable[[dict[str, str]], Path], tmp_path: Path, build: Build
) -> None:
    papers = '- {id: b, title: Charts, authors: [Ada Doe], date: 2024, venue: V, tags: [x], retracted: "Wrong data"}\n'
    days = "{title: Day, date: 2024-01-01, papers: [b]}\n"
    content = make_content({"papers/a.yaml": papers, "site.yaml": "title: X\n", "collections/day.yaml": days})
    build(content, tmp_path / "site")
    files = {name: text.decode("utf-8", "replace") for name, text in read_tree(tmp_path / "site").items()}
    named = {name for name, text in files.items() if "Charts" in text}
    assert {"feed.xml", "atom.xml", "feed.json", "llms.txt", "papers/charts/index.html", "api/papers/1.json"} <= named
    assert any(name.startswith("search-data/records.") for name in named)
    silent = {name for name in named if "etracted" not in files[name] and "RETRACTED" not in files[name]}
    assert silent == set()
    page = files["papers/charts/index.html"]
    assert '"headline": "RETRACTED: Charts"' in page
    assert '<meta name="citation_title" content="RETRACTED: Charts">' in page
