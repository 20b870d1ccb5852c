"""Search: the documents of all papers, oldest first, and the jobs that make the files of the index.

Oldest first, so that a new paper is the last document: everything before it keeps its number.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from ..library.site import Site
from ..markup.markdown import strip_inline, strip_markup
from ..model.job import Job, Receipt
from ..model.record import Record
from ..search.document import BLOCK, FIELDS, PARTS, SMALL, BlockWork, Document, ManifestWork, MergeWork, RelatedWork
from ..text.characters import cut_words
from ..urls import SEARCH_MANIFEST, work_file
from .facets import plan_facets, plan_names

_OWNER = "the search index"
_SNIPPET = 480
TREES = ("terms", "positions", "words", "endings", "names")


def plan_block(site: Site, start: int, stop: int, before: str = "") -> Job:
    """The job of the block of documents from `start` up to `stop`; `before` is what the last build found of it."""
    total = len(site.catalogue.records)
    nodes = total > SMALL
    # Oldest first: the catalogue's order, backwards.
    records = [site.catalogue.records[ident] for ident in site.order[total - stop : total - start][::-1]]
    documents = tuple(_make_document(site, record, nodes) for record in records)
    return _make_job(f"search block {start // BLOCK}", BlockWork(documents, count_records(total), nodes, before))


def plan_facets_and_names(site: Site) -> Iterator[Job]:
    """The jobs of the facets, and of the names that are suggested."""
    records = list(site.catalogue.records.values())[::-1]
    yield _make_job("search facets", plan_facets(site.catalogue, records))
    yield _make_job("search names", plan_names(site.catalogue, nodes=len(records) > SMALL))


def plan_merge(
    receipts: Mapping[str, Sequence[Receipt]],
    documents: int,
    known: Mapping[str, Sequence[Receipt]] = MappingProxyType({}),
    *,
    related: bool = True,
) -> Iterator[Job]:
    """The jobs of the second wave: the matrix of related papers where they are wanted, words, parts of the terms.

    `known` are receipts of the last build.
    """
    blocks = _list_blocks(receipts)
    nodes = documents > SMALL
    if related:
        yield _make_job("search matrix", MergeWork(blocks))
    before = (known["search words"][0].path, *_list_blocks(known)) if "search words" in known else ()
    yield _make_job("search words", MergeWork(blocks, nodes, before=before))
    for part in range(len(PARTS)) if nodes else (-1,):
        yield _make_job(f"search terms {part}", MergeWork(blocks, nodes, part))


def plan_related(
    receipts: Mapping[str, Sequence[Receipt]],
    documents: int,
    known: Mapping[str, Sequence[Receipt]] = MappingProxyType({}),
) -> Iterator[Job]:
    """The jobs of the third wave: related papers, a block of documents each; `known` are receipts of the last build."""
    matrix = receipts["search matrix"][0].path
    blocks = sum(key.startswith("search related ") for key in known)
    keys = ("search matrix", *(f"search related {number}" for number in range(blocks)))
    before = tuple(known[key][0].path for key in keys) if all(key in known for key in keys) and blocks else ()
    for number, start in enumerate(range(0, documents, BLOCK)):
        yield _make_job(f"search related {number}", RelatedWork(matrix, start, min(start + BLOCK, documents), before))


def plan_manifest(receipts: Mapping[str, Sequence[Receipt]], papers: str) -> Job:
    """The manifest, when everything that it names is there; `papers` is the link to the folder of papers."""
    facts = {key: json.loads(found[0].facts or "null") for key, found in receipts.items() if key.startswith("search ")}
    blocks = [facts[f"search block {number}"] for number in range(len(_list_blocks(receipts)))]
    documents = sum(block["documents"] for block in blocks)
    totals = [sum(block["totals"][place] for block in blocks) for place in range(len(FIELDS))]
    entries: dict[str, list[tuple[str, str]]] = {kind: [] for kind in TREES}
    parts = [f"search terms {part}" for part in (range(len(PARTS)) if documents > SMALL else (-1,))]
    for key in (*parts, "search words", "search names"):
        for kind, found in facts[key]["trees"].items():
            entries[kind].extend((first, name) for first, name in found)
    work = ManifestWork(
        documents=documents,
        papers=papers,
        averages=tuple(total / documents if documents else 0.0 for total in totals),
        records=tuple(name for block in blocks for name in block["records"]),
        records_a_file=count_records(documents),
        nodes=documents > SMALL,
        trees=tuple((kind, tuple(found)) for kind, found in entries.items()),
        facets=facts["search facets"]["facets"],
        titles=facts["search facets"]["titles"],
    )
    return Job(SEARCH_MANIFEST, "manifest", work, "the search manifest", (SEARCH_MANIFEST,))


def _make_job(key: str, payload: object) -> Job:
    return Job(key, "search", payload, _OWNER, (work_file(key),))


def _list_blocks(receipts: Mapping[str, Sequence[Receipt]]) -> tuple[str, ...]:
    count = sum(key.startswith("search block ") for key in receipts)
    return tuple(receipts[f"search block {number}"][0].path for number in range(count))


def count_records(documents: int) -> int:
    """Records of one file. A result list shows ten, from up to ten files: small ones cost fewer bytes."""
    return BLOCK if documents <= SMALL else 8 if documents <= 20_000 else 16 if documents <= 40_000 else 32


def _make_document(site: Site, record: Record, lean: bool) -> Document:
    catalogue = site.catalogue
    entry = site.entries[record.id]
    summary, abstract = strip_markup(record.summary), strip_markup(record.abstract)
    texts = (
        (entry.title, *(strip_inline(title) for title in record.other_titles)),
        _name_authors(site, record),
        _tag_words(site, record),
        tuple(dict.fromkeys((record.venue, record.booktitle))),
        tuple(dict.fromkeys((*([str(record.date.year)] if record.date else []), record.venue_year))),
        (strip_markup(record.takeaway),),
        (summary, strip_markup(record.notes)),
        (abstract,),
        tuple(dict.fromkeys((record.id, record.arxiv, record.doi, record.bibkey))),
    )
    return Document(
        texts=tuple(tuple(piece for piece in pieces if piece) for pieces in texts),
        slug=catalogue.slugs[record.id],
        title=texts[0][0],
        authors=entry.authors,
        venue=entry.venue,
        iso=entry.iso,
        takeaway=texts[5][0],
        text="" if lean else cut_words(summary or abstract, _SNIPPET),
    )


def _name_authors(site: Site, record: Record) -> tuple[str, ...]:
    """The authors as the paper names them, and as their pages do where that differs."""
    people = site.catalogue.people
    known = (people[slug].name for slug in site.catalogue.people_of[record.id] if slug in people)
    return tuple(dict.fromkeys((*(author.name for author in record.authors), *known)))


def _tag_words(site: Site, record: Record) -> tuple[str, ...]:
    tags = site.catalogue.tags
    return tuple(word for tag in record.tags if tag in tags for word in dict.fromkeys((tags[tag].name, tag)))


def list_needs(job: Job) -> tuple[str, ...]:
    """The files of the work folder that a job reads."""
    payload = job.payload
    if isinstance(payload, RelatedWork):
        return (payload.matrix, *payload.before)
    return (*payload.blocks, *payload.before) if isinstance(payload, MergeWork) else ()
