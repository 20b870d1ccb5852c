"""The `citations.yaml` of lab sites: citations from Manubot, and the lab's additions.

https://greene-lab.gitbook.io/lab-website-template-docs/basics/citations
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ...model.build import Source
from ...model.errors import Fault
from ...model.record import Record
from ...text.characters import decode
from ...text.slugs import make_slug
from ...text.yamltext import YamlError
from ..dialects import from_mixed, to_plain
from ..foreign import make_foreign
from ..importer import ReadContext, Reader
from ..rows import Row
from .front_matter import load_mended

_PREFIXES = {"doi": "doi", "arxiv": "arxiv", "pubmed": "pmid", "pmid": "pmid", "isbn": "isbn"}
_KINDS = {
    "paper": "article",
    "journal-article": "article",
    "article-journal": "article",
    "preprint": "preprint",
    "conference": "inproceedings",
    "paper-conference": "inproceedings",
    "book": "book",
    "chapter": "chapter",
    "thesis": "thesis",
    "dataset": "dataset",
    "software": "software",
    "report": "report",
}
_BUTTONS = {"github": "code", "source": "code", "website": "project", "preprint": "preprint", "manubot": "manuscript"}
_PREFIX = rb"(?:doi|arxiv|pubmed|pmid|pmc|pmcid|isbn|url|https?|wikidata|clinicaltrials)"
# An entry whose id has a prefix, with a key that no record of ours has.
_ENTRY = re.compile(
    rb"^( *)- id:\s*['\"]?" + _PREFIX + rb":\S[^\n]*\n(?:(?:\1  [^\n]*)?\n)*?\1  (?:link|plugin|buttons|image|file):",
    re.MULTILINE,
)
_PREPRINTS = re.compile(r"xiv\b|preprint|research square|ssrn", re.IGNORECASE)
_MEETING = re.compile(r"proceedings|conference|symposium|workshop|\bmeeting\b", re.IGNORECASE)
_HEAD = 50_000


def read_citations(source: Source, context: ReadContext) -> Iterator[Record]:
    """Reads the citations of a file, a list of mappings."""
    text = decode(source, context.report)
    if text is None:
        return
    try:
        _, entries = load_mended(text, source, context)
    except YamlError as error:
        context.report(Fault(source.file, error.line, error.field, error.message, error.remedy, warning=True))
        return
    for entry in entries:
        row = Row(entry.values, source.file, entry.line, context, lines=entry.lines)
        values = convert_citation(row)
        row.count_unused()
        record = make_foreign(values, row.origin, context)
        if record:
            yield record


def convert_citation(row: Row) -> dict[str, Any]:
    """Converts a citation to a paper's fields.

    The `orcid` of an entry is that of a member of the lab, not of the first author.
    """
    prefix, _, ident = row.text("id").partition(":")
    field = _PREFIXES.get(prefix.strip().lower(), "")
    publisher, is_book = _plain(row.text("publisher")), prefix.strip().lower() == "isbn"
    links = {"url": row.text("link") or (row.text("id")[4:] if prefix == "url" else "")}
    for button in row.rows("buttons"):
        kind = button.text("type")
        address = button.text("link")
        if kind == "github" and re.fullmatch(r"[\w.-]+/[\w.-]+", address):
            address = f"https://github.com/{address}"
        links.setdefault(_BUTTONS.get(kind) or make_slug(button.text("text")) or make_slug(kind) or "more", address)
    if repo := row.text("repo"):
        links.setdefault("code", f"https://github.com/{repo}" if re.fullmatch(r"[\w.-]+/[\w.-]+", repo) else repo)
    return {
        **({field: ident.strip()} if field else {"id": row.text("id")} if not ident else {}),
        "title": from_mixed(_plain(row.text("title")).removesuffix(".")),
        "authors": [_plain(name) for name in row.texts("authors")],
        # `bioRxiv : the preprint server for biology`
        "venue" if not is_book else "publisher": publisher.partition(" : ")[0],
        "date": row.text("date"),
        "kind": _KINDS.get(row.text("type").lower(), "") or _guess_kind(prefix.strip().lower(), publisher),
        "summary": from_mixed(row.text("description"), markdown=True),
        "tags": row.texts("tags"),
        "links": links,
    }


def _guess_kind(prefix: str, publisher: str) -> str:
    """Guesses the kind of a citation: most DOIs are those of articles."""
    if prefix == "isbn":
        return "book"
    if _PREPRINTS.search(publisher):
        return "preprint"
    if prefix not in ("doi", "pubmed", "pmid", "pmc", "pmcid") or not publisher:
        return ""
    return "inproceedings" if _MEETING.search(publisher) else "article"


def _plain(text: str) -> str:
    return " ".join(to_plain(text).split())


def _is_citations(data: bytes) -> bool:
    return _ENTRY.search(data[:_HEAD].replace(b"\r\n", b"\n")) is not None


READER = Reader(read_citations, matches=_is_citations)
