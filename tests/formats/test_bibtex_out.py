"""BibTeX and biblatex out: the cases, keys, no injection, and the way back in."""

from __future__ import annotations

import json
import random
import re
import unicodedata
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import bibtexparser
import pybtex.database
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from paperbound.formats.bibtex.entries import make_biblatex, make_bibtex
from paperbound.formats.bibtex.keys import make_key, make_keys, name_record
from paperbound.formats.bibtex.tex import escape_tex, write_formula, write_title
from paperbound.formats.citing import find_year
from paperbound.importers.values import is_missing
from paperbound.markup.markdown import escape_inline
from paperbound.markup.texts import parse_text, text_of
from paperbound.model.date import PartialDate
from paperbound.model.record import Author, Link, Record
from paperbound.text.names import divide_name
from surroundings import read_records, try_examples

CASE = Path(__file__).parent.parent / "importers" / "cases" / "export"
Write = Callable[[Record], str]
BOTH = pytest.mark.parametrize("write", [make_bibtex, make_biblatex])


def read_case() -> tuple[dict[str, Record], dict[str, object]]:
    records, faults = read_records("yaml", (CASE / "names.yaml").read_bytes())
    assert not faults
    return {record.id: record for record in records}, json.loads((CASE / "expected.json").read_text("utf-8"))["bibtex"]


def test_names_titles_and_months_of_the_case() -> None:
    records, expected = read_case()
    (entry,) = bibtexparser.parse_string(make_bibtex(records["names"])).entries
    values = {field.key: field.value for field in entry.fields}
    names = expected["names"]
    assert values["author"] == names["author"]  # type: ignore[index]
    assert values["month"] == names["month"]  # type: ignore[index]
    assert all(re.split(r" or ", part)[0] in values["title"] for part in names["title_holds"])  # type: ignore[index]
    assert (values["volume"], values["number"], values["pages"]) == ("7", "3/4", "e101, e105--e110")
    (read,) = pybtex.database.parse_string(make_bibtex(records["names"]), "bibtex").entries.values()
    persons = read.persons["author"]
    assert len(persons) == names["persons_that_pybtex_reads"]  # type: ignore[index]
    assert persons[0].lineage_names == ["Jr."]
    thesis = {
        field.key: field.value for field in bibtexparser.parse_string(make_bibtex(records["thesis"])).entries[0].fields
    }
    assert thesis["school"] == expected["thesis"]["school"]  # type: ignore[index]


def test_keys_of_the_case_are_readable_in_any_script() -> None:
    records, _ = read_case()
    assert make_keys(records.values()) == {
        "names": "king2020growth",
        "thesis": "odegard2020thesis",
        "chinese": "liming2020yan",
        "arabic": "ly2020drs",
    }
    assert make_key(Record(id="x", title="Соль", authors=(Author("Николай Каразин"),))) == "karazinsol"
    assert make_key(Record(id="x", title="Το αλάτι", authors=(Author("Ελένη Παππά"),))) == "pappaalati"
    assert make_key(Record(id="x", title="🧂", authors=())) == "anonymous"


def test_keys_do_not_depend_on_the_order_of_records() -> None:
    records = [
        Record(
            id=f"p{number}",
            title="Graphs",
            authors=(Author("Ada Doe"),),
            added=PartialDate(2020 + number % 3),
            bibkey="DOEgraphsB" if number == 7 else "",
        )
        for number in range(40)
    ]
    keys = make_keys(records)
    assert len({key.lower() for key in keys.values()}) == 40
    assert keys["p7"] == "DOEgraphsB"
    random.Random(1).shuffle(records)
    assert make_keys(records) == keys
    newer = Record(id="new", title="Graphs", authors=(Author("Ada Doe"),), added=PartialDate(2030))
    assert {**keys, "new": "doegraphsan"} == make_keys([newer, *records])
    assert name_record(records[0], "mine").bibkey == "mine"
    assert records[0].bibkey != "mine"


@pytest.mark.parametrize("name", ["II AA", "Jr. Kern", "Ada Kern, Jr.", "李明"])
def test_a_name_comes_back(name: str) -> None:
    record = Record(id="x", title="X", bibkey="x", authors=(Author(name), Author("Bo Lund")))
    for write in (make_bibtex, make_biblatex):
        (again,), faults = read_records("bibtex", write(record), "a.bib")
        assert again.authors == record.authors
        assert not faults


@pytest.mark.parametrize(
    ("title", "tex"),
    [
        ("Growth of *Artemia salina* in H$_2$O", r"Growth of \emph{Artemia salina} in {H$_2$O}"),
        ("A **Bold** `code` of BERT, GPT-4: why?", r"A \textbf{Bold} code of {BERT}, {GPT-4}: why?"),
        (r"\*b\* -- 'x'' AT&T 5% </i>", r"*b* -{}- 'x'{}' {AT\&T} 5\% {<}/i>"),
        (r"$\{x\}$ and $\left\{ x \right.$ of 5\% $5%$", r"{$\{x\}$} and {$\left\lbrace  x \right.$} of 5\% {$5\%$}"),
        ("&BX of *A*BC", r"{{\&BX}} of {{\emph{A}BC}}"),
        ("[a link](https://salt.example.org/)", "a link"),
    ],
)
def test_titles_keep_emphasis_formulas_and_capitals(title: str, tex: str) -> None:
    assert write_title(parse_text("title", title).spans) == tex


def test_a_formula_whose_braces_do_not_match_is_text() -> None:
    assert write_formula("\\frac{1") == escape_tex("$\\frac{1$")
    assert write_formula("a}, url = {x") == escape_tex("$a}, url = {x$")


def test_biblatex_has_fields_of_its_own() -> None:
    record = Record(
        id="a",
        title="T",
        kind="article",
        venue="Salt",
        date=PartialDate(2020, 6, 9),
        address="Flat City",
        language="de",
        arxiv="2001.00001",
        category="cs.CL",
        links=(Link("url", "https://salt.example.org/a_b%20c"),),
    )
    assert (
        make_biblatex(record, "k")
        == """@article{k,
  title = {T},
  journaltitle = {Salt},
  date = {2020-06-09},
  location = {Flat City},
  eprint = {2001.00001},
  eprinttype = {arxiv},
  eprintclass = {cs.CL},
  url = {https://salt.example.org/a_b%20c},
  langid = {german}
}"""
    )
    master = Record(id="m", title="M", kind="thesis", publisher="Flat University", extra={"type": "Master's thesis"})
    assert make_bibtex(master).startswith("@mastersthesis{anonymous,")
    assert "institution = {Flat University},\n  type = {Master's thesis}" in make_biblatex(master)


@BOTH
def test_a_retraction_is_written(write: Write) -> None:
    record = Record(id="a", title="T", note="Errata exist", retracted="Its data were made up.")
    assert "note = {Errata exist; Retracted: Its data were made up.}" in write(record)
    (again,), _ = read_records("bibtex", write(record))
    assert (again.note, again.retracted) == (record.note, record.retracted)


HOSTILE = (
    "} , evil = {x",
    "}}\n@misc{evil, title={x}}",
    '" , evil = "x',
    "\\",
    "\\}",
    "$}, evil = {x$",
    "{",
    "}",
    "%",
    "@misc{evil,",
    "a and b",
    ", ,",
    "{a} and {b}",
    "#",
)


@BOTH
@pytest.mark.parametrize("text", HOSTILE)
def test_no_value_adds_an_entry_or_a_field(write: Write, text: str) -> None:
    plain = " ".join(text.split())
    record = Record(
        id="a",
        title=f"x {plain}",
        authors=(Author(f"Ada {plain}"), Author("B")),
        kind="article",
        venue=plain,
        booktitle="",
        volume=plain,
        issue=plain,
        pages=plain,
        publisher=plain,
        series=plain,
        address=plain,
        note=plain,
        links=(Link("url", "https://salt.example.org/}{\\,%20"),),
    )
    text = write(record)
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks
    (entry,) = library.entries
    (other,) = pybtex.database.parse_string(text, "bibtex").entries.values()
    known = {field.key for field in entry.fields}
    assert "evil" not in known
    assert {*map(str.lower, other.fields), "author"} == known
    assert len(other.persons["author"]) == 2


# Signs that no text keeps (controls, lone surrogates), the plane that importers use for marks, and words for nothing.
TEXT = (
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co", "Zl", "Zp"]), min_size=1, max_size=40
    )
    .map(lambda text: " ".join(unicodedata.normalize("NFC", text).split()))
    .filter(lambda text: any(map(str.isalnum, text)) and not is_missing(text))
)
TITLES = st.one_of(
    TEXT.map(escape_inline),
    st.lists(
        st.sampled_from(
            [
                "salt",
                "BERT",
                "*Artemia salina*",
                "**bold**",
                "$x_1$",
                "H$_2$O",
                "$\\{a\\}$",
                "5%",
                "A&B",
                "\\*",
                "“q”",
                "a--b",
                "盐",
            ]
        ),
        min_size=1,
        max_size=6,
    ).map(" ".join),
)
# A comma turns a name, and one in signs of Chinese has no order to turn: names with commas are listed.
NAMES = st.one_of(
    TEXT.filter(lambda name: "," not in name),
    st.sampled_from(
        [
            "Ada Kern",
            "Robert King, Jr.",
            "Anna van der Meer",
            "Øyvind Ødegård",
            "李明",
            "Salt and Flats Working Group",
            "Plato",
            "Foo, Inc.",
        ]
    ),
)
KEPT = (
    "volume",
    "issue",
    "pages",
    "publisher",
    "series",
    "address",
    "note",
    "doi",
    "arxiv",
    "category",
    "pmid",
    "isbn",
)
RECORDS = st.builds(
    Record,
    id=st.just("key"),
    bibkey=st.just("key"),
    title=TITLES,
    authors=st.lists(st.builds(Author, NAMES), max_size=3).map(tuple),
    editors=st.lists(st.builds(Author, NAMES), max_size=2).map(tuple),
    kind=st.sampled_from(["article", "inproceedings", "chapter", "book", "thesis", "report", "misc"]),
    date=st.one_of(st.none(), st.builds(PartialDate, st.integers(1900, 2100), st.integers(0, 12))),
    venue=st.one_of(st.just(""), TEXT),
    volume=st.one_of(st.just(""), TEXT),
    issue=st.one_of(st.just(""), TEXT),
    pages=st.sampled_from(["", "1", "12–19", "e101, e105–e110"]),
    publisher=st.one_of(st.just(""), TEXT),
    series=st.one_of(st.just(""), TEXT),
    address=st.one_of(st.just(""), TEXT),
    note=st.one_of(st.just(""), TEXT),
    retracted=st.sampled_from(["", "Its data were made up."]),
    doi=st.sampled_from(["", "10.5555/a_b(c)<d>"]),
    arxiv=st.sampled_from(["", "2001.00001v2", "hep-th/9901001"]),
    pmid=st.sampled_from(["", "123"]),
    isbn=st.sampled_from(["", "978-0-306-40615-7"]),
    language=st.sampled_from(["", "de", "en", "ar"]),
    tags=st.sampled_from([(), ("salt", "salt-flats")]),
    links=st.sampled_from([(), (Link("url", "https://salt.example.org/a_b?c=%7Bd#e~f"),)]),
    extra=st.sampled_from([{}, {"et_al": True}]),
)


@BOTH
@try_examples(60)
@given(record=RECORDS)
def test_a_record_comes_back_from_its_entry(write: Write, record: Record) -> None:
    # A category is arXiv's, and a list of authors that goes on has authors.
    assume(not record.extra or record.authors)
    (again,), _ = read_records("bibtex", write(record))
    assert text_of(again, "title").inline == text_of(record, "title").inline
    for name in ("authors", "editors"):
        mine, theirs = ([divide_name(person.name) for person in getattr(one, name)] for one in (record, again))
        assert mine == theirs
    for name in KEPT:
        assert getattr(again, name) == getattr(record, name), name
    assert (again.venue or again.booktitle) == record.venue
    preprint = record.kind in ("misc", "article") and record.arxiv and not record.venue
    assert again.kind == ("preprint" if preprint else record.kind)
    assert (again.retracted, again.language, again.tags) == (record.retracted, record.language, record.tags)
    assert (again.date.iso if again.date else "") == (record.date.iso if record.date else "")
    assert again.links == record.links
    assert again.extra.get("et_al") == record.extra.get("et_al")
    assert find_year(again) == find_year(record)
    assert {field.name for field in fields(Record)} >= set(KEPT)
