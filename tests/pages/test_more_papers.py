"""What a page shows besides its own papers: of the same authors, of the same topic, of an edition."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import yaml

from surroundings import Build, read_tree

Make = Callable[[dict[str, str | bytes]], Path]
TAGS = "- {slug: rows, name: Rows}\n"


def write(count: int, **changes: object) -> str:
    """Papers p1 to p9, the newest last, all by Ada on rows, the odd ones by Bob too."""
    papers = [
        {
            "id": f"p{number}",
            "title": f"Paper {number}",
            "date": f"2025-03-{number:02}",
            "authors": ["Ada Rowe", *(["Bob Shelf"] if number % 2 else [])],
            "tags": ["rows"],
            "related": ["p9"],
            **(changes if number == 1 else {}),
        }
        for number in range(1, count + 1)
    ]
    return yaml.safe_dump(
        [*papers, {"id": "x", "title": "By one", "authors": ["Eve Once"], "tags": ["rows"], "date": "2024"}]
    )


def list_side(site: Path, page: str, block: str) -> list[str]:
    text = (site / page / "index.html").read_text("utf-8")
    found = re.search(rf'<section aria-labelledby="side-{block}">.*?</section>', text, re.DOTALL)
    return re.findall(r'<a href="/papers/([^"]+)/"', found[0]) if found else []


def test_a_paper_names_others_of_its_authors_and_the_newest_of_its_topic(
    make_content: Make, tmp_path: Path, build: Build
) -> None:
    content = make_content(
        {"site.yaml": "title: T\nrelated_papers: no\n", "papers/a.yaml": write(9), "tags.yaml": TAGS}
    )
    build(content, tmp_path / "site")
    # Those with most of the authors first; none twice, nor the one that is related.
    assert list_side(tmp_path / "site", "papers/paper-1", "authors") == ["paper-7", "paper-5", "paper-3"]
    assert list_side(tmp_path / "site", "papers/paper-1", "newest") == ["paper-8", "paper-6", "paper-4"]
    assert list_side(tmp_path / "site", "papers/paper-2", "authors") == ["paper-8", "paper-7", "paper-6"]
    assert list_side(tmp_path / "site", "papers/by-one", "authors") == []


def test_an_author_of_one_paper_sees_the_newest_of_its_topic(make_content: Make, tmp_path: Path, build: Build) -> None:
    content = make_content({"papers/a.yaml": write(9), "tags.yaml": TAGS})
    build(content, tmp_path / "site")
    assert list_side(tmp_path / "site", "authors/eve-once", "newest") == [
        f"paper-{number}" for number in range(9, 4, -1)
    ]
    assert list_side(tmp_path / "site", "authors/bob-shelf", "newest") == []


def test_a_new_paper_makes_the_pages_of_a_clean_build(make_content: Make, tmp_path: Path, build: Build) -> None:
    content = make_content({"papers/a.yaml": write(5), "tags.yaml": TAGS})
    for text in (write(6), write(6, authors=["Cy Other"]), write(6, title="Paper 1, again"), write(4)):
        build(content, tmp_path / "site")
        (content / "papers/a.yaml").write_text(text, "utf-8")
        build(content, tmp_path / "site")
        build(content, tmp_path / "clean", clean=True)
        assert read_tree(tmp_path / "site") == read_tree(tmp_path / "clean")


def test_the_calendar_says_what_an_edition_holds(make_content: Make, tmp_path: Path, build: Build) -> None:
    edition = "title: Daily\ndate: 2025-03-05\npapers: [p2, p1]\n"
    content = make_content({"papers/a.yaml": write(3), "tags.yaml": TAGS, "collections/day.yaml": edition})
    build(content, tmp_path / "site")
    text = (tmp_path / "site/collections/index.html").read_text("utf-8")
    assert '<span class="n">2 papers</span><a class="first" href="/papers/paper-2/">Paper 2</a>' in text
    (content / "papers/a.yaml").write_text(write(3).replace("Paper 2", "Second"), "utf-8")
    build(content, tmp_path / "site")
    assert ">Second</a>" in (tmp_path / "site/collections/index.html").read_text("utf-8")


def test_a_structured_abstract_has_its_headings_on_the_page_alone(
    make_content: Make, tmp_path: Path, build: Build
) -> None:
    abstract = "BACKGROUND: We ask. METHODS: We count. RESULTS: Many."
    content = make_content({"papers/a.yaml": write(1, abstract=abstract), "tags.yaml": TAGS})
    build(content, tmp_path / "site")
    folder = tmp_path / "site/papers/paper-1"
    assert "<p><strong>Methods:</strong> We count.</p>" in (folder / "index.html").read_text("utf-8")
    assert abstract in (folder / "index.md").read_text("utf-8")
