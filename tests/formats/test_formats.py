from __future__ import annotations

import json

import bibtexparser
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from paperbound.formats.bibtex.entries import make_bibtex
from paperbound.formats.bibtex.tex import escape_tex
from paperbound.formats.metadata import make_article, make_citation_tags
from paperbound.formats.yamlrecord import replace_fields, replace_papers, write_fields, write_record
from paperbound.model.date import PartialDate
from paperbound.model.record import Author, Link, Record
from paperbound.text.yamltext import YamlError
from surroundings import read_records

PAPER = Record(
    id="2501.00895",
    title="Text2Earth: 50% of $x_1$ & *more*",
    authors=(Author("Chenyang Liu"), Author("Ludwig van Beethoven"), Author("Sammy Davis Jr."), Author("李明")),
    date=PartialDate.parse("2025-01-01"),
    venue="IEEE Geoscience Magazine",
    venue_year="2026",
    pages="12–34",
    doi="10.1109/MGRS.2025.3560455",
    arxiv="2501.00895",
    category="cs.CV",
    links=(Link("pdf", "https://example.org/a.pdf"),),
)


def test_bibtex_is_read_by_a_judge() -> None:
    library = bibtexparser.parse_string(make_bibtex(PAPER))
    assert not library.failed_blocks
    entry = library.entries[0]
    assert entry.entry_type == "article"
    fields = {field.key: field.value for field in entry.fields}
    assert fields["title"] == r"{Text2Earth}: 50\% of {$x_1$} \& \emph{more}"
    assert fields["author"] == "Liu, Chenyang and van Beethoven, Ludwig and Davis, Jr., Sammy and {李明}"
    assert fields["year"] == "2026"
    assert fields["pages"] == "12--34"
    assert entry.key == "liu2026text2earth"


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({}, "misc"),
        ({"kind": "thesis"}, "phdthesis"),
        ({"venue": "ICML"}, "inproceedings"),
        ({"venue": "ICML", "volume": "3"}, "article"),
        ({"venue": "Journal of Shelves"}, "article"),
    ],
)
def test_entry_types(fields: dict[str, str], kind: str) -> None:
    assert make_bibtex(Record(id="x", title="X", **fields)).startswith(f"@{kind}{{")  # type: ignore[arg-type]


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=60))
def test_any_title_makes_an_entry_that_is_read(title: str) -> None:
    if not title.strip():
        return
    library = bibtexparser.parse_string(make_bibtex(Record(id="x", title=title, authors=(Author(title),))))
    assert len(library.entries) == 1
    assert not library.failed_blocks


def test_signs_that_tex_reads_are_escaped() -> None:
    assert escape_tex("& % $ # _ { } ~ ^ \\ é") == (
        r"\& \% \$ \# \_ \textbraceleft{} \textbraceright{} \textasciitilde{} \textasciicircum{} \textbackslash{} é"
    )


def test_citation_tags_by_scholars_rules() -> None:
    tags = make_citation_tags(PAPER)
    assert [content for name, content in tags if name == "citation_author"] == [author.name for author in PAPER.authors]
    known = dict(tags)
    assert known["citation_publication_date"] == "2025/01/01"
    assert known["citation_title"] == "Text2Earth: 50% of x₁ & more"
    assert (known["citation_firstpage"], known["citation_lastpage"]) == ("12", "34")
    assert "citation_pdf_url" not in known


def test_citation_tags_are_left_out_where_something_is_missing() -> None:
    date = PartialDate.parse("2020-05")
    assert make_citation_tags(Record(id="x", title="X", date=date)) == ()
    assert make_citation_tags(Record(id="x", title="X", authors=(Author("A"),))) == ()
    tags = dict(make_citation_tags(Record(id="x", title="X", authors=(Author("A"),), date=date)))
    assert tags["citation_publication_date"] == "2020"


def test_a_doi_with_signs_is_quoted_in_addresses_alone() -> None:
    doi = "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2"
    record = Record(id="x", title="X", doi=doi)
    assert f"doi = {{{doi}}}" in make_bibtex(record)
    assert "%3C1661::AID-SIM968%3E" in str(make_article(record, "https://x/", ())["sameAs"])


def test_json_ld() -> None:
    article = make_article(PAPER, "https://example.org/x/", ("Reading",))
    assert json.loads(json.dumps(article))["@type"] == "ScholarlyArticle"
    assert article["datePublished"] == "2025-01-01"
    assert article["sameAs"] == ["https://doi.org/10.1109/MGRS.2025.3560455", "https://arxiv.org/abs/2501.00895"]


_WORDS = (
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]), min_size=1, max_size=40)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)


@given(
    title=_WORDS,
    authors=st.lists(st.builds(Author, name=_WORDS, affiliation=_WORDS), max_size=3).map(tuple),
    date=st.one_of(st.none(), st.builds(PartialDate, st.integers(1000, 2999), st.integers(0, 12))),
    summary=st.lists(_WORDS, max_size=3).map("\n\n".join),
    links=st.just((Link("code", "https://example.org/?a=b#c"),)),
    extra=st.dictionaries(_WORDS, _WORDS, max_size=2),
)
def test_a_record_written_as_yaml_reads_back_as_itself(**fields: object) -> None:
    import unicodedata

    text = write_record(Record(id="2401.10020", **fields), "2401.10020")  # type: ignore[arg-type]
    (record,), faults = read_records("yaml", text, "content/papers/2401.10020.yaml")
    assert not faults
    again = write_record(record, "2401.10020")
    assert unicodedata.normalize("NFC", text) == unicodedata.normalize("NFC", again)
    assert isinstance(yaml.safe_load(text), dict)


WORDS = st.sampled_from(
    "yes No e true NULL off a-b -- x:y 1e3 2020-01 2020 the transformers ? ! it's \u201cso\u201d a, # #1 : a: 中文 é \U0001f600 \xad & * % \" [ ] {b} \\".split()
)


@given(st.lists(WORDS, min_size=1, max_size=40), st.sampled_from([" ", " ", "  ", ""]))
def test_yaml_that_is_written_here_is_that_of_pyyaml(words: list[str], space: str) -> None:
    # PyYAML takes a minute for the 800,000 fields of 81,417 papers.
    text = space.join(words)
    record = Record(
        id="x", title=text, authors=(Author(text), Author("Ada Kern")), links=(Link("url", "https://e.org/a"),)
    )
    values = {"title": text, "authors": [text, "Ada Kern"], "links": {"url": "https://e.org/a"}}
    assert write_fields(record, values) == "".join(
        yaml.safe_dump({name: value}, allow_unicode=True, sort_keys=False, width=100) for name, value in values.items()
    )


@pytest.mark.parametrize(
    "text", ["null\n", "~", "42\n", "a text\n", "- title: A list\n", "[]\n", "[{title: A}]\n", "? [a]\n: b\n", "a: [\n"]
)
def test_a_text_that_is_no_mapping_is_an_error_with_its_line(text: str) -> None:
    for replaced in (lambda: replace_papers(text, ["a"]), lambda: replace_fields(text, PAPER, ["title"])):
        with pytest.raises(YamlError) as error:
            replaced()
        assert error.value.line
        assert error.value.remedy


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("", "papers:\n- a\n"),
        ("# To read", "# To read\npapers:\n- a\n"),
        ("title: A  # mine\npapers: [b]\n# end\n", "title: A  # mine\npapers:\n- a\n# end\n"),
        ("{title: A, series: }", "title: A\nseries: null\npapers:\n- a\n"),
    ],
)
def test_the_papers_of_a_collection_are_replaced(text: str, written: str) -> None:
    assert replace_papers(text, ["a"]) == written
