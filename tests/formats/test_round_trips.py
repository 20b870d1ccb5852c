"""Round trips: a record written in a format and read again has equal values; other programs read the files."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import unicodedata
from typing import Any

import pytest
import rispy
from hypothesis import example, given
from hypothesis import strategies as st
from judging import render_citations

from paperbound.formats import write_export
from paperbound.formats.citing import find_pages, find_year, guess_kind, show_title
from paperbound.formats.csl import make_csl
from paperbound.formats.metadata import make_citation_tags
from paperbound.formats.ris import make_ris
from paperbound.importers.values import is_missing
from paperbound.markup.markdown import escape_inline
from paperbound.markup.texts import text_of
from paperbound.model.date import PartialDate
from paperbound.model.record import KINDS, Author, Link, Record
from surroundings import ROOT, read_records

URL = "https://example.org/papers/x/"
# The plain fields that a format has.
RIS = "volume issue publisher address series isbn doi pmid arxiv language tags".split()
CSL = "volume issue publisher address series isbn doi pmid arxiv language tags venue booktitle bibkey pages".split()
TABLE = (
    "volume issue publisher address series isbn doi pmid arxiv language tags venue booktitle bibkey venue_year".split()
)
TABLE += "license kind id pages".split()
NAMES = Record(
    id="names",
    title="Growth of *Artemia salina* in H$_2$O",
    authors=tuple(
        map(
            Author,
            (
                "Robert King, Jr.",
                "Salt and Flats Working Group",
                "Anna van der Meer",
                "Øyvind Ødegård",
                "李明",
                "Ada Kern*",
            ),
        )
    ),
    date=PartialDate(2020, 6, 9),
    venue="Journal of Salt Flats",
    kind="article",
    volume="7",
    issue="3/4",
    pages="e101, e105–e110",
)


def test_names_in_csl() -> None:
    item = json.loads(make_csl(NAMES, URL))
    assert item["author"] == [
        {"family": "King", "given": "Robert", "suffix": "Jr."},
        {"literal": "Salt and Flats Working Group"},
        {"family": "van der Meer", "given": "Anna"},
        {"family": "Ødegård", "given": "Øyvind"},
        {"literal": "李明"},
        {"family": "Kern", "given": "Ada"},
    ]
    assert item["title"] == "Growth of <i>Artemia salina</i> in H<sub>2</sub>O"
    assert (item["volume"], item["issue"], item["page"]) == ("7", "3/4", "e101, e105-e110")
    assert item["issued"] == {"date-parts": [[2020, 6, 9]]}


@pytest.mark.parametrize("name", ["Salt and Flats Working Group", "Robert King, Jr.", "Flats, Inc.", "Salt & Sons"])
def test_a_single_name_is_not_split_in_a_table(name: str) -> None:
    record = Record(id="x", title="X", authors=(Author(name),))
    (again,), _ = read_records("csv", write_export("csv", [(record, URL)]))
    assert again.authors == record.authors


def test_digits_of_formulas_stay_low_or_high() -> None:
    assert show_title(NAMES) == "Growth of Artemia salina in H₂O"
    assert show_title(Record(id="x", title=r"$x^{10}_i$ & $O(\sqrt{n})$")) == "x¹⁰_i & O(√(n))"
    assert dict(make_citation_tags(NAMES))["citation_title"] == "Growth of Artemia salina in H₂O"


def test_names_in_ris() -> None:
    (entry,) = rispy.loads(make_ris(NAMES, URL))
    assert entry["authors"] == [
        "King, Robert, Jr.",
        "Salt and Flats Working Group",
        "van der Meer, Anna",
        "Ødegård, Øyvind",
        "李明",
        "Kern, Ada",
    ]
    assert (entry["start_page"], entry["end_page"], entry["date"]) == ("e101", "e110", "2020/06/09/")
    thesis = Record(id="t", title="A thesis", kind="thesis", publisher="Flat University", date=PartialDate(2020))
    (entry,) = rispy.loads(make_ris(thesis, URL))
    assert (entry["type_of_reference"], entry["publisher"]) == ("THES", "Flat University")
    assert json.loads(make_csl(thesis, URL))["publisher"] == "Flat University"


@pytest.mark.parametrize(
    ("pages", "ends"),
    [
        ("e101, e105–e110", ("e101", "e110")),
        ("12–19", ("12", "19")),
        ("12-19", ("12", "19")),
        ("3-1–3-20", ("3-1", "3-20")),
        ("104567", ("104567", "")),
        ("", ("", "")),
    ],
)
def test_first_and_last_page(pages: str, ends: tuple[str, str]) -> None:
    record = Record(id="x", title="X", pages=pages, authors=(Author("A B"),), date=PartialDate(2020))
    assert find_pages(record) == ends
    tags = dict(make_citation_tags(record))
    assert (tags.get("citation_firstpage", ""), tags.get("citation_lastpage", "")) == ends


@pytest.mark.parametrize(
    ("title", "rich"),
    [
        ("**Bold** and *x*", "<b>Bold</b> and <i>x</i>"),
        ("$x^{10}_i$ grows", "x<sup>10</sup><sub>i</sub> grows"),
        (r"$\alpha_1$-salts", "α<sub>1</sub>-salts"),
        (r"$O(\sqrt{n})$", "O(√(n))"),
        ("A & B < C", "A & B < C"),
    ],
)
def test_rich_titles(title: str, rich: str) -> None:
    assert json.loads(make_csl(Record(id="x", title=title), URL))["title"] == rich


def test_retractions_are_written_in_each_format_and_read_again() -> None:
    record = Record(id="x", title="Salt cures", retracted="Data were invented.", authors=(Author("Ada Kern"),))
    for suffix, name in (("ris", "ris"), ("json", "csl"), ("csv", "csv")):
        text = write_export(suffix, [(record, URL)])
        (again,), _ = read_records(name, text)
        assert (again.title, again.retracted) == ("Salt cures", "Data were invented."), name
    assert "TI  - RETRACTED: Salt cures" in make_ris(record, URL)
    assert json.loads(make_csl(record, URL))["title"] == "RETRACTED: Salt cures"


def test_names_that_look_like_spoilt_ones_are_mended_with_a_warning() -> None:
    record = Record(id="x", title="X", authors=(Author("Ada Âµ"),))
    (again,), (fault,) = read_records("ris", write_export("ris", [(record, URL)]))
    assert [author.name for author in again.authors] == ["Ada µ"]
    assert "is UTF-8 that was read as Windows-1252; mended" in fault.message


LETTERS = st.characters(codec="utf-8", categories=["L", "M", "N", "P", "S", "Zs"], exclude_characters="\u2028\u2029")


def is_plain(text: str) -> bool:
    """Whether a text holds no word for a missing value, and nothing that HTML or LaTeX would take as its own."""
    odd = re.search(r"[\\<{}$&*†‡§¶#]|^[\W_]|[\W_]$|^pp?\b|^pages?\b", text)
    return not (odd or is_spoilt(text) or is_missing(text)) and html.unescape(text) == text


def is_spoilt(text: str) -> bool:
    """Whether a text may be UTF-8 that was read as Windows-1252, which is mended: `Âµ` for `µ`."""
    return re.search("[ÂÃÄÅâ][^\x00-\x7f]", text) is not None


def clean(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))


PLAIN = st.text(LETTERS, min_size=1, max_size=30).map(clean).filter(is_plain)
# Any sign, as text: the format must not take it for markup.
TITLES = st.text(LETTERS, min_size=1, max_size=60).map(clean).filter(lambda text: is_title(text))
NAME = st.text(st.characters(codec="utf-8", categories=["Lu", "Ll"]), min_size=2, max_size=10).map(clean)
NAME = NAME.filter(lambda name: not is_spoilt(name))
PEOPLE = st.lists(st.tuples(NAME, NAME).map(lambda parts: Author(" ".join(parts))), max_size=3, unique=True).map(tuple)


def is_title(text: str) -> bool:
    """Whether a text is no HTML, LaTeX, mark of a retraction or word for a missing value."""
    odd = re.search(r"<[/\w!?]|\\|\{|\$|&#?\w+|^\W*retracted|^-+$", text, re.IGNORECASE)
    return (
        not odd
        and any(map(str.isalnum, text))
        and is_plain(f"x{text}x".replace("#", "").replace("*", ""))
        and (text.lower() not in ("nan", "null", "none", "n/a", "na", "<na>", "nil", "undefined"))
    )


RECORDS = st.builds(
    Record,
    id=st.just("x1"),
    title=TITLES.map(lambda text: escape_inline(text)),
    authors=PEOPLE,
    editors=PEOPLE,
    kind=st.sampled_from(KINDS),
    date=st.one_of(st.none(), st.builds(PartialDate, st.integers(1800, 2099), st.integers(0, 12))),
    volume=PLAIN | st.just(""),
    issue=PLAIN | st.just(""),
    publisher=PLAIN,
    address=PLAIN | st.just(""),
    pages=st.sampled_from(["", "12–19", "e7", "101–110"]),
    doi=st.sampled_from(["", "10.5555/a.b"]),
    isbn=st.sampled_from(["", "978-0-306-40615-7"]),
    pmid=st.sampled_from(["", "30000001"]),
    arxiv=st.sampled_from(["", "2510.00128", "hep-th/9901001"]),
    language=st.sampled_from(["", "en", "pt-BR"]),
    bibkey=st.sampled_from(["", "kern2020salt"]),
    tags=st.sampled_from([(), ("salt",), ("salt", "c-plus-plus")]),
    abstract=st.lists(TITLES, max_size=2).map(lambda texts: "\n\n".join(escape_inline(text) for text in texts)),
    links=st.sampled_from([(), (Link("url", "https://example.org/a?b=c;d"), Link("pdf", "https://example.org/a.pdf"))]),
)


def add_places(record: Record, venue: str, booktitle: str, series: str) -> Record:
    """The record with the places that its kind has in the formats."""
    from dataclasses import replace

    kind = guess_kind(record)
    if kind == "inproceedings":
        return replace(record, venue=venue, booktitle=booktitle, series=series)
    if kind == "chapter":
        return replace(record, booktitle=booktitle, series=series)
    return replace(record, series=series) if kind in ("book", "report") else replace(record, venue=venue)


PLACED = st.builds(add_places, RECORDS, PLAIN, PLAIN, PLAIN)


def compare(record: Record, again: Record, fields: list[str]) -> None:
    assert show_title(again) == show_title(record)
    assert [one.name for one in again.authors] == [one.name for one in record.authors]
    assert [one.name for one in again.editors] == [one.name for one in record.editors]
    assert again.date == record.date
    assert again.kind == guess_kind(record)
    for link in record.links:
        assert again.find_link(link.kind) == link.url
    for field in fields:
        assert getattr(again, field) == getattr(record, field), field


def name_by_suffix() -> Record:
    """A paper of a person whose given name could be a suffix."""
    return Record(id="x", title="X", kind="article", publisher="P", venue="V", authors=(Author("II AA"),))


@given(record=PLACED)
@example(record=name_by_suffix())
def test_ris_comes_back(record: Record) -> None:
    (again,), faults = read_records("ris", write_export("ris", [(record, URL)]))
    assert not [fault for fault in faults if fault.field != "N1"]
    compare(record, again, [*RIS, "venue", "booktitle", "pages"])
    assert text_of(again, "abstract").plain == text_of(record, "abstract").plain
    assert again.bibkey == record.bibkey or not record.bibkey


@given(record=PLACED)
@example(record=name_by_suffix())
def test_csl_comes_back(record: Record) -> None:
    (again,), faults = read_records("csl", write_export("json", [(record, URL)]))
    assert not faults
    links = tuple(link for link in record.links if link.kind == "url")
    compare(Record(**{**values_of(record), "links": links}), again, CSL)
    assert text_of(again, "abstract").plain == text_of(record, "abstract").plain


@given(record=PLACED)
@example(record=name_by_suffix())
def test_tables_come_back(record: Record) -> None:
    (again,), faults = read_records("csv", write_export("csv", [(record, URL)]))
    assert not faults
    compare(record, again, TABLE)


def values_of(record: Record) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__slots__ if name != "digest"}


@given(title=st.text(max_size=60).filter(lambda text: text.strip()), name=st.text(min_size=1, max_size=30))
@example(title="T\r\nER  - \r\nTY  - JOUR", name="A\nER  - ")
def test_no_text_adds_an_entry_a_tag_or_a_formula(title: str, name: str) -> None:
    if not name.strip():
        return
    record = Record(id="x", title=title, authors=(Author(name),), venue=name, publisher=title)
    rows = [(record, URL)] * 2
    assert len(rispy.loads(write_export("ris", rows))) == 2
    assert all(re.match(r"[A-Z][A-Z0-9]  - |$", line) for line in write_export("ris", rows).split("\r\n"))
    assert len(json.loads(write_export("json", rows))) == 2
    cells = [cell for row in csv.reader(io.StringIO(write_export("csv", rows), newline="")) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_citations_of_this_repositorys_papers_are_rendered() -> None:
    records = [
        record
        for path in sorted((ROOT / "content" / "papers").glob("*.yaml"))
        for record in read_records("yaml", path.read_bytes(), path.name)[0]
    ]
    assert len(records) == 119
    texts = render_citations(records)
    assert len(texts) == 119
    for record, text in zip(records, texts, strict=True):
        assert find_year(record) in text
    assert len(rispy.loads(write_export("ris", [(record, URL) for record in records]))) == 119


def test_a_single_name_keeps_its_suffix() -> None:
    record = Record(id="x", title="T", authors=(Author("Kern, Jr."), Author("Plato")))
    for suffix, name in (("bib", "bibtex"), ("ris", "ris"), ("json", "csl"), ("csv", "csv")):
        (again,), _ = read_records(name, write_export(suffix, [(record, URL)]))
        assert [one.name for one in again.authors] == ["Kern, Jr.", "Plato"], name
