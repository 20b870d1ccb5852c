from __future__ import annotations

import json

import pytest

from paperbound.importers import IMPORTERS, find_importer
from paperbound.importers.importer import Importer, Reader
from paperbound.importers.services.acl_anthology import date_from_parts
from paperbound.text import yamltext
from surroundings import read_records as read


def test_yaml_keeps_text_as_text() -> None:
    records, faults = read("yaml", "title: NO\narxiv: 2401.10020\ndate: 2024\nvenue_year: 2024\nvolume: 007\n")
    assert not faults
    assert (records[0].title, records[0].arxiv, records[0].volume) == ("NO", "2401.10020", "007")
    assert records[0].id == "a"


def test_yaml_list_and_null() -> None:
    records, faults = read("yaml", "- {id: x, title: X, venue: ~, doi: }\n- {id: y, title: Y}\n")
    assert [record.id for record in records] == ["x", "y"]
    assert not faults
    assert records[0].origin.line == 1
    assert records[1].origin.line == 2


@pytest.mark.parametrize(
    ("text", "line", "field", "words"),
    [
        ("titel: X\n", 1, "titel", "no field"),
        ("title: X\ndate: 2024-02-30\n", 2, "date", "not a date of the calendar"),
        ("title: X\ntags: reading\n", 2, "tags", "a list is expected"),
        ("title: X\nauthors: [{name: A, nmae: B}]\n", 2, "authors", "no key of an author"),
        ("title: X\nauthors: [{id: a}]\n", 2, "authors", "no name"),
        ("title: X\ntitle: Y\n", 2, "title", "stands twice"),
        ("title: !!python/object:os.system x\n", 1, "", "tag"),
        ("title: X\n<<: {a: b}\n", 2, "", "merge keys"),
        ("title: [a\n", 2, "", "cannot be read"),
        ("title: X\nlinks: {pdf: 'javascript:alert(1)'}\n", 2, "links", "not a web address"),
        ("a: &a [*a]\n", 1, "", "alias|recursive|itself|no field|cannot be read"),
        ("extra: " + "[" * 200 + "]" * 200, 1, "", "nested"),
        ("title: {a: b}\n", 1, "title", "text is expected"),
        ("- x\n", 1, "", "a mapping of fields is expected"),
        ("", 0, "", "empty"),
        ("title: äöü\ntakeaway: b\0\n", 2, "", r"YAML takes no character U\+0000"),
        ("title: ä\n\u0085x: \ufffe\n", 2, "", r"YAML takes no character U\+FFFE"),
        ("title: X\n---\ntitle: Y\n", 2, "", "another document"),
    ],
)
def test_yaml_faults(text: str, line: int, field: str, words: str) -> None:
    import re

    _, faults = read("yaml", text)
    assert [
        fault for fault in faults if fault.line == line and fault.field == field and re.search(words, fault.message)
    ], faults


def test_aliases_that_expand_without_end_are_refused() -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    _, faults = read("yaml", bomb)
    assert any("too many values" in fault.message for fault in faults)


def test_a_long_list_without_aliases_is_none_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yamltext, "_MOST_NODES", 10)
    records, faults = read("yaml", "".join(f"- {{id: p{number}, title: T {number}}}\n" for number in range(50)))
    assert (len(records), faults) == (50, [])
    _, faults = read(
        "yaml", "- {title: A, extra: {a: &a [1, 2, 3, 4, 5], b: &b [*a, *a, *a, *a], c: [*b, *b, *b, *b]}}\n"
    )
    assert any("too many values" in fault.message for fault in faults)


def test_all_faults_of_a_record_are_reported_together() -> None:
    _, faults = read("yaml", "titel: X\ndate: soon\ndoi: nonsense\nlinks: {code: 'ftp://x'}\n")
    assert {fault.field for fault in faults} == {"titel", "date", "doi", "links"}


def test_bytes_that_are_not_utf8_name_their_line() -> None:
    _, faults = read("yaml", b"title: X\nvenue: \xff\n")
    assert [(fault.line, "UTF-8" in fault.message) for fault in faults] == [(2, True)]


def test_markdown_body_goes_into_the_named_field() -> None:
    text = "---\ntitle: X\nbody: abstract\n---\nThe *body*.\n"
    records, faults = read("markdown", text, "content/papers/x.md")
    assert not faults
    assert (records[0].abstract, records[0].summary) == ("The *body*.", "")
    records, _ = read("markdown", "---\ntitle: X\n---\nText.", "content/papers/x.md")
    assert records[0].summary == "Text."


def test_markdown_lines_count_the_front_matter() -> None:
    _, faults = read("markdown", "---\ntitle: X\ndate: never\n---\n", "content/papers/x.md")
    assert [fault.line for fault in faults] == [3]
    _, faults = read("markdown", "no front matter", "content/papers/x.md")
    assert "front matter" in faults[0].message


LISTING = (
    "Head\nHead\nSubscribeA*-Decoding: First\nAn abstract of $x^2$ and 50% of \\textbf{all}.\nSecond_title\nText.\n"
)


def test_listing() -> None:
    records, faults = read("listing", LISTING, "page.txt")
    assert not faults
    assert [record.id for record in records] == ["a-decoding-first", "second-title"]
    assert records[0].title == "A*-Decoding: First"
    assert records[0].abstract == "An abstract of $x^2$ and 50% of all."
    assert records[0].origin.line == 3


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (LISTING + "A title alone\n", 7, "odd number"),
        (LISTING.replace("Second_title", ""), 5, "title is missing"),
        (LISTING.replace("Text.", " \nX"), 6, "abstract is missing"),
        ("no list here\n", 1, "no line begins"),
        ("Subscribe" + "x" * 500 + "\nabstract\n", 1, "500 characters"),
        ("", 1, "no line begins"),
    ],
)
def test_broken_listings_name_the_line(text: str, line: int, words: str) -> None:
    records, faults = read("listing", text, "page.txt")
    assert not records
    assert [fault for fault in faults if fault.line == line and words in fault.message], faults


def test_listing_can_skip_lines() -> None:
    records, faults = read("listing", "Head\nOne\nText\n", "page.txt", skip=1)
    assert [record.title for record in records] == ["One"]
    assert not faults


ROW = {
    "id": "P99-1",
    "title": "A <b> & $\\lambda$ row_",
    "title_xml": "A &lt;b&gt; &amp; <tex-math>\\lambda</tex-math> <fixed-case>row</fixed-case>_",
    "authors": ["Ada Lovelace", "B. Other"],
    "author_ids": ["ada-1", None],
    "year": 1999,
    "month": "7-8 June",
    "venue": ["acl", "x"],
    "booktitle": "Proceedings",
    "abstract": "Costs $5 and $10 & *more*.",
    "doi": None,
    "url": "https://example.org/P99-1/",
    "pdf": "https://example.org/P99-1.pdf",
    "pages": "1-2",
    "bibkey": "lovelace-1999",
    "awards": [],
    "language": "fra",
    "ingest_date": "2020-01-02",
}


def test_anthology_rows() -> None:
    records, faults = read("jsonl", json.dumps(ROW), "a.jsonl")
    assert not faults
    record = records[0]
    assert record.title == "A \\<b> & $\\lambda$ row\\_"
    assert record.abstract == "Costs \\$5 and \\$10 & \\*more\\*."
    assert record.date
    assert (record.date.iso, record.venue, record.language, record.authors[0].id) == ("1999-06", "acl", "fr", "ada-1")
    assert {link.kind for link in record.links} == {"pdf", "url"}
    assert record.added
    assert record.added.iso == "2020-01-02"


@pytest.mark.parametrize("sign", ["venue", "title_xml", "author_ids", "ingest_date"])
def test_a_row_of_the_anthology_is_known_by_what_is_its_own(sign: str) -> None:
    row = {"id": "P99-1", "title": "A", "year": 1999, "month": "June", sign: ROW[sign]}
    (record,), faults = read("jsonl", json.dumps(row), "a.jsonl")
    assert record.date
    assert (record.kind, record.venue_year, record.date.iso) == ("inproceedings", "1999", "1999-06")
    assert not faults


def test_a_row_with_a_year_is_none_of_the_anthology() -> None:
    row = {"title": "A *b*", "year": 1999, "month": "June", "venue": "Rows", "takeaway": "Mine.", "tags": ["a"]}
    (record,), faults = read("jsonl", json.dumps(row), "a.jsonl")
    assert (record.title, record.kind, record.venue, record.venue_year) == ("A *b*", "", "Rows", "")
    assert record.date
    assert (record.takeaway, record.tags, record.date.iso) == ("Mine.", ("a",), "1999-06")
    assert not faults


@pytest.mark.parametrize("extra", [{}, {"venue": ["acl"]}])
@pytest.mark.parametrize("year", ["n.d.", 0.5, 123456, "19"])
def test_a_year_that_is_none_costs_the_date_and_not_the_paper(extra: dict[str, object], year: object) -> None:
    (record,), faults = read("jsonl", json.dumps({"id": "a", "title": "A", "year": year, **extra}), "a.jsonl")
    assert record.date is None
    assert [(fault.line, fault.field, fault.warning) for fault in faults] == [(1, "date" if extra else "year", True)]
    assert repr(str(year)) in faults[0].message


def test_a_bad_identifier_of_a_foreign_row_costs_the_identifier_not_the_paper() -> None:
    records, faults = read("jsonl", json.dumps(ROW | {"doi": "10.1162/"}), "a.jsonl")
    assert records[0].doi == ""
    assert [(fault.field, fault.warning) for fault in faults] == [("doi", True)]


def test_json_lines_of_papers() -> None:
    rows = '{"arxiv": "2401.00001", "title": "X", "rank": 3, "abstrct": 1}\n\n{"title": "Y", "abstrct": 4, "authors": ["A"]}\n'
    records, faults = read("jsonl", rows, "a.jsonl")
    assert [record.id for record in records] == ["2401.00001", "y"]
    assert [(fault.field, fault.warning, "2 records" in fault.message) for fault in faults] == [
        ("rank", True, False),
        ("abstrct", True, True),
    ]
    assert "kept in `extra`" in faults[0].message
    assert "'abstract'" in faults[1].remedy
    assert records[0].extra == {"rank": 3, "abstrct": 1}


@pytest.mark.parametrize("line", ["{", "[]", '"x"', "{'a': 1}"])
def test_lines_that_are_no_json_objects_are_named(line: str) -> None:
    _, faults = read("jsonl", f'{{"title": "X"}}\n{line}\n', "a.jsonl")
    assert [fault.line for fault in faults] == [2]


def test_importers_are_found() -> None:
    names = {
        file: importer.name if (importer := find_importer(file, data)) else None
        for file, data in {
            "a.yaml": b"",
            "a.YML": b"",
            "a.md": b"",
            "a.jsonl": b"",
            "a.txt": b"x\nSubscribeY",
            "b.txt": b"notes",
            "a.pdf": b"",
        }.items()
    }
    assert names == {
        "a.yaml": "yaml",
        "a.YML": "yaml",
        "a.md": "markdown",
        "a.jsonl": "jsonl",
        "a.txt": "listing",
        "b.txt": None,
        "a.pdf": None,
    }


@pytest.mark.parametrize("importer", IMPORTERS, ids=lambda importer: importer.name)
def test_every_row_names_a_module_with_a_reader(importer: Importer) -> None:
    assert isinstance(importer.reader, Reader)
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in importer.suffixes)


@pytest.mark.parametrize(
    ("month", "iso"),
    [
        ("17-20 June", "1999-06"),
        ("20 October", "1999-10-20"),
        ("July 18-22", "1999-07"),
        ("October 29 – November 1", "1999-10"),
        ("Septemer", "1999-09"),
        ("August 28th", "1999-08-28"),
        ("August 28th and 29th", "1999-08"),
        ("12", "1999-12"),
        ("DECEMBER", "1999-12"),
        ("27--30 January", "1999-01"),
        ("February 30", "1999-02"),
        ("", "1999"),
        ("spring", "1999"),
    ],
)
def test_months_as_proceedings_spell_them(month: str, iso: str) -> None:
    assert date_from_parts(1999, month).iso == iso


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ("date: 2021-3-4", "Write 2021-03-04."),
        ("date: Spring 2020", "Write 2020."),
        ("doi: https://www.doi.org/10.1000/a_b", "Write 10.1000/a_b."),
        ("arxiv: 'arXiv:2401.00001v2 [cs.CL]'", "Write 2401.00001v2."),
        ("links: {pdf: https://x.org/a.pdf, code: 'https://x.org/a b'}", "Write https://x.org/a%20b."),
        ("tags: [C++, salt]", "Write `tags: [c-plus-plus, salt]`."),
        ("authors: Ann Lee and Bo Lund", "Write `authors: [Ann Lee, Bo Lund]`."),
        ("kind: journal-article", "Write article."),
        ("language: English", "Write en."),
        ("id: an id", "Write an-id."),
        ("date: soon", "Write YYYY, YYYY-MM or YYYY-MM-DD, a day that exists."),
        ('venue: "a \\q b"', "In double quotes a backslash begins an escape: double it, or use single quotes."),
        ("venue: 'Don't'", "In single quotes an apostrophe is doubled (''): or use double quotes around the text."),
        ("\tvenue: x", "Indent with spaces: YAML takes no tabs there."),
        ("venue: @x", "A value cannot begin with '@': put it into quotes."),
        ("venue: `x`", "A value cannot begin with '`': put it into quotes."),
        ("venue: a: b", "Check the indentation; put text with ': ' into quotes."),
        ('venue: "a', "Close the quotation mark, or leave it out."),
    ],
)
def test_faults_of_our_own_files_say_what_to_write(line: str, remedy: str) -> None:
    _, faults = read("yaml", f"title: X\n{line}\n")
    assert [fault.remedy for fault in faults] == [remedy]
    assert not faults[0].warning


def test_a_control_character_of_an_escape_is_explained() -> None:
    records, faults = read("yaml", 'title: "Of \\emph{x}"\n')
    assert [(fault.warning, "backslash of LaTeX is doubled" in fault.remedy) for fault in faults] == [(True, True)]
    assert records
