"""Files of one piece of syntax, again and again: the work of each importer grows with their length, and no faster."""

from __future__ import annotations

import pytest
from test_any_file import read_file

from paperbound.importers import IMPORTERS
from surroundings import WHOLE, count_calls

_JSON = (
    "[",
    '{"a":',
    '{"title":"a"}\n',
    "{}",
    '"',
    '{"title":"',
    '{"title":"T","authors":["',
    '[{"title":"T","doi":"10.1234/',
)
_XML = ("<", "<a>", "&amp;", "<!--", "<![CDATA[", '<a b="', "<title>a</title>", "<?xml ")
_TAGGED = ("TY  - JOUR\n", "TI  - ", "AU  - A, B\n", "PT J\n", "PMID- 1\n", "%T ", "   ", "ER  - \n")
_MARKDOWN = (
    "---\ntitle: ",
    "- ",
    "> ",
    "# a\n",
    "[",
    "[a](",
    "- [a](https://arxiv.org/abs/2106.00001)\n",
    "| a ",
    "`",
    "<details>",
)
_YAML = ("? ", "?  ", "- ", "[", "a: [", "{", "'", "&a [*a]\n", "- {title: a}\n", "a:\n ")
_TABLE = ('"', '"a', '""', ",", "title,authors\n", "a;b;", "\t")
# Each importer's own syntax.
PIECES: dict[str, tuple[str, ...]] = {
    "yaml": _YAML,
    "markdown": _MARKDOWN,
    **dict.fromkeys(("arxiv", "acl-xml", "dblp", "zotero-rdf", "endnote-xml"), _XML),
    **dict.fromkeys(("dblp-json", "openalex", "crossref", "semantic-scholar", "openreview", "daily-papers"), _JSON),
    **dict.fromkeys(("inspire", "ads", "hal", "europe-pmc", "orcid", "zenodo"), _JSON),
    **dict.fromkeys(("arxiv-daily", "datacite", "conference", "zotero", "csl", "jsonl"), _JSON),
    **dict.fromkeys(("hugo-blox", "pmlr", "academicpages", "links"), _MARKDOWN),
    **dict.fromkeys(("lab-citations", "cff"), (*_YAML, "- id: doi:10.1/a\n", "cff-version: 1.2.0\n")),
    "page-tags": ("<", "<meta ", "<meta a='", "<!--", "&", '<meta name="citation_title" content="a">', '<meta name=citation_author content=a>'),
    "csl-yaml": (*_YAML, "references:\n", "- type: book\n", "- {title: [a]{.b}", "- title: a *bc~d^ef\n"),
    **dict.fromkeys(("ris", "nbib", "wos", "endnote", "refworks"), _TAGGED),
    **dict.fromkeys(("csv", "zotero-csv"), _TABLE),
    "bibtex": ("@a{", "\n@a{", "@a{}", "\n@a{x,", "@a{x,y={", "@string{a=", "{", '"', "\\", "@misc{k,title={T}}\n", "@a{b,title={$"),
    "listing": ("Subscribe\n", "a\n", "$a$ ", "<i>\n"),
}  # fmt: skip
# What a piece stands in, where it is text of a paper.
FRAMES = {
    "bibtex": "@misc{a, title={T}, abstract={%s}, author={%s}}",
    "jsonl": '{"title": "T", "abstract": "%s", "authors": "%s"}',
    "yaml": "title: T\nabstract: '%s'\nvenue: '%s'\n",
    "ris": "TY  - JOUR\nTI  - T\nAB  - %s\nAU  - %s\n",
}
TEXTS = ("{a}", "$a$", "[", "`", "<i>", "&amp;", "a and ", "a, ", "* ", "--", "a; ", "(")


# Half a megabyte in the whole run.
LONG = 500_000 if WHOLE else 100_000


def repeat(piece: str, length: int) -> bytes:
    return (piece * (length // len(piece) + 1))[:length].encode()


def count_reading(name: str, data: bytes) -> int:
    """The number of calls of Python functions while an importer reads."""
    return count_calls(lambda: read_file(data, "a", name), "call")[1]


def test_every_importer_has_pieces() -> None:
    assert PIECES.keys() == {one.name for one in IMPORTERS}


@pytest.mark.parametrize("name", PIECES)
def test_twice_the_bytes_are_at_most_twice_the_work(name: str) -> None:
    read_file(b"", "a", name)  # modules are imported
    for piece in PIECES[name]:
        short, long = (count_reading(name, repeat(piece, length)) for length in (2_000, 4_000))
        assert long <= 2.3 * short + 1_500, (piece, short, long)


@pytest.mark.parametrize("name", FRAMES)
def test_twice_the_text_is_at_most_twice_the_work(name: str) -> None:
    for piece in TEXTS:
        short, long = (
            count_reading(name, (FRAMES[name] % ((piece * (length // len(piece)),) * 2)).encode())
            for length in (2_000, 4_000)
        )
        assert long <= 2.3 * short + 3_000, (piece, short, long)


@pytest.mark.slow
@pytest.mark.parametrize("name", PIECES)
def test_a_long_file_of_a_piece_ends_in_records_or_faults(name: str) -> None:
    for piece in PIECES[name]:
        records, faults = read_file(repeat(piece, LONG), "a", name)
        assert all(record.id and record.title for record in records)
        assert all(fault.message and fault.remedy for fault in faults)
    for piece in TEXTS if name in FRAMES else ():
        data = FRAMES[name] % ((piece * (LONG // 2 // len(piece)),) * 2)
        records, _ = read_file(data.encode(), "a", name)
        assert len(records) == 1 or piece in ("{a}", "`", "\\")
