"""Search: the documents of all papers, and the jobs that make its files."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.catalogue import Catalogue
from ..model.document import RECORDS_A_FILE, Document, SearchWork
from ..model.job import Job
from ..model.record import Record
from ..text.markdown import strip_inline, strip_markup
from ..urls import search_records, search_terms
from .outline import Outline

_SNIPPET = 480


def plan_search(outline: Outline) -> Iterator[Job]:
    """The job of the postings and a job for each file of records."""
    documents = tuple(_make_document(outline, record) for record in outline.catalogue.records.values())
    yield Job("search terms", "terms", SearchWork(documents), "the search index", (search_terms(),))
    for number, start in enumerate(range(0, len(documents), RECORDS_A_FILE)):
        part = SearchWork(documents[start : start + RECORDS_A_FILE])
        yield Job(f"search records {number}", "records", part, "the search index", (search_records(number),))


def _make_document(outline: Outline, record: Record) -> Document:
    catalogue = outline.catalogue
    entry = outline.entries[record.id]
    summary, abstract = strip_markup(record.summary), strip_markup(record.abstract)
    texts = (
        (strip_inline(record.title), *(strip_inline(title) for title in record.other_titles)),
        tuple(author.name for author in record.authors),
        _tag_words(catalogue, record),
        (record.venue, record.booktitle),
        tuple(dict.fromkeys((*([str(record.date.year)] if record.date else []), record.venue_year))),
        (strip_markup(record.takeaway),),
        (summary, strip_markup(record.notes)),
        (abstract,),
        tuple(dict.fromkeys((record.id, record.arxiv, record.doi, record.bibkey))),
    )
    return Document(
        texts=tuple(tuple(piece for piece in pieces if piece) for pieces in texts),
        href=entry.href,
        title=texts[0][0],
        authors=entry.authors,
        venue=entry.venue,
        date=entry.date,
        iso=entry.iso,
        takeaway=texts[5][0],
        text=_cut(summary or abstract),
    )


def _tag_words(catalogue: Catalogue, record: Record) -> tuple[str, ...]:
    return tuple(word for tag in record.tags if tag in catalogue.tags for word in (catalogue.tags[tag].name, tag))


def _cut(text: str) -> str:
    return text if len(text) <= _SNIPPET else text[:_SNIPPET].rsplit(" ", 1)[0] + "…"
