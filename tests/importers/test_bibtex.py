"""BibTeX and biblatex: the cases of people's files, faults, parts, files that need each other."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, Entry
from bibtexparser.splitter import Splitter
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from paperbound.importers import find_importer
from paperbound.importers.bibtex.blocks import RawEntry, read_blocks
from paperbound.importers.bibtex.reader import READER
from paperbound.importers.fields import report_unknown
from paperbound.importers.files.opening import merge_offers, open_source
from paperbound.importers.importer import ReadContext
from paperbound.markup.markdown import strip_inline
from paperbound.model.build import Source
from paperbound.model.date import PartialDate
from paperbound.model.errors import Fault
from paperbound.model.record import Record

CASES = Path(__file__).parent / "cases"
Bib = str | bytes | Mapping[str, str | bytes]


def read_files(files: Bib) -> tuple[dict[str, Record], list[Fault]]:
    """The records of files that are read together, by id, and all faults."""
    named = files if isinstance(files, Mapping) else {"a.bib": files}
    faults: list[Fault] = []
    sources = []
    for name, data in named.items():
        opened = open_source(Source(name, data if isinstance(data, bytes) else data.encode()), faults.append, "bibtex")
        assert opened
        sources.append(opened[1])
    assert READER.gather
    shared = merge_offers(map(READER.gather, sources))
    records: list[Record] = []
    for source in sources:
        context = ReadContext(faults.append, {}, {}, shared)
        records += [record for part in READER.split(source) for record in READER.read(part, context)]
        report_unknown(source.file, context.unknown, faults.append)
    assert all(fault.warning and fault.line and fault.remedy for fault in faults)
    return {record.id: record for record in records}, faults


def read_case(folder: str, *names: str) -> tuple[dict[str, Record], list[str], dict[str, object]]:
    records, faults = read_files({name: (CASES / folder / name).read_bytes() for name in names})
    return records, [str(fault) for fault in faults], json.loads((CASES / folder / "expected.json").read_text("utf-8"))


def show(record: Record, field: str) -> object:
    """A value in the form of the expected ones."""
    value: object = getattr(record, field)
    if field in ("authors", "editors"):
        return [person.name for person in getattr(record, field)]
    return value.iso if field == "date" and record.date else value


def check(record: Record, expected: Mapping[str, object]) -> None:
    """Compares a record with its expected values, of which some have names of their own."""
    renamed = {
        "link": record.find_link("url"),
        "keywords": list(record.tags),
        "and_others": bool(record.extra.get("et_al")),
        "venue_or_booktitle": record.venue or record.booktitle,
    }
    for field, value in expected.items():
        if field == "abstract_holds":
            plain = record.abstract.replace("\\$", "$")
            assert all(part in plain for part in value)  # type: ignore[attr-defined]
        elif field == "never_shown":
            assert "/home" not in repr(record)
            assert "unread" not in repr(record)
        else:
            assert renamed.get(field, None if field in renamed else show(record, field)) == value, field


def test_a_bibliography_kept_by_hand() -> None:
    records, faults, expected = read_case("bibtex", "messy.bib")
    assert list(records) == expected["read"]
    for key, values in expected["records"].items():  # type: ignore[attr-defined]
        check(records[key], values)
    (broken,) = [fault for fault in faults if "broken2022" in fault]
    assert broken.startswith("messy.bib:30: the entry 'broken2022' is never closed")
    (address,) = [fault for fault in faults if "percent-encoded" in fault]
    assert address.startswith("messy.bib:15 [url]")
    (kept,) = [fault for fault in faults if "slaccitation" in fault]
    assert "kept in `extra`" in kept
    assert len(faults) == 3


def test_the_bibliography_of_an_al_folio_site() -> None:
    records, faults, _ = read_case("bibtex", "al-folio.bib")
    record = records["flat2024"]
    assert show(record, "authors") == ["Ada Kern", "Bo Lund", "Fritz Found"]
    assert (show(record, "date"), record.awards) == ("2024-11", ("Best Paper",))
    assert record.find_link("url") == "https://salt.example.org/flat"
    assert record.find_link("code") == "https://code.example.org/flat"
    assert record.extra["abbr"] == "JSF"
    assert record.extra["selected"] == "true"
    # Files of the old site, which may be in static/.
    assert [record.find_link(kind) for kind in ("pdf", "slides", "poster")] == ["flat2024.pdf", "s.pdf", "p.pdf"]
    assert record.picture == "flat.gif"
    assert not faults


def test_fields_of_al_folio_and_pelican_beside_the_usual_ones() -> None:
    entry = """@article{a, title={Salt}, url={https://doi.example.org/a}, html={https://salt.example.org/a},
      award={A prize}, award_name={Prize}, tags={salt, brine}}"""
    records, faults = read_files({"a.bib": entry.encode()})
    record = records["a"]
    assert record.find_link("url") == "https://doi.example.org/a"
    assert record.find_link("html") == "https://salt.example.org/a"
    assert record.tags == ("salt", "brine")
    assert not faults


def test_an_export_of_better_bibtex() -> None:
    records, faults, expected = read_case("biblatex", "export.bib")
    assert list(records) == expected["read"]
    for key, values in expected["records"].items():  # type: ignore[attr-defined]
        check(records[key], values)
    assert [fault for fault in faults if "'file'" in fault and "left behind" in fault]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_files_that_need_each_other(order: tuple[int, ...]) -> None:
    names = ("papers.bib", "strings.bib", "crossref.bib")
    records, faults, expected = read_case("bibtex-strings", *(names[place] for place in order))
    check(records["KerMee2021"], expected["records"]["KerMee2021"])  # type: ignore[index]
    assert set(records) == {"KerMee2021", "Ker2022"}
    assert records["Ker2022"].venue == "jsaltfl"
    (fault,) = faults
    assert fault.startswith("papers.bib:10 [journal]: the string 'jsaltfl' is defined in none of the files; its name")


def test_a_file_without_the_files_that_it_needs() -> None:
    records, faults, _ = read_case("bibtex-strings", "papers.bib")
    assert set(records) == {"KerMee2021", "Ker2022"}
    assert show(records["KerMee2021"], "authors") == ["Kern_A", "Meer", "Cy Dorn", "Di Eck"]
    named = [fault.split("'")[1] for fault in faults]
    assert sorted(named) == ["Kern_A", "Meer", "jsaltfl", "sss2021"]


def test_files_in_other_encodings() -> None:
    records, faults, expected = read_case("bibtex-encoding", "jabref.bib", "utf16.bib", "broken.bib")
    values = dict(expected["jabref.bib"]["halé2012"])  # type: ignore[index]
    reported, left_out = values.pop("told"), values.pop("left_out")
    check(records["halé2012"], values)
    assert [fault for fault in faults if reported in fault]
    assert all(any(repr(name) in fault for fault in faults) for name in left_out)
    assert not records["halé2012"].extra
    check(records["novak2013"], expected["utf16.bib"]["novak2013"])  # type: ignore[index]
    assert show(records["mixed2014"], "authors") == ["José Póczos"]
    assert [fault for fault in faults if fault.startswith("broken.bib:1: byte 0xe9 is not UTF-8")]


def test_an_entry_of_the_astrophysics_data_system() -> None:
    records, _, expected = read_case("ads", "ads.bib")
    values = dict(expected["ads.bib"]["2021ApJ...900L...1K"])  # type: ignore[index]
    title = str(values.pop("title")).removesuffix(" (the star is no emphasis)")
    check(records["2021ApJ...900L...1K"], values)
    assert strip_inline(records["2021ApJ...900L...1K"].title) == title


PRODUCERS: dict[str, tuple[Any, ...]] = {
    "PMLR": (
        """@InProceedings{pmlr-v1-kern19a,
  title = 	 {Salt in {$\\\\ell_1$} and \\\\emph{Brine}},
  author =       {Kern, Ada and Lund, Bo},
  booktitle = 	 {Proceedings of the 1st Conference on Salt},
  month = 	 {09--15 Jun}, year = 	 {2019}, volume = 	 {1}, series = 	 {Proceedings of Salt Research},
  publisher =    {PMLR}, pdf = {http://salt.example.org/v1/kern19a.pdf},
  abstract = 	 {We show $\\\\mathcal{O}(\\\\sqrt{n})$ for 5\\\\% of salts.}
}""",
        {
            "title": r"Salt in $\ell_1$ and *Brine*",
            "date": "2019-06",
            "series": "Proceedings of Salt Research",
            "abstract": r"We show $\mathcal{O}(\sqrt{n})$ for 5% of salts.",
        },
    ),
    "Google Scholar": (
        """@article{kern2017salt,
  title={Salt is all you need},
  author={Kern, Ada and Lund, Bo and others},
  journal={arXiv preprint arXiv:1706.00001},
  year={2017}
}""",
        {"arxiv": "1706.00001", "kind": "preprint", "venue": "", "and_others": True},
    ),
    "DBLP": (
        """@article{DBLP:journals/corr/abs-2003-01234,
  author       = {Ada Kern and
                  Bo Lund 0001},
  title        = {Salt on {GPU}s},
  journal      = {CoRR},
  volume       = {abs/2003.01234},
  year         = {2020},
  eprinttype    = {arXiv},
  eprint       = {2003.01234},
  timestamp    = {Tue, 10 Mar 2020 13:33:48 +0100},
  biburl       = {https://dblp.example.org/rec/journals/corr/abs-2003-01234.bib},
}""",
        {"arxiv": "2003.01234", "kind": "preprint", "venue": "", "volume": "", "title": "Salt on GPUs"},
    ),
    "a publisher with tags": (
        "@article{a, title={Growth of <i>Artemia salina</i> in H<sub>2</sub>O}, journal={Salt &amp; Flats}, year=2020}",
        {"title": "Growth of *Artemia salina* in H₂O", "venue": "Salt & Flats"},
    ),
    "BibDesk": (
        """@misc{b, Title = {T}, Date-Added = {2009-01-01}, Bdsk-Url-1 = {http://salt.example.org/%7Ekern/},
  Bdsk-File-1 = {YnBsaXN0MDA}, Howpublished = {\\url{http://salt.example.org/other}}, Annote = {Read it.}}""",
        {"link": "http://salt.example.org/%7Ekern/", "note": ""},
    ),
    "Mendeley": (
        """@article{c, abstract = {A {\\&} B}, author = {{de la Cruz}, Mar{\\'{i}}a and Kern, A.}, title = {{The Salt}},
  file = {:Users/ada/paper.pdf:pdf}, pmid = {12345678}, mendeley-groups = {salt}, year = {2011}, month = {may}}""",
        {"authors": ["María de la Cruz", "A. Kern"], "title": "The Salt", "pmid": "12345678", "date": "2011-05"},
    ),
    "a thesis": (
        '@mastersthesis{d, author={Kern, Ada}, title={Salt}, school={Flat University}, year=2011, month="10~" # jan}',
        {"kind": "thesis", "publisher": "Flat University", "date": "2011-01-10"},
    ),
    "parentheses": (
        '@ARTICLE( e , TITLE = "Salt" # " and " # {Pepper}, JOURNAL = \\mnras, YEAR = 1999 )',
        {"title": "Salt and Pepper", "date": "1999", "kind": "article"},
    ),
    "names": (
        """@book{f, title={B}, year=2000, editor={{Salt Society, Flat City}}, author={Charles Louis Xavier Joseph de la Vall{\\'e}e Poussin and
  von Berlichingen zu Hornberg, Johann Gottfried and {Barnes and Noble, Inc.} and Hal{\\'e}, {\\relax Ch}arles and
  {NASA} and given=Anna, family={Kern-Lund}, suffix={Jr.} and Ng, A.* and {Flat Coll.}, {B.}}}""",
        {
            "authors": [
                "Charles Louis Xavier Joseph de la Vallée Poussin",
                "Johann Gottfried von Berlichingen zu Hornberg",
                "Barnes and Noble, Inc.",
                "Charles Halé",
                "NASA",
                "Anna Kern-Lund, Jr.",
                "A. Ng",
                "B. Flat Coll.",
            ],
            "editors": ["Salt Society, Flat City"],
        },
    ),
    "names as other people part them": (
        """@misc{i, title={T}, author={Kern, A., Lund, B., Dorn, C.}, year=2000}
@misc{j, title={T}, author={Ada Kern, Bo Lund, and Cy Dorn}, editor={Kern, Ada and }}
@misc{k, title={T}, author={Ada Kern \\& Bo Lund}, editor={Kern, Ada et al.}}
@misc{l, title={T}, author={Salt \\& Sons}, editor={{Salt; Sons}}}""",
        {"authors": ["A. Kern", "B. Lund", "C. Dorn"]},
        {"authors": ["Ada Kern", "Bo Lund", "Cy Dorn"], "editors": ["Ada Kern"]},
        {"authors": ["Ada Kern", "Bo Lund"], "editors": ["Ada Kern"], "and_others": True},
        {"authors": ["Salt & Sons"], "editors": ["Salt; Sons"]},
    ),
    "one name with two words before the comma": (
        "@misc{h, title={T}, author={El Amrani, Mohamed Yassine}, editor={Kern, Ada; Lund, Bo}}",
        {"authors": ["Mohamed Yassine El Amrani"], "editors": ["Ada Kern", "Bo Lund"]},
    ),
    "biblatex": (
        """@inbook{g, title={Chapter}, subtitle={On Salt}, booktitle={Book}, booksubtitle={All of It}, date={2019-12-30/2020-01-02},
  location={Flat City}, eid={e12}, langid={ngerman}, keywords={salt,, Salt Flats;brine}, eprint={123}, eprinttype={pubmed}}""",
        {
            "title": "Chapter: On Salt",
            "booktitle": "Book: All of It",
            "date": "2019-12",
            "address": "Flat City",
            "pages": "e12",
            "language": "de",
            "keywords": ["salt", "salt-flats", "brine"],
            "pmid": "123",
            "kind": "chapter",
        },
    ),
}


@pytest.mark.parametrize("producer", PRODUCERS)
def test_entries_as_producers_write_them(producer: str) -> None:
    text, *expected = PRODUCERS[producer]
    records, _ = read_files(text)
    assert len(records) == len(expected)
    for record, values in zip(records.values(), expected, strict=True):
        check(record, values)


FAULTS = {
    "a string of itself": (
        "@string{a = b # {x}}\n@string{b = a}\n@misc{m, title = a}",
        1,
        "a.bib:3 [title]: the string 'a' is defined by itself (a → b → a); its name stands for the text",
    ),
    "a text without end": (
        "\n".join(
            ["@string{s0={x}}", *(f"@string{{s{n + 1}=s{n} # s{n} # s{n}}}" for n in range(13)), "@misc{m, title=s13}"]
        ),
        1,
        "the string 's11' is made of too many others; its name stands for the text",
    ),
    "strings in a long row": (
        "\n".join([*(f"@string{{s{n}=s{n + 1}}}" for n in range(3_000)), "@misc{m, title=s0}"]),
        1,
        "the string 's50' is made of too many others; its name stands for the text",
    ),
    "parents in a circle": (
        "@inproceedings{m, title={T}, crossref={p}}\n@proceedings{p, crossref={q}}\n@proceedings{q, crossref={p}}",
        1,
        "a.bib:1 [crossref]: the entries p → q → p inherit from each other",
    ),
    "its own parent": ("@book{m, title={T}, crossref={m}}", 1, "the entries m → m inherit from each other"),
    "a field twice": ("@misc{m, title={T},\n Title={U}}", 1, "a.bib:2 [title]: 'title' stands twice in the entry 'm'"),
    "two papers of one key": (
        "@misc{m, title={Salt}}\n@misc{m, title={Pepper}}",
        2,
        "a.bib:2: the key 'm' is that of another paper of this file; this one gets another id",
    ),
    "no equals sign": ("@misc{m, title {T}}\n@misc{n, title={N}}", 1, "a.bib:1: the entry 'm' cannot be read"),
    "no comma before a field": (
        '@misc{m, title = "A {\\"o} B"\n year = {2000}, note = {no a}}',
        1,
        "a.bib:2 [year]: a comma is missing before 'year'; read as if it was there",
    ),
    "an entry without an end": ("@misc{n, title={N}}\n@misc{m, title={T}", 1, "a.bib:2: the entry 'm' is never closed"),
    "no title": ("@misc{m, year=2000}", 0, "a.bib:1 [title]: a record without a title is left out: 'm'"),
    "a local path": (
        "@misc{m, title={T},\npdf={C:/a.pdf}}",
        1,
        "a.bib:2 [pdf]: 'C:/a.pdf' is no web address; left out",
    ),
    "a DOI that is none": ("@misc{m, title={T},\ndoi={none yet}}", 1, "[doi]: 'none yet' is no DOI; left out"),
    "a date that is none": ("@misc{m, title={T}, year={in press}}", 1, "[year]: 'in press' is no date; left out"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_faults_are_named_and_the_rest_is_read(name: str) -> None:
    text, count, message = FAULTS[name]
    records, faults = read_files(text)
    assert len(records) == count
    (fault,) = faults
    assert message in str(fault)


def test_text_outside_of_entries_is_no_entry() -> None:
    text = """---
---
Write to ada@salt.example.org {please}; 100 % of it.
@comment{ jabref-meta: groupstree: {a; b}; }
@comment{@article{old, title = {Old}}
@preamble{"\\newcommand{\\x}[1]{#1}" # "y"}
@misc{one, title = {One}} between them @misc{two, title = {Two % is no comment}}
"""
    records, faults = read_files(text)
    assert [record.title for record in records.values()] == ["One", "Two % is no comment"]
    assert not faults


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_marks_of_files(end: str, mark: bytes) -> None:
    text = "@string{s = {Salt}}\n\n@misc{a, title = s,\n  doi = {x}}"
    records, faults = read_files(mark + text.replace("\n", end).encode())
    assert records["a"].title == "Salt"
    assert [(fault.line, fault.field) for fault in faults] == [(4, "doi")]


def make_file(count: int) -> list[str]:
    kinds = ("article", "misc", "inproceedings")
    return [
        f"@{kinds[number % 3]}{{key{number},\n  title = {{Title {number}}},\n  year = {2000 + number % 20}\n}}\n"
        for number in range(count)
    ]


def test_parts_together_are_the_file() -> None:
    source = Source("a.bib", ("% a head\n\n" + "\n".join(make_file(500))).encode())
    parts = list(READER.split(source))
    assert b"".join(part.data for part in parts) == source.data
    assert len(parts) > 8
    for part in parts:
        assert source.data.split(b"\n")[part.line - 1] == part.data.split(b"\n")[0]
    records, faults = read_files(source.data)
    assert list(records) == [f"key{number}" for number in range(500)]
    assert not faults


def test_a_change_leaves_most_parts_as_they_are() -> None:
    entries = make_file(2_000)
    before = {part.data for part in READER.split(Source("a.bib", "\n".join(entries).encode()))}
    for change in (lambda: entries.insert(700, "@misc{new, title = {New}}\n"), lambda: entries.pop(1_500)):
        change()
        after = {part.data for part in READER.split(Source("a.bib", "\n".join(entries).encode()))}
        assert len(after - before) <= 3
        before = after


@pytest.mark.parametrize(
    ("data", "is_one"),
    [
        (b"% a comment\n@Article {a,", True),
        (b"---\n---\n@string(a = {b})", True),
        (b"ada@salt.example.org\n@media (print) {", False),
        (b"name,mail\nAda,@ada", False),
        (b"", False),
    ],
)
def test_bibtex_is_known_by_its_content(data: bytes, is_one: bool) -> None:
    assert READER.matches(data) is is_one
    assert find_importer("a.bib", b"@misc{a}").name == "bibtex"  # type: ignore[union-attr]


PIECES = st.sampled_from(
    [
        *'@{}()"#=,%\\~$&<>\n',
        "@misc{",
        "@string{",
        "@comment{",
        "title",
        " = ",
        "{a}",
        "crossref",
        "author",
        " and ",
        "é",
        "\ufffe",
    ]
)


@given(st.one_of(st.binary(max_size=200), st.lists(PIECES, max_size=40).map(lambda parts: "".join(parts).encode())))
def test_any_bytes_end_in_records_or_named_faults(data: bytes) -> None:
    read_files(data)
    read_files(b"@misc{a, title = {" + data + b"}, author = {" + data + b"}, url = {" + data + b"}}")


USUAL = """% of a tool
@misc{k, a = {b}, c = "d", e=5, month = jan }
@x{l,
  t={{A} \\"{o} {\\'{e}}},
}
@Article {m ,title={T # {x, "y" = }}, title = other}
@string{s = "x"}
@book(n, title = {P})
@misc{p} @Y{ }
@misc{o, title = s # "y"}"""


@st.composite
def odd_entries(draw: st.DrawFn) -> str:
    """Entries with pieces of syntax put in, without remarks behind %: bibtexparser knows none."""
    text = USUAL
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(text)))
        text = (
            text[:at]
            + draw(PIECES | st.sampled_from(["\\{", "\\\\{", '{"}', "\n  @c {k, ", " ", "x=1,", "}{"]))
            + text[at:]
        )
    return text.replace("%", "")


def parse_by_bibtexparser(text: str) -> list[tuple[str, str, dict[str, str]]]:
    found = []
    for block in Splitter(text).split().blocks:
        doubled = isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock)
        entry = block.ignore_error_block if doubled else block
        if isinstance(entry, Entry):
            fields = {field.key.lower(): field.value for field in entry.fields[::-1]}
            found.append((entry.entry_type, entry.key, fields))
    return found


@settings(deadline=None)
@given(odd_entries())
def test_entries_of_the_usual_form_are_those_of_bibtexparser(text: str) -> None:
    entries = read_blocks(Source("a", text.encode()), lambda _: None)
    found = [(one.kind, one.key, one.fields) for one in entries if one.kind != "string"]
    expected = parse_by_bibtexparser(text)
    assume(not any(re.search(r"\S\s+[A-Za-z]\S*\s*=", value) for _, _, fields in expected for value in fields.values()))
    assert found == expected


def test_fields_without_commas_before_them_are_fields() -> None:
    records, faults = read_files(
        '@misc{m,\n title = "A {B}"\n year = 2000\n month = jan\n note = {x = y} url={https://a.example/} }\n'
        "@misc{n, title = {N = {n}}, note = a # b }\n@string{a = {1}} @string{b = {2}}"
    )
    record = records["m"]
    assert (record.title, record.date, record.note) == ("A B", PartialDate(2000, 1), "x = y")
    assert record.find_link("url") == "https://a.example/"
    assert [(fault.line, fault.field) for fault in faults] == [(3, "year"), (4, "month"), (5, "note"), (5, "url")]
    assert (records["n"].title, records["n"].note) == ("N = n", "12")


def test_lines_of_fields_are_those_of_their_signs() -> None:
    entries = list(read_blocks(Source("a", USUAL.encode(), 10), lambda _: None))
    assert [(one.kind, one.key, one.line, one.lines) for one in entries] == [
        ("misc", "k", 11, {"a": 11, "c": 11, "e": 11, "month": 11}),
        ("x", "l", 12, {"t": 13}),
        ("article", "m", 15, {"title": 15}),
        ("string", "s", 16, {}),
        ("book", "n", 17, {"title": 17}),
        ("misc", "p", 18, {}),
        ("y", "", 18, {}),
        ("misc", "o", 19, {"title": 19}),
    ]
    assert entries[3] == RawEntry("string", "s", 16, {"value": '"x"'}, {})


def test_entries_that_are_never_closed_cost_no_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[int] = []
    monkeypatch.setattr(
        "paperbound.importers.bibtex.blocks.Splitter", lambda text: parsed.append(len(text)) or Splitter(text)
    )
    for piece in ("@a{", "\n@a{", "@a{x,", "\n@misc{k, title = {T"):
        records, faults = read_files(piece * 2_000)
        assert not records
        assert all("is never closed; left out" in fault.message and len(fault.message) < 200 for fault in faults)
        assert {fault.line for fault in faults} == ({1} if "\n" not in piece else set(range(2, 2_002)))
    assert not parsed


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (r"Lund, {\AA}. and \'{A}lvarez, {\~N}u{\~n}o", ["\u00c5. Lund", "\u00d1u\u00f1o \u00c1lvarez"]),
        (r"Kierkegaard, S\o ren and \L ukasz Nowak", ["S\u00f8ren Kierkegaard", "\u0141ukasz Nowak"]),
        (r"{\AA ngstr\"om Lab} and {A and B} AND C, {D and E}", ["\u00c5ngstr\u00f6m Lab", "A and B", "D and E C"]),
    ],
)
def test_names_with_commands_at_their_start(written: str, shown: list[str]) -> None:
    records, faults = read_files(f"@misc{{a, title={{T}}, author={{{written}}}}}")
    assert [author.name for author in records["a"].authors] == shown
    assert not faults


def test_an_export_of_mendeley() -> None:
    records, faults = read_files(
        r"""Automatically generated by Mendeley Desktop 1.19.4

@article{Kern2012,
author = {{\v{S}}koda, P. and Ferr{\'{e}}-D'Amar{\'{e}}, Fran{\c{c}}oise and and Ko{\v{z}}en{\'{y}}, {\L}. and {\H{O}}ry, {\O}.},
arxivId = {1207.0580},
archivePrefix = {arXiv},
eprint = {1207.0580},
mendeley-groups = {Thesis,Thesis/Ch1},
mendeley-tags = {a},
title = {{The {\{}Salt{\}} of {\v{Z}}atec: n{\textgreater}10 {\textless}i{\textgreater}in situ{\textless}/i{\textgreater}}},
}"""
    )
    record = records["Kern2012"]
    names = ["P. Škoda", "Françoise Ferré-D'Amaré", "Ł. Kožený", "Ø. Őry"]
    assert [author.name for author in record.authors] == names
    assert (record.arxiv, record.title, record.extra) == ("1207.0580", r"The {Salt} of Žatec: n\>10 *in situ*", {})
    assert [fault.message.partition(":")[0] for fault in faults] == ["'mendeley-groups', 'mendeley-tags'"]


def test_remarks_between_fields() -> None:
    records, faults = read_files(
        "@misc{a,\n  title = {50\\% of A},\n  % year = {1999},\n  year = {2000}, % the year\n  note = {N} % no comma\n}\n"
        "@misc{b, title = {B}}\n@misc{c, % a remark\n title {C}}"
    )
    assert [(one.title, one.date, one.note) for one in records.values()] == [
        ("50% of A", PartialDate(2000), "N"),
        ("B", None, ""),
    ]
    assert [(fault.line, fault.message[:13]) for fault in faults] == [(8, "the entry 'c'")]
    records, faults = read_files("@misc{d, title={D}, author={Kern, Ada and % the first\n Lund, Bo}}")
    assert [author.name for author in records["d"].authors] == ["Ada Kern", "Bo Lund"]
    assert not faults


def test_addresses_with_commands() -> None:
    records, faults = read_files(
        r"@misc{a, title={T}, doi={https://dx.doi.org/10.1145\slash 1.2\_3}, url={http://x.example/a{\textunderscore}b\slash{}c}}"
    )
    assert (records["a"].doi, records["a"].find_link("url")) == ("10.1145/1.2_3", "http://x.example/a_b/c")
    assert not faults


def test_a_month_that_is_none_is_a_warning() -> None:
    records, faults = read_files("@misc{a, title={T}, date={2021-13}}\n@misc{b, title={U}, date={2021-21}}")
    assert [record.date.iso for record in records.values() if record.date] == ["2021", "2021"]
    assert [(fault.line, fault.field) for fault in faults] == [(1, "date")]


def test_bibtex_of_dblp() -> None:
    records, _ = read_files(
        "@article{DBLP:journals/corr/abs-2001-08361, author = {Wei Wang 0001 and Ming{-}Wei Chang},\n title = {T},\n"
        "journal = {CoRR}, volume = {abs/2001.08361}, year = {2020}, eprinttype = {arXiv}, eprint = {2001.08361}}"
    )
    (record,) = records.values()
    assert [(one.name, one.id) for one in record.authors] == [("Wei Wang", "wei-wang-0001"), ("Ming-Wei Chang", "")]
    assert (record.kind, record.volume, record.arxiv) == ("preprint", "", "2001.08361")


def test_a_percent_sign_before_a_field_loses_no_entry() -> None:
    source = Source("a.bib", b'@misc{k, a = {b}%, c = "d"}\n@misc{o, title = {s}}\n')
    faults: list[Fault] = []
    entries = list(read_blocks(source, faults.append))
    assert not faults
    assert [(one.key, dict(one.fields)) for one in entries] == [
        ("k", {"a": "{b}%", "c": '"d"'}),
        ("o", {"title": "{s}"}),
    ]
