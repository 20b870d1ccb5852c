"""Files of reference managers and libraries: the cases with their right values, and shapes of real producers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from paperbound.importers import find_importer
from paperbound.model.errors import Fault
from paperbound.model.record import Record
from surroundings import read_records

CASES = Path(__file__).parent / "cases"


def read_case(path: str) -> tuple[list[Record], list[Fault]]:
    """The records and faults of a case, by the importer that its content finds."""
    data = (CASES / path).read_bytes()
    importer = find_importer(path, data)
    assert importer
    return read_records(importer.name, data, path)


def read_expected(folder: str) -> Any:
    return json.loads((CASES / folder / "expected.json").read_text())


def names(record: Record) -> list[str]:
    return [author.name for author in record.authors]


def show(record: Record, field: str) -> Any:
    """A field in the form of the expected values."""
    if field == "authors":
        return names(record)
    if field in ("date", "added"):
        value = getattr(record, field)
        return value.iso if value else ""
    return getattr(record, field)


def check(record: Record, expected: dict[str, Any], *fields: str) -> None:
    for field in fields:
        assert show(record, field) == expected[field], field


def test_ris_of_a_publisher() -> None:
    records, faults = read_case("ris/publisher.ris")
    first, second, third = read_expected("ris")["records"]
    assert len(records) == 3
    check(records[0], first, "title", "authors", "date", "volume", "issue", "pages", "doi", "abstract")
    assert [editor.name for editor in records[0].editors] == first["editors_or_series_editors"]
    assert list(records[0].tags) == first["keywords"]
    check(records[1], second, "title", "kind", "booktitle", "date")
    check(records[2], third, "title", "kind")
    assert [(fault.line, fault.field) for fault in faults] == [(27, "date"), (29, "ER")]


def test_pubmed() -> None:
    (record,), faults = read_case("nbib/pubmed.nbib")
    (expected,) = read_expected("nbib")["pubmed.nbib"]
    assert not faults
    check(record, expected, "pmid", "title", "authors", "date", "venue", "pages", "doi", "language")
    assert record.authors[0].orcid == expected["orcid_of_first"]


def test_csl_of_zotero() -> None:
    records, faults = read_case("csl/library.json")
    expected = read_expected("csl")["records"]
    assert [record.id for record in records] == list(expected)
    first = expected["meerSaltStory2021"]
    assert records[0].title in first["title"]
    fields = ("authors", "date", "kind", "booktitle", "pages", "doi", "arxiv", "language", "bibkey")
    check(records[0], first, *fields)
    check(records[1], expected["2"], "date", "kind", "volume")
    assert (records[2].kind, records[2].date and records[2].date.iso, records[2].authors) == ("thesis", "1990", ())
    assert any("'circa 1990'" in fault.message for fault in faults)
    assert any("season 2" in fault.message for fault in faults)


@pytest.mark.parametrize(
    ("name", "text", "fields"),
    [
        # EndNote: keywords in lines, a name of a group with a comma at its end, a page range in SP.
        (
            "ris",
            "TY  - JOUR\nAU  - Salt Flat Working Group,\nTI  - T\nKW  - salt\nsea salt\nSP  - 1-2\nID  - 12\nER  - \n",
            {"authors": ["Salt Flat Working Group"], "tags": ("salt", "sea-salt"), "pages": "1–2", "bibkey": ""},
        ),
        # Scopus: one tag AB twice with the same text, authors with semicolons.
        (
            "ris",
            "TY  - CONF\nTI  - T\nAU  - Kern, A.; Lund, B.\nAB  - Text.\nAB  - Text.\nC3  - Proc. Salt\nER  -\n",
            {"authors": ["A. Kern", "B. Lund"], "abstract": "Text.", "booktitle": "Proc. Salt"},
        ),
        # Without spaces after names, a year with slashes, addresses in one value, an address of a DOI.
        (
            "ris",
            "TY  - JOUR\nAU  - Kern,Ada E.\nPY  - 1948/07//\nTI  - T\nUR  - https://a.example/x;y; https://b.example/p.pdf\n"
            "UR  - https://doi.org/10.5555/1\nER  - \n",
            {"authors": ["Ada E. Kern"], "date": "1948-07", "doi": "10.5555/1"},
        ),
        # A book, its series, and an ISBN among ISSNs; day and year in two tags.
        (
            "ris",
            "TY  - BOOK\nBT  - A Book\nT2  - Salt Series\nSN  - 1234-5678\n978-0-306-40615-7\nPY  - 2004\nDA  - JUN 8\n"
            "ER  - \n",
            {"title": "A Book", "series": "Salt Series", "isbn": "978-0-306-40615-7", "date": "2004-06-08"},
        ),
        (
            "ris",
            "TY  - JOUR\nTI  - RETRACTED: Salt <i>in</i> H<sub>2</sub>O &amp; x <y> z\nPY  - 2021\nDA  - 2020/12/15\nER  - \n",
            {"title": "Salt *in* H₂O & x \\<y> z", "retracted": "This paper was retracted.", "venue_year": "2021"},
        ),
        # Medline: an article's number, a day, names without full forms.
        (
            "nbib",
            "PMID- 1\nTI  - On fleas.\nPG  - e22178\nDP  - 2023 Apr 25\nAU  - van der Meer AM\nAU  - King RB Jr\nOT  - Amber\n"
            "PT  - Retracted Publication\nLID - 10.5555/x [doi]\n\nPMID- 2\nTI  - Second.\n",
            {
                "title": "On fleas",
                "pages": "e22178",
                "date": "2023-04-25",
                "authors": ["A. M. van der Meer", "R. B. King, Jr."],
                "tags": ("amber",),
                "retracted": "This paper was retracted.",
            },
        ),
        (
            "wos",
            "FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU Kern, A\n   Lund, B\nAF Kern, Ada\n   Lund, Bo\nCA Salt Group\n"
            "TI Salt and\n   brine\nSO JOURNAL OF SALT\nLA English\nDT Article\nDE salt; sea\n   salt\nOI Kern, Ada/0000-0002-1825-0097\n"
            "PD JUN 8\nPY 2004\nVL 43\nBP 7\nEP 16\nDI 10.5555/w\nCR OLD P, 1986, V1\nER\n\nEF\n",
            {
                "title": "Salt and brine",
                "authors": ["Ada Kern", "Bo Lund", "Salt Group"],
                "tags": ("salt", "sea-salt"),
                "date": "2004-06-08",
                "pages": "7–16",
                "language": "en",
            },
        ),
        (
            "endnote",
            "%0 Conference Proceedings\n%T Salt\n%A Kern, Ada\n%A Lund, Bo\n%B Salt Symposium\n%P 12-9\n%D 2019\n%K salt\nbrine\n"
            "%@ 123456789X\n%F kern2019salt\n",
            {
                "kind": "inproceedings",
                "authors": ["Ada Kern", "Bo Lund"],
                "booktitle": "Salt Symposium",
                "tags": ("salt", "brine"),
                "bibkey": "kern2019salt",
            },
        ),
        # Crossref's and Mendeley's CSL: lists of titles, an affiliation, a range of days, a name in one piece.
        (
            "csl",
            '[{"type": "journal-article", "title": ["<jats:p>T</jats:p>"], "container-title": ["J"], "author": [{"family": '
            '"Kern", "given": "Ada", "ORCID": "http://orcid.org/0000-0002-1825-0097"}, {"name": "Salt Group"}],'
            '"issued": {"date-parts": [[2020, 1, 5], [2020, 1, 9]]}, "keyword": "a, b"}]',
            {"kind": "article", "title": "T", "venue": "J", "authors": ["Ada Kern", "Salt Group"], "date": "2020-01"},
        ),
    ],
)
def test_shapes_of_producers(name: str, text: str, fields: dict[str, Any]) -> None:
    found = find_importer("x.txt" if name != "csl" else "x.json", text.encode())
    assert found
    assert found.name == name
    records, _ = read_records(name, text)
    for field, value in fields.items():
        assert show(records[0], field) == value, field


def test_losses_are_reported() -> None:
    text = "TY  - JOUR\nTI  - T\nN1  - a private note\nXX  - ?\nL1  - file:///C:/paper.pdf\nER  - \n"
    (record,), faults = read_records("ris", text)
    assert record.extra == {"XX": "?"}
    assert {fault.field for fault in faults} == {"N1", "links"}
    assert not record.links


def test_large_files_are_split_at_entries() -> None:
    text = "".join(f"TY  - JOUR\r\nTI  - Title {number}\r\nER  - \r\n\r\n" for number in range(200))
    importer = find_importer("x.ris", text.encode())
    assert importer
    records, faults = read_records("ris", text)
    assert [record.title for record in records] == [f"Title {number}" for number in range(200)]
    assert [record.origin.line for record in records] == list(range(1, 800, 4))
    assert not faults


TAGGED = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "TY  - JOUR",
                "ER  - ",
                "TI  - T",
                "AU  - ,",
                "DA  - ///",
                "PMID- 1",
                "PT J",
                "ER",
                "%0 Book",
                "%T T",
                "",
                "  x",
            ]
        ),
        st.tuples(
            st.sampled_from(
                "TI AU A2 PY DA KW SP EP UR DO SN N1 ID AF OI BP PG DP LA FAU AUID LID %A %D %K %@".split()
            ),
            st.sampled_from(["  - ", "- ", " "]),
            st.text(max_size=40),
        ).map("".join),
        st.text(max_size=40),
    ),
    max_size=30,
).map("\n".join)


@pytest.mark.parametrize("name", ["ris", "nbib", "wos", "endnote"])
@given(text=TAGGED)
@example(text="TY  - JOUR\n" + "continued\n" * 50_000)
def test_any_tagged_text_ends_in_records_or_faults(name: str, text: str) -> None:
    records, faults = read_records(name, text.encode("utf-8", "replace"))
    assert all(fault.message and fault.line for fault in faults)
    assert all(record.title for record in records)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                "id type title author editor issued date-parts family given literal note keyword URL DOI page event data items "
                "itemType creators tags extra attributes titles types descriptions dates publisher container value authors".split()
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=30,
)


@pytest.mark.parametrize("name", ["csl"])
@given(value=JSON, cut=st.integers(0, 40))
def test_any_json_ends_in_records_or_faults(name: str, value: Any, cut: int) -> None:
    text = json.dumps([value, {"title": "A title", "type": "article"}])
    records, faults = read_records(name, text[: len(text) - cut])
    assert records or faults
    assert all(fault.message for fault in faults)


@pytest.mark.parametrize("name", ["ris", "nbib", "wos", "endnote", "csl"])
@given(data=st.binary(max_size=200))
@example(data=b"[" * 100_000)
@example(data=b'[{"title": ' + b"9" * 5_000 + b"}]")
@example(data=b"<html><body>502 Bad Gateway</body></html>")
@example(data=b"\xff\xfeT\x00Y\x00")
def test_any_bytes_end_in_records_or_faults(name: str, data: bytes) -> None:
    _, faults = read_records(name, data)
    assert all(fault.message for fault in faults)
