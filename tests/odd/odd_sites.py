"""Sites that are odd in one way each, of any size."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

OVERRIDES = "‮⁦⁧‏"


class OddSite(NamedTuple):
    """An odd site: its name, the size of the whole one, and what writes a content folder of a size."""

    name: str
    size: int
    write: Callable[[Path, int], None]


def write_site(content: Path, rows: Iterable[dict[str, Any]], **files: str) -> None:
    """Writes a content folder of these records, and other YAML files by their names."""
    (content / "papers").mkdir(parents=True)
    (content / "site.yaml").write_text("title: Odd\n", "utf-8")
    with (content / "papers" / "papers.jsonl").open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row) + "\n")
    for name, text in files.items():
        (content / f"{name}.yaml").write_text(text, "utf-8")


def _authors(content: Path, size: int) -> None:
    write_site(
        content, [{"id": "a", "title": "A paper", "date": "2024", "authors": [f"Author N{one}" for one in range(size)]}]
    )


def _tags(content: Path, size: int) -> None:
    tags = "".join(f"- {{slug: tag-{one}, name: Tag {one}}}\n" for one in range(size))
    rows = [
        {"id": f"p{one}", "title": f"Paper {one}", "tags": [f"tag-{one}", f"tag-{one * 7 % size}"]}
        for one in range(size)
    ]
    write_site(content, rows, tags=tags)


def _one_author(content: Path, size: int) -> None:
    write_site(
        content,
        [
            {"id": f"p{one}", "title": f"Paper {one}", "date": f"{1990 + one % 35}", "authors": ["Ada Lovelace"]}
            for one in range(size)
        ],
    )


def _same_title(content: Path, size: int) -> None:
    write_site(content, [{"id": f"p{one}", "title": "Editorial"} for one in range(size)])


def _abstract(content: Path, size: int) -> None:
    words = "reading lists and bound shelves of $n$ books *sort* slowly. "
    write_site(content, [{"id": "a", "title": "A paper", "abstract": (words * (size // len(words) + 1))[:size]}])


def _characters(content: Path, size: int) -> None:
    """Titles of 16 characters each: over them all planes of Unicode, unassigned code points too."""
    last = min(0x110000, size * 16)
    signs = [
        chr(one) for one in range(0x20, last) if not 0xD800 <= one < 0xE000 and unicodedata.category(chr(one)) != "Cc"
    ]
    write_site(
        content,
        [{"id": f"p{at}", "title": f"T {at} {''.join(signs[at : at + 16])}"} for at in range(0, len(signs), 16)],
    )


def _overrides(content: Path, size: int) -> None:
    write_site(
        content,
        [
            {
                "id": f"p{one}",
                "title": f"Safe{OVERRIDES[one % 4]} gpj.exe {one}",
                "authors": [f"A{OVERRIDES[one % 4]} B"],
            }
            for one in range(size)
        ],
    )


def _collections(content: Path, size: int) -> None:
    """Half as many papers as collections, and each paper in each collection."""
    papers = size // 2
    write_site(content, [{"id": f"p{one}", "title": f"Paper {one}"} for one in range(papers)])
    (content / "collections").mkdir()
    names = ", ".join(f"p{one}" for one in range(papers))
    for one in range(size):
        (content / "collections" / f"c{one}.yaml").write_text(f"title: Collection {one}\npapers: [{names}]\n", "utf-8")


SITES = (
    OddSite("authors of a paper", 3_000, _authors),
    OddSite("topics, as many papers", 5_000, _tags),
    OddSite("papers of one author", 10_000, _one_author),
    OddSite("records with one title", 100_000, _same_title),
    OddSite("characters of an abstract", 1_000_000, _abstract),
    OddSite("titles of all of Unicode, 16 characters each", 69_632, _characters),
    OddSite("titles and names with overrides of direction", 1_000, _overrides),
    OddSite("collections of half as many papers", 2_000, _collections),
)
