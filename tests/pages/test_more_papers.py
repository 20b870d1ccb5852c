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


def list_side(site: Path, page: str, block: str, place: str = "side") -> list[str]:
    text = (site / page / "index.html").read_text("utf-8")
    found = re.search(rf'<section[^>]* aria-labelledby="{place}-{block}">.*?</section>', text, re.DOTALL)
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
    assert list_side(tmp_path / "site", "authors/eve-once", "newest", "part") == [
        f"paper-{number}" for number in range(9, 4, -1)
    ]
    assert list_side(tmp_path / "site", "authors/bob-shelf", "newest", "part") == []


def test_an_author_of_few_papers_has_their_text_the_co_authors_and_their_papers(
    make_content: Make, tmp_path: Path, build: Build
) -> None:
    site = tmp_path / "site"
    long = "We count shelves. " * 60
    papers = write(4, authors=["Cy Other", "Ada Rowe"], abstract=long)
    content = make_content({"papers/a.yaml": papers, "tags.yaml": TAGS})
    build(content, site)
    page = "authors/cy-other"
    text = (site / page / "index.html").read_text("utf-8")
    excerpt = re.search(r'<h2 id="part-excerpt">Abstract</h2><p class="prose tied">(.*?)</p>', text)
    assert excerpt
    assert 500 < len(excerpt[1]) <= 601
    assert excerpt[1].endswith("…")
    assert '<h2 id="part-names">Co-authors</h2>' in text
    assert '<a href="/authors/ada-rowe/">Ada Rowe</a></li>' in text
    assert list_side(site, page, "coauthors", "part") == ["paper-4", "paper-3", "paper-2"]
    # What stands there is not among the newest of the topic again.
    assert list_side(site, page, "newest", "part") == ["by-one"]
    # Only the text changes: the page changes with it.
    (content / "papers/a.yaml").write_text(papers.replace("We count shelves.", "We sell shelves."), "utf-8")
    build(content, site)
    assert "We sell shelves." in (site / page / "index.html").read_text("utf-8")
    build(content, tmp_path / "clean", clean=True)
    assert read_tree(site) == read_tree(tmp_path / "clean")
    # Those of many papers have their co-authors beside them.
    ada = (site / "authors/ada-rowe/index.html").read_text("utf-8")
    assert 'id="side-coauthors"' in ada
    assert "part-" not in ada


def test_a_new_paper_on_a_large_site_writes_no_other_page_of_its_topic(
    make_content: Make, tmp_path: Path, build: Build
) -> None:
    def list_papers(count: int) -> str:
        lines = (
            f"- {{id: p{n}, title: Paper {n}, date: {2000 + n // 12}-{n % 12 + 1:02}, tags: [rows]}}"
            for n in range(count)
        )
        return "\n".join((*lines, "- {id: x, title: By one, authors: [Eve Once, Al Two], tags: [rows], date: 1990}"))

    site = tmp_path / "site"
    content = make_content(
        {
            "papers/a.yaml": list_papers(1_000),
            "tags.yaml": TAGS,
            "site.yaml": "title: T\nrelated_papers: no\nsearch: no\n",
        }
    )
    build(content, site)
    pages = ("papers/paper-7", "papers/by-one", "authors/eve-once")
    before = [(site / page / "index.html").read_text("utf-8") for page in pages]
    for text in before:
        assert '<a href="/tags/rows/">New on Rows</a></h2>' in text
        assert '<ul class="mini" data-newest="/tags/rows/"></ul>' in text
    (content / "papers/a.yaml").write_text(list_papers(1_001), "utf-8")
    build(content, site)
    assert [(site / page / "index.html").read_text("utf-8") for page in pages] == before
    assert "Paper 1000" in (site / "tags/rows/index.html").read_text("utf-8")


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
