"""Real records as BibTeX: read by two judges, and by the importer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import bibtexparser
import pybtex.database
import pytest

from paperbound.formats.bibtex.entries import make_biblatex, make_bibtex
from paperbound.formats.bibtex.keys import make_keys
from paperbound.markup.texts import text_of
from paperbound.model.record import Record
from paperbound.text.names import divide_name
from surroundings import ROOT, WHOLE, read_anthology, read_records

pytestmark = pytest.mark.real


def read_site() -> list[Record]:
    files = sorted((ROOT / "content" / "papers").glob("*.yaml"))
    return [record for file in files for record in read_records("yaml", file.read_bytes(), str(file))[0]]


def write(records: list[Record], write_entry: Callable[[Record, str], str]) -> str:
    keys = make_keys(records)
    return "\n\n".join(write_entry(record, keys[record.id]) for record in records) + "\n"


@pytest.mark.parametrize(
    ("count", "step"),
    [(100, 160), pytest.param(10_000 if WHOLE else 2_500, 8 if WHOLE else 32, marks=pytest.mark.slow)],
)
@pytest.mark.parametrize("write_entry", [make_bibtex, make_biblatex])
def test_entries_are_read_by_both_judges(write_entry: Callable[[Record, str], str], count: int, step: int) -> None:
    records = read_anthology(count, step)
    text = write(records, write_entry)
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks
    assert len(library.entries) == count
    entries = pybtex.database.parse_string(text, "bibtex").entries
    assert len(entries) == count
    for record, entry in zip(records, entries.values(), strict=True):
        assert len(entry.persons.get("author", ())) == len(record.authors)


def describe(record: Record) -> dict[str, object]:
    """The values that an entry has a place for, names by their parts and titles as they are shown."""
    kept = ("volume", "issue", "pages", "publisher", "series", "address", "doi", "arxiv", "category", "isbn", "note")
    return {
        "title": text_of(record, "title").inline,
        "authors": [divide_name(person.name) for person in record.authors],
        "editors": [divide_name(person.name) for person in record.editors],
        "venue": record.booktitle or record.venue,
        "year": record.venue_year or (str(record.date.year) if record.date else ""),
        **{name: getattr(record, name) for name in kept},
        "pages": record.pages.replace("-", "–"),
    }


@pytest.mark.parametrize("write_entry", [make_bibtex, make_biblatex])
@pytest.mark.parametrize(
    "read",
    [
        pytest.param(read_site, id="site"),
        pytest.param(lambda: read_anthology(100, 160), id="100"),
        pytest.param(lambda: read_anthology(5_000, 16), id="5000", marks=pytest.mark.slow),
    ],
)
def test_records_come_back_from_their_entries(
    read: Callable[[], list[Record]], write_entry: Callable[[Record, str], str]
) -> None:
    records = read()
    again, faults = read_records("bibtex", write(records, write_entry), "a.bib")
    assert len(again) == len(records)
    assert not [fault for fault in faults if "kept in `extra`" in fault.message]
    different: Counter[str] = Counter()
    for one, other in zip(records, again, strict=True):
        mine, theirs = describe(one), describe(other)
        different.update(name for name in mine if mine[name] != theirs[name])
    assert not different
