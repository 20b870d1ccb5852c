"""Values of foreign files: each in the forms in which people write it, mended or left out with a warning."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperbound.formats.yamlrecord import write_record
from paperbound.importers.dialects import from_html, from_latex, from_mixed, from_plain, to_plain
from paperbound.importers.foreign import make_foreign
from paperbound.importers.importer import ReadContext
from paperbound.importers.names import show_name, split_names
from paperbound.markup.texts import text_of
from paperbound.model.errors import Fault
from paperbound.model.record import FIELDS, Author, Origin, Record, Signal
from surroundings import read_records, try_examples

CASES = Path(__file__).parent / "cases"


def make(**values: Any) -> tuple[Record | None, list[Fault]]:
    faults: list[Fault] = []
    origin = Origin("f.x", 7, native=False)
    return make_foreign({"title": "T", **values}, origin, ReadContext(faults.append)), faults


def read_case(name: str) -> tuple[dict[str, Record], list[Fault]]:
    records, faults = read_records("jsonl", (CASES / name).read_bytes(), name.rpartition("/")[2])
    assert all(fault.warning for fault in faults)
    return {record.id: record for record in records}, faults


def names(record: Record) -> list[str]:
    return [author.name for author in record.authors]


def iso(record: Record) -> str | None:
    return record.date.iso if record.date else None


def test_rows_case() -> None:
    records, faults = read_case("rows/rows.jsonl")
    expected = json.loads((CASES / "rows" / "expected.json").read_text("utf-8"))["rows.jsonl"]
    for ident in ("r1", "r2", "r3", "r5"):
        title = expected[ident]["title"].split(" (or ")[0]
        assert records[ident].title in (title, title.replace("37$^\\circ$C", "37 °C") + ", 85% of R&D")
        assert names(records[ident]) == expected[ident].get("authors", ["Ann Lee"])
    assert records["r5"].title == "Growth of *Artemia* in H$_2$O at 37 °C, 85% of R&D"
    assert records["r2"].extra == {"et_al": True}
    assert [iso(records[ident]) for ident in ("r1", "r2", "r3", "r4", "r5")] == [
        "2015-05", "2019-06-04", "2021-03-04", "2021", None,
    ]  # fmt: skip
    assert records["r3"].abstract == expected["r3"]["abstract"]
    mended = records["r4"]
    assert (mended.doi, mended.arxiv, mended.category) == ("10.5555/ABC<1>", "2101.00001v3", "cs.CL")
    assert mended.find_link("pdf") == expected["r4"]["links"]["pdf"]
    assert mended.find_link("url") == "http://salt.example.org/author/1.html"
    # Each mend is a warning with line and field.
    assert {(fault.line, fault.field) for fault in faults} == {
        (1, "title"), (1, "authors"), (2, "title"), (2, "authors"), (2, "date"), (3, "title"), (3, "date"), (3, "abstract"),
        (4, "doi"), (4, "arxiv"), (4, "links"), (5, "title"), (5, "date"),
    }  # fmt: skip
    assert any("html>," in fault.message for fault in faults)


def test_years_case() -> None:
    records, faults = read_case("pitfalls/years.jsonl")
    expected = json.loads((CASES / "pitfalls" / "expected.json").read_text("utf-8"))["years.jsonl"]
    first = records["y1"]
    assert (first.arxiv, first.tags, first.summary, first.kind, iso(first), first.venue) == (
        "2101.00009", ("salt",), "Mine.", "article", "2021", "JSF",
    )  # fmt: skip
    assert names(records["y2"]) == expected["y2"]["authors"]
    assert names(records["y3"]) == expected["y3"]["authors"]
    assert (iso(records["y4"]), iso(records["y5"]), iso(records["no-id"])) == (None, "2020", "2019")
    last = records["y7"]
    assert (names(last), last.abstract, last.venue, last.doi, iso(last)) == (["Ann Lee"], "", "", "", "2020")
    assert [(fault.line, fault.field) for fault in faults] == [(4, "year"), (5, "year")]


def test_dates_case() -> None:
    records, faults = read_case("pitfalls/dates.jsonl")
    expected = json.loads((CASES / "pitfalls" / "expected.json").read_text("utf-8"))["dates.jsonl"]
    for ident, value in expected.items():
        date, _, lossy = value.partition(", ")
        assert iso(records[ident]) == (None if date == "none" else date), ident
        line = int(ident[1:]) + 1
        lost = [fault for fault in faults if fault.line == line and "read as" not in fault.message]
        assert bool(lost) == bool(lossy), ident


def test_arrays_and_objects_one_after_another_are_read() -> None:
    records, faults = read_case("pitfalls/array.json")
    assert ([one.title for one in records.values()], faults) == (["In an array", "Another"], [])
    records, faults = read_records("jsonl", '{\n"title": "A"\n}\n{"title": "B"}', "a.json")
    assert [(one.title, one.origin.line) for one in records] == [("A", 1), ("B", 4)]
    records, faults = read_records("jsonl", '{"data": [{"title": "A"}, {"title": "B"}]}', "a.json")
    assert ([one.title for one in records], faults) == (["A", "B"], [])


@pytest.mark.parametrize(
    ("text", "titles", "line", "words"),
    [
        ('{"message": "Not Found", "status": 404}', [], 1, "no paper: 'Not Found'"),
        ('{"error": {"code": 429}}', [], 1, "429"),
        ('[{"title": "A"},\n {"title": "B"}, {"tit', ["A", "B"], 2, "not JSON from here on"),
        ('{"title": "A"}\n{"title": \n{"title": "B"}', ["A", "B"], 2, "not JSON"),
        ('{"title": "A"}\n[1]\n"x"', ["A"], 2, "not a JSON object"),
        ('[{"title": "A"}, 5]', ["A"], 1, "not a JSON object"),
        ('{"id": "x"}', [], 1, "without a title is left out: 'x'"),
        ("", [], 1, "empty"),
        ("[" * 100_000, [], 1, "no JSON object"),
    ],
)
def test_what_is_no_row_is_named_and_the_rest_is_read(text: str, titles: list[str], line: int, words: str) -> None:
    records, faults = read_records("jsonl", text, "a.json")
    assert [record.title for record in records] == titles
    assert (faults[0].line, faults[0].warning) == (line, True)
    assert words in faults[0].message


def test_a_row_of_other_names_has_our_fields() -> None:
    row = {
        "Title": "A", "author": "Lee, Ann; Lund, Bo", "journal": "JSF", "keywords": "C++; salt", "number": 3.0, "DOI": "10.5/x",
        "github": "https://code.example.org", "year": 2020, "month": "Mar", "rank": 7, "abstrct": "x",
    }  # fmt: skip
    (record,), faults = read_records("jsonl", json.dumps(row), "a.jsonl")
    assert (names(record), record.venue, record.tags) == (["Ann Lee", "Bo Lund"], "JSF", ("c-plus-plus", "salt"))
    assert (record.issue, iso(record), record.find_link("code")) == ("3", "2020-03", "https://code.example.org")
    assert record.extra == {"rank": 7, "abstrct": "x"}
    assert record.doi == ""
    assert [fault.field for fault in faults] == ["doi", "rank", "abstrct"]
    assert "'abstract'" in faults[2].remedy


MENDS: list[tuple[str, Any, Any, str]] = [
    ("doi", "https://doi.org/10.1000/a%28b%29", "10.1000/a(b)", ""),
    ("doi", "doi:10.1000/A\\_b.", "10.1000/A_b", ""),
    ("doi", "10.1000/a&lt;b&gt;", "10.1000/a<b>", ""),
    ("doi", "http://dx.doi.org/10.1000/x?utm=1", "10.1000/x", ""),
    ("doi", "https://doi.org/abc12", "", "is no DOI; left out"),
    ("arxiv", "https://arxiv.org/pdf/2401.00001v2.pdf", "2401.00001v2", ""),
    ("arxiv", "arXiv:hep-th/9901001", "hep-th/9901001", ""),
    ("arxiv", "10.48550/arXiv.2401.00001", "2401.00001", ""),
    ("arxiv", "soon", "", "is no arXiv id"),
    ("pmid", "PMID: 123", "123", ""),
    ("pmid", 123.0, "123", ""),
    ("pmid", "https://pubmed.ncbi.nlm.nih.gov/123/", "123", ""),
    ("isbn", "ISBN 978-0-306-40615-7 (print)", "978-0-306-40615-7", ""),
    ("pages", "12--19", "12–19", ""),
    ("pages", "e101, e105 - e110", "e101, e105–e110", ""),
    ("pages", "pp. 12−19", "12–19", ""),
    ("pages", "12-", "12", ""),
    ("pages", "L1", "L1", ""),
    ("volume", 7.0, "7", ""),
    ("kind", "journal-article", "article", ""),
    ("kind", "PhdThesis", "thesis", ""),
    ("kind", "poem", "", "is no kind of paper"),
    ("language", "English", "en", ""),
    ("language", "pt_BR", "pt-BR", ""),
    ("language", "zho", "zh", ""),
    ("language", "Klingonese!", "", "is no code"),
    ("tags", "C++; C#, Salt flats", ("c-plus-plus", "c-sharp", "salt-flats"), ""),
    ("tags", ["???", "con"], None, "is no topic"),
    ("venue_year", "in 2020", "2020", ""),
    ("retracted", "true", "This paper was retracted.", ""),
    ("retracted", "No", "", ""),
    ("id", "an id\twith blanks", "an-id-with-blanks", ""),
    ("slug", "A Slug!", "a-slug", ""),
    ("bibkey", "lee, 2020", "lee2020", ""),
    ("venue", ["JSF", "x"], "JSF, x", ""),
    ("venue", {"name": "JSF"}, "JSF", ""),
    ("venue", "NaN", "", ""),
    ("venue", float("nan"), "", ""),
    ("note", "JosÃ© â€“ café", "José – café", "UTF-8 that was read as Windows-1252"),
    ("note", "«CAFÉ» Ã propos", "«CAFÉ» Ã propos", ""),
]


@pytest.mark.parametrize(("name", "value", "mended", "words"), MENDS)
def test_values_are_mended_or_left_out(name: str, value: Any, mended: Any, words: str) -> None:
    record, faults = make(**{name: value})
    assert record
    if mended is not None:
        assert getattr(record, name) == mended
    assert [words in fault.message for fault in faults] == [True] * bool(words)
    assert all((fault.file, fault.line, fault.field, fault.warning) == ("f.x", 7, name, True) for fault in faults)


@pytest.mark.parametrize(
    ("address", "mended"),
    [
        ("https://x.org/a b/../c d.pdf", "https://x.org/c%20d.pdf"),
        ("<http://x.org/a>", "http://x.org/a"),
        ("http://x.org/a.html>,", "http://x.org/a.html"),
        ("\\url{https://x.org/a\\_b\\%20c}", "https://x.org/a_b%20c"),
        ("https://x.org/?a=1&amp;b=2", "https://x.org/?a=1&b=2"),
        ("www.x.org/a", "https://www.x.org/a"),
        ("//x.org/a", "https://x.org/a"),
        ("https://https://x.org/a", "https://x.org/a"),
        ("https://x.org/a; https://y.org/b", "https://x.org/a"),
        ("https://x.org/ü", "https://x.org/%C3%BC"),
        ("https://München.de/", "https://xn--mnchen-3ya.de/"),
        ("https://x.org/a?q=[1]", "https://x.org/a?q=[1]"),
        # A file of the old site, which may be in static/.
        ("/files/a.pdf", "files/a.pdf"),
        ("a.pdf", "a.pdf"),
        ("/files/../a.pdf", ""),
        ("files/a.html", ""),
        ("C:\\papers\\a.pdf", ""),
        ("javascript:alert(1)", ""),
        ("ftp://x.org/a", ""),
        ("https://", ""),
    ],
)
def test_addresses_are_those_of_browsers(address: str, mended: str) -> None:
    record, faults = make(links={"pdf": address})
    assert record
    assert record.find_link("pdf") == mended
    assert len(faults) <= 1
    assert mended or repr(address) in faults[0].message


def test_links_of_one_kind_are_all_kept() -> None:
    record, _ = make(links={"Code Repo": ["https://a.org", "https://b.org"], "url": "https://a.org"})
    assert record
    assert {link.kind: link.url for link in record.links} == {
        "code-repo": "https://a.org",
        "code-repo-2": "https://b.org",
    }


def test_people_of_many_forms() -> None:
    record, faults = make(
        authors=[
            "van der Berg, Jan", {"given": "Ada", "family": "Kern", "particle": "de la", "suffix": "Jr."},
            {"literal": "Salt Group and Sons"}, "{Flat and Co}", "Kern, Ada*", "ada@x.org", ",,,", None, float("nan"), "et al.",
            {"name": "Lund, Bo", "orcid": "https://orcid.org/0000-0002-1825-0097", "affiliation": ["A", "B"], "email": "x"},
            {"name": "Cy", "orcid": "0000-0002-1825-0098", "url": "cy.org"},
        ],
        editors="Ann Lee and Bo Lund",
    )  # fmt: skip
    assert record
    assert names(record)[:6] == [
        "Jan van der Berg", "Ada de la Kern, Jr.", "Salt Group and Sons", "Flat and Co", "Ada Kern", "Bo Lund",
    ]  # fmt: skip
    assert record.authors[5:] == (Author("Bo Lund", orcid="0000-0002-1825-0097", affiliation="A; B"), Author("Cy"))
    assert [one.name for one in record.editors] == ["Ann Lee", "Bo Lund"]
    assert record.extra == {"et_al": True}
    assert [fault.message.split("'")[1] for fault in faults] == ["ada@x.org", ",,,", "0000-0002-1825-0098", "cy.org"]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Plato", ["Plato"]),
        ("Ann Lee, Bo Lund and Cy Dorn", ["Ann Lee", "Bo Lund", "Cy Dorn"]),
        ("A. Lee, B. Lund, and C. Dorn", ["A. Lee", "B. Lund", "C. Dorn"]),
        ("Lee, Ann and Lund, Bo", ["Ann Lee", "Bo Lund"]),
        ("van der Berg, Jan Willem", ["Jan Willem van der Berg"]),
        ("Lee, Ann; van der Berg, Jan", ["Ann Lee", "Jan van der Berg"]),
        ("Lee, A., Lund, B.", ["A. Lee", "B. Lund"]),
        ("Martin King, Jr.", ["Martin King, Jr."]),
        ("Ann Lee, Martin King, Jr., Bo Lund", ["Ann Lee", "Martin King, Jr.", "Bo Lund"]),
        ("King, Jr., Martin", ["Martin King, Jr."]),
        ("Ann Lee & Bo Lund", ["Ann Lee", "Bo Lund"]),
        ("Salt & Sons", ["Salt & Sons"]),
        ("{Salt and Flats} and Ann Lee", ["Salt and Flats", "Ann Lee"]),
        ("Ann Lee et al.", ["Ann Lee", "others"]),
        ("Ann Lee|Bo Lund", ["Ann Lee", "Bo Lund"]),
        ("Ann Lee\nBo Lund\n", ["Ann Lee", "Bo Lund"]),
        ("Google, Inc.", ["Google, Inc."]),
        ("Anna Müller und Jan Berg", ["Anna Müller", "Jan Berg"]),
        ("Marie Anne Curie et Pierre Curie", ["Marie Anne Curie", "Pierre Curie"]),
        ("Institut für Salz und Wasser", ["Institut für Salz und Wasser"]),
        ("Santiago Ramón y Cajal", ["Santiago Ramón y Cajal"]),
        ("李明；王芳", ["李明", "王芳"]),
        ("李, 明 and 김, 철수", ["李明", "김철수"]),
        ("Wang, 明", ["明 Wang"]),
        (",,,", []),
        ("", []),
    ],
)
def test_names_are_parted_and_nobody_is_torn_apart(text: str, people: list[str]) -> None:
    assert [show_name(name) for name in split_names(text)] == people


LATEX = {
    r"{\'E}tang \emph{a} \textbf{b \emph{c}} {\em d}": "Étang *a* **b *c*** *d*",
    r"\texttt{x_1} \textsc{Caps} {Braces {In}side}": "`x_1` Caps Braces Inside",
    r"``quoted'' `single' -- and --- A~B": "“quoted” ‘single’ – and — A B",
    r"10\% of R\&D, \$5 \#1 a\_b": "10% of R&D, \\$5 #1 a_b",
    r"as \cite{kern} shows~\cite{a,b}": "as [kern] shows [a,b]",
    r"\url{https://x.org/a_b} \href{https://x.org/}{here}": "<https://x.org/a_b> [here](<https://x.org/>)",
    r"\(x+1\) and \[y\] and $z_1$": "$x+1$ and $$y$$ and $z_1$",
    r"10$\times$10 at 37$^\circ$C": "$10\\times10$ at 37 °C",
    r"\begin{itemize}\item One\item Two\end{itemize}": "- One\n- Two",
    r"Big\textsuperscript{\tiny\textregistered} 1\textsuperscript{st}": "Big® 1$^{st}$",
    r"\unknown{kept} *stars* [x](y)": "kept \\*stars\\* \\[x](y)",
    "$5 and $10": "\\$5 and \\$10",
}
HTML = {
    "<jats:title>Abstract</jats:title><jats:p>A &amp;amp; B</jats:p><jats:p>C</jats:p>": "A & B\n\nC",
    "H<sub>2</sub>O <i>x</i> <b>y</b> <sup>th</sup>": "H₂O *x* **y** $^{\\text{th}}$",
    "<script>alert(1)</script><style>x</style><unknown a='1'>t</unknown><!-- c -->": "t",
    "p < 0.05 & q > 2": "p < 0.05 & q > 2",
    "<ul><li>a</li><li>b</li></ul>": "- a\n- b",
    '<a href="https://x.org/a b">l</a> <a href="javascript:x">m</a>': "[l](<https://x.org/a%20b>) m",
    "<mml:math><mml:msup><mml:mi>x</mml:mi><mml:mn>2</mml:mn></mml:msup></mml:math>": "$x^{2}$",
    '<math alttext="\\alpha_1"><mi>a</mi></math>': "$\\alpha_1$",
}
MIXED = {
    "Entities &amp; a &lt;b&gt;bold&lt;/b&gt; \\emph{claim} &#8211; x < y": "Entities & a **bold** *claim* – x < y",
    "snake_case and *p*": "snake_case and \\*p\\*",
}


@pytest.mark.parametrize(
    ("convert", "text", "markdown"),
    [
        *((from_latex, text, markdown) for text, markdown in LATEX.items()),
        *((from_html, text, markdown) for text, markdown in HTML.items()),
        *((from_mixed, text, markdown) for text, markdown in MIXED.items()),
        (from_plain, "A &amp; *B* $x_1$ <i>", "A & \\*B\\* $x_1$ \\<i>"),
    ],
)
def test_dialects_become_markdown(convert: Any, text: str, markdown: str) -> None:
    assert convert(text) == markdown


def test_texts_of_our_own_rows_are_markdown_beside_latex() -> None:
    assert from_mixed("*a* and _b_ [x](https://x.org)", markdown=True) == "*a* and _b_ [x](https://x.org)"
    assert from_mixed("*a* and \\emph{b} &amp; c", markdown=True) == "*a* and *b* & c"


def test_plain_text_has_no_markup() -> None:
    assert to_plain("{\\'E}tang \\emph{a} <i>b</i> &amp; $x^2$ ~c") == "Étang a b & x^2 c"


def test_a_record_without_a_title_is_left_out_and_named() -> None:
    record, faults = make(title=None, doi="10.1000/x")
    assert record is None
    assert "'10.1000/x'" in faults[0].message


def test_ids_come_from_identifiers_or_the_title() -> None:
    for values, ident in (
        ({"bibkey": "k", "doi": "10.1000/x"}, "k"),
        ({"arxiv": "2401.00001"}, "2401.00001"),
        ({}, "t"),
    ):
        record, _ = make(**values)
        assert record
        assert record.id == ident
    record, _ = make(title="→")
    assert record
    assert record.id == "paper"


def test_a_text_that_is_too_long_costs_the_text() -> None:
    record, faults = make(abstract="x" * 1_000_001)
    assert record
    assert record.abstract == ""
    assert "1,000,001 characters; left out" in faults[0].message


SPICE = (
    "\\emph{", "}", "{", "$", "\\'e", "&amp;", "<b>", "</b>", "10.1000/x", "arXiv:2401.00001v2", "https://x.org/a b", " and ", ";",
    "et al.", "2021-3-4", "NaN", "``", "--", "\x00", "\ud800", "\ufffe", "# ", "- ", "\n", "\t", ": ", "'", '"', "*", "_", "[", "](",
    "`", "C++", "con", "0000-0002-1825-0097", "\\begin{itemize}\\item", "<script>", "&#x110000;", "\\", "%", "~", "$$x$$", "\\(", "Ã©",
    "\U0010ff00", "\U0010ff03",
)  # fmt: skip
TEXTS = st.text(max_size=8) | st.lists(st.sampled_from(SPICE) | st.text(max_size=3), max_size=6).map("".join)
KEYS = TEXTS | st.sampled_from(("name", "given", "family", "literal", "orcid", "affiliation", "url", "id", "pdf"))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)
ROWS = st.dictionaries(st.sampled_from(FIELDS) | TEXTS, VALUES, max_size=6)


@try_examples(400)
@given(ROWS, TEXTS)
def test_any_values_end_in_a_record_that_our_own_files_take(row: dict[str, Any], title: str) -> None:
    faults: list[Fault] = []
    origin = Origin("f.x", 1, native=False)
    record = make_foreign({"title": title, **row}, origin, ReadContext(faults.append), report_forms=True)
    assert all(fault.warning and fault.message and fault.remedy for fault in faults)
    if record is None:
        assert faults
        return
    (back,), errors = read_records("yaml", write_record(record, "a"), "content/papers/a.yaml")
    assert not [fault for fault in errors if not fault.warning]
    # YAML has no numbers: in `extra` they become text.
    assert [getattr(back, name) for name in FIELDS if name != "extra"] == [
        getattr(record, name) for name in FIELDS if name != "extra"
    ]


def as_json(value: Any) -> Any:
    """A field's value as a row of JSON has it."""
    if isinstance(value, tuple) and value and hasattr(value[0], "url") and hasattr(value[0], "kind"):
        return {link.kind: link.url for link in value}
    if isinstance(value, tuple) and value and isinstance(value[0], Signal):
        return {
            one.name: {"value": one.value, "date": one.date and one.date.iso, "source": one.source} for one in value
        }
    if isinstance(value, tuple):
        return [as_json(item) for item in value]
    if isinstance(value, Author):
        return {name: getattr(value, name) for name in ("name", "id", "orcid", "affiliation", "url")}
    if isinstance(value, dict):
        return {key: as_json(inner) for key, inner in value.items()}
    return value.iso if hasattr(value, "iso") else value


@given(ROWS, TEXTS)
def test_any_record_survives_a_line_of_json(row: dict[str, Any], title: str) -> None:
    origin = Origin("a.jsonl", 1, native=False)
    record = make_foreign({"title": title, **row}, origin, ReadContext(lambda _: None))
    if record is None:
        return
    line = json.dumps({name: as_json(getattr(record, name)) for name in FIELDS} | {"markup": "markdown"})
    records, _ = read_records("jsonl", line, "a.jsonl")
    assert records == [record]


def test_a_row_that_says_markdown_is_read_to_the_letter() -> None:
    row = {"id": "a", "title": "{B} \\emph{x} &amp;", "authors": ["Lee, Ann"], "pages": "1--2", "markup": "markdown"}
    (record,), faults = read_records("jsonl", json.dumps(row), "a.jsonl")
    assert (record.title, names(record), record.pages, faults) == ("{B} \\emph{x} &amp;", ["Lee, Ann"], "1--2", [])
    (record,), faults = read_records("jsonl", json.dumps(row | {"date": "soon"}), "a.jsonl")
    assert [fault.field for fault in faults if "soon" in fault.message] == ["date"]


@pytest.mark.parametrize("name", ["doi", "bibkey", "arxiv"])
def test_an_identifier_of_any_length_makes_an_id(name: str) -> None:
    value = {"doi": f"10.1234/{'a' * 400}", "bibkey": "k" * 400, "arxiv": f"{'a' * 400}/0101001"}[name]
    record, _ = make(**{name: value})
    assert record
    assert 1 <= len(record.id) <= 200
    assert not any(map(str.isspace, record.id))


@pytest.mark.parametrize(
    ("latex", "plain"),
    [
        (r"\textless{}tag\textgreater{} and a{\textless}b", "<tag> and a<b"),
        (r"10\degree{}C, \S 5, \copyright{} 2020", "10\u00b0C, \u00a75, \u00a9 2020"),
        (r"\LaTeX{} and \TeX\ x", "LaTeX and TeX x"),
        (r"\AA ngstr\"om, stra\ss e, \DJ okovi\'c", "\u00c5ngstr\u00f6m, stra\u00dfe, \u0110okovi\u0107"),
    ],
)
def test_symbols_of_latex(latex: str, plain: str) -> None:
    assert to_plain(latex) == plain
    record, _ = make(title=from_latex(latex))
    assert record
    assert text_of(record, "title").plain == plain
