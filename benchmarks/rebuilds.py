"""Rebuilds of 20,000 rows in 40 files: 20 papers stand in two files, 20 authors have names in two spellings.

The two rows of a pair have one DOI, so there are 19,980 papers: above 20,000 other settings hold by default. Each edit
of `EDITS` changes one line of one file.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from same_work import Paper, make_row

SIZE, FILES, PAIRS, SPELLINGS = 19_980, 40, 20, 20
Row = dict[str, Any]


def write_files(papers: list[Paper], folder: Path) -> None:
    """Writes the content folder: the settings, and 40 files of papers."""
    rows = [make_row(paper) for paper in papers]
    each = -(-len(rows) // FILES)
    counts = Counter(slug for paper in papers for _, slug in paper.authors)
    spelt = [at for at, paper in enumerate(papers) if paper.authors and counts[paper.authors[0][1]] > 1]
    for at in spelt[:: len(spelt) // SPELLINGS][:SPELLINGS]:
        rows[at]["authors"][0] = rows[at]["authors"][0].upper()
    files = [rows[start : start + each] for start in range(0, len(rows), each)]
    for number in range(PAIRS):
        first = files[number][3] = files[number][3] | {"doi": f"10.5555/pair.{number}"}
        files[FILES - 1 - number].append(first | {"id": f"{first['id']}-again"})
    (folder / "content" / "papers").mkdir(parents=True)
    (folder / "content" / "site.yaml").write_text("title: Papers\n", "utf-8")
    for number, lines in enumerate(files):
        _write(folder, number, lines)


def _change_abstract(rows: list[Row]) -> None:
    row = next(row for row in rows if row["abstract"])
    row["abstract"] = f"Newly written. {row['abstract']}"


def _change_title(rows: list[Row]) -> None:
    rows[0]["title"] += " Revisited"


def _change_name(rows: list[Row]) -> None:
    row = next(row for row in rows if row["authors"])
    row["authors"][-1] += " Newname"


def _add(rows: list[Row]) -> None:
    rows.append({**rows[0], "id": "a-new-paper", "title": "A paper that nobody had", "date": "2026", "links": {}})


def _remove(rows: list[Row]) -> None:
    del rows[0]


# The change, the number of the file, the function of the change, which
# gets the lines from the middle of the file on.
EDITS: tuple[tuple[str, int, Callable[[list[Row]], None] | None], ...] = (
    ("nothing", 0, None),
    ("abstract", 10, _change_abstract),
    ("title", 14, _change_title),
    ("name", 22, _change_name),
    ("new", 26, _add),
    ("removed", 30, _remove),
)


def edit(folder: Path, number: int, change: Callable[[list[Row]], None]) -> None:
    """Changes a file of a content folder."""
    lines = (folder / "content" / "papers" / f"{number:02}.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    middle = rows[len(rows) // 2 :]
    change(middle)
    _write(folder, number, rows[: len(rows) // 2] + middle)


def _write(folder: Path, number: int, rows: list[Row]) -> None:
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / "content" / "papers" / f"{number:02}.jsonl").write_text(text, "utf-8")
