"""Exports of whole lists, read back by what reads them in the world."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess

import bibtexparser
import rispy
from hypothesis import given
from hypothesis import strategies as st
from test_formats import PAPER

from paperbound.formats import EXPORTS, write_export
from paperbound.formats.bibtex.keys import make_keys, name_record
from paperbound.formats.csl import make_csl
from paperbound.formats.ris import make_ris
from paperbound.formats.table import make_row
from paperbound.model.date import PartialDate
from paperbound.model.record import Author, Record
from surroundings import ROOT

URL = "https://example.org/papers/x/"
# How a cell begins that some spreadsheet takes for a formula.
SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", " =", "\t=", "\r", "\n=", "\u200b=", "\u3000＠")
STARTS_FORMULA = re.compile(r"[\t\r\n]|[\s\u200b]*[=+\-@\uff1d\uff0b\uff0d\uff20]")
TEXT = st.text(max_size=60).filter(lambda text: text.strip())


def test_ris_is_read_by_a_judge() -> None:
    (entry,) = rispy.loads(make_ris(PAPER, URL))
    assert entry["type_of_reference"] == "JOUR"
    assert entry["title"] == "Text2Earth: 50% of x₁ & more"
    assert entry["authors"] == ["Liu, Chenyang", "van Beethoven, Ludwig", "Davis, Sammy, Jr.", "李明"]
    assert (entry["year"], entry["start_page"], entry["end_page"]) == ("2026", "12", "34")
    assert entry["doi"] == "10.1109/MGRS.2025.3560455"
    assert entry["urls"] == ["https://arxiv.org/abs/2501.00895"]


def test_csl_has_the_fields_of_its_schema() -> None:
    item = json.loads(make_csl(PAPER, URL))
    assert item["type"] == "article-journal"
    assert item["issued"] == {"date-parts": [[2026]]}
    assert item["author"][1] == {"family": "van Beethoven", "given": "Ludwig"}
    assert item["author"][3] == {"literal": "李明"}
    assert item["page"] == "12-34"
    preprint = Record(id="a", title="A", arxiv="2401.00001", date=PartialDate.parse("2024-01-02"))
    item = json.loads(make_csl(preprint, URL))
    assert (item["type"], item["publisher"], item["number"]) == ("article", "arXiv", "arXiv:2401.00001")
    assert item["issued"] == {"date-parts": [[2024, 1, 2]]}
    assert item["URL"] == "https://arxiv.org/abs/2401.00001"
    assert json.loads(make_csl(Record(id="a", title="A"), URL))["URL"] == URL


def test_each_entry_of_a_bibliography_has_a_key_of_its_own() -> None:
    same = [Record(id=f"p{number}", title="Graphs", authors=(Author("Ada Doe"),)) for number in range(30)]
    named = Record(id="own", title="X", bibkey="doegraphsb")
    records = [*same, named]
    keys = make_keys(records)
    text = write_export("bib", [(name_record(one, keys[one.id]), URL) for one in records])
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks
    keys = [entry.key for entry in library.entries]
    # Letters go by ids, and the second letter is a key that a record names.
    assert [keys[number] for number in (0, 1, 10, 11)] == ["doegraphs", "doegraphsa", "doegraphsc", "doegraphsd"]
    assert len(set(keys)) == 31
    assert keys[-1] == "doegraphsb"


def test_no_cell_of_a_table_is_a_formula() -> None:
    # Each column that is a text, by the field that it shows.
    fields = (
        "title",
        "venue",
        "booktitle",
        "series",
        "volume",
        "issue",
        "pages",
        "publisher",
        "address",
        "takeaway",
        "license",
        "retracted",
    )
    for sign in SIGNS:
        cell = f"{sign}cmd|' /C calc'!A0"
        people = (Author(f"{sign}x"),)
        record = Record(id=f"{sign.strip()}p", authors=people, editors=people, **dict.fromkeys(fields, cell))
        row = next(csv.reader(io.StringIO(make_row(record, URL), newline="")))
        assert not [one for one in row if STARTS_FORMULA.match(one)]
        assert sum("cmd" in one for one in row) == len(fields)


def test_no_cell_of_a_saved_reading_list_is_a_formula() -> None:
    """The script of the reading list, run as it is."""
    script = ROOT / "themes" / "default" / "assets" / "transfer.js"
    names = ("title", "authors", "venue", "date", "saved", "read", "star", "note")
    papers = [{"slug": "a", **dict.fromkeys(names, f"{sign}x"), "tags": [f"{sign}x"]} for sign in SIGNS]
    code = (
        "globalThis.location = { href: 'https://example.org/' }; globalThis.document = { querySelector: () => null };"
        f"const {{ makeCsv }} = await import({json.dumps(script.as_uri())});"
        f"process.stdout.write(makeCsv({json.dumps(papers)}));"
    )
    run = subprocess.run(["node", "--input-type=module", "-e", code], capture_output=True, check=True, encoding="utf-8")
    _, *rows = csv.reader(io.StringIO(run.stdout, newline=""))
    assert len(rows) == len(SIGNS)
    assert not [cell for row in rows for cell in row if STARTS_FORMULA.match(cell)]


@given(TEXT, TEXT, TEXT)
def test_any_text_survives_every_format(title: str, author: str, venue: str) -> None:
    record = Record(id="x", title=title, authors=(Author(author),), venue=" ".join(venue.split()))
    rows = [(record, URL), (record, URL)]
    for suffix in EXPORTS:
        text = write_export(suffix, rows)
        if suffix == "json":
            assert len(json.loads(text)) == 2
        elif suffix == "csv":
            assert len(list(csv.reader(io.StringIO(text, newline="")))) == 3
        elif suffix == "ris":
            lines = text.split("\r\n")
            assert lines.count("ER  - ") == 2
            assert all(line == "" or line[2:6] == "  - " for line in lines)
