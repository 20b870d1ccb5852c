"""How good related papers are: `python benchmarks/related.py ROWS INDEX` (rows, and the folder of index_rows.py).

For 300 papers: how many of the six share an author, or the venue and the year, or either, beside six papers by
chance and the six that BM25 finds for the title. Then ten lists to read.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path
from typing import Any

from paperbound.search.matrix import BEST, RelatedMatrix
from paperbound.search.neighbours import find_related
from paperbound.search.query.index_reader import Index
from paperbound.search.query.parser import Word
from paperbound.search.query.ranking import order, rank

Row = dict[str, Any]


def share(one: Row, other: Row) -> tuple[bool, bool, bool]:
    """Whether two papers share an author, the venue and the year, one of both."""
    author = bool(set(one["authors"] or ()) & set(other["authors"] or ()))
    place = one["venue"] == other["venue"] and one["year"] == other["year"]
    return author, place, author or place


def find_by_title(index: Index, row: Row, number: int) -> list[int]:
    """The best six for the title's words, any of them, by BM25."""
    words = tuple(
        Word(parts=(part,), fields=("title", "abstract"))
        for part in row["title"].lower().split()[:12]
        if part.isalpha()
    )
    ranked = rank(index, words)
    every = ranked.scores.copy()
    every[number] = 0
    return [int(one) for one in order(every.nonzero()[0], every)[:BEST]]


def main() -> None:
    """Prints the shares and the lists."""
    rows = [json.loads(line) for line in Path(sys.argv[1]).read_text("utf-8").splitlines()]
    folder = Path(sys.argv[2])
    matrix = RelatedMatrix(next((folder / "work").glob("search-matrix.*")).read_bytes())
    index = Index(lambda path: (folder / "search-data" / path).read_bytes())
    chance = random.Random(1)
    chosen = chance.sample(range(len(rows)), 300)
    totals: dict[str, list[int]] = {}
    for place, number in enumerate(chosen):
        (found,) = find_related(matrix, number, number + 1).rows
        if place < 10:
            print(f"\n{rows[number]['title']}")
            for other, score, words in found:
                print(f"  {score:.2f} {rows[other]['title']} ({', '.join(words)})")
        lists = {
            "related": [other for other, _, _ in found],
            "title BM25": find_by_title(index, rows[number], number),
            "random": chance.sample(range(len(rows)), BEST),
        }
        for name, others in lists.items():
            kept = totals.setdefault(name, [0, 0, 0, 0])
            kept[3] += len(others)
            for other in others:
                for at, shared in enumerate(share(rows[number], rows[other])):
                    kept[at] += shared
    print(f"\n{'of the six':12} {'author':>8} {'venue+year':>11} {'either':>8}")
    for name, (author, venue, either, count) in totals.items():
        print(f"{name:12} {author / count:8.1%} {venue / count:11.1%} {either / count:8.1%}")


if __name__ == "__main__":
    main()
