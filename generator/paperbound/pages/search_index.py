"""Search: the documents of all papers, and the jobs of the index.

Documents are oldest first: the newest paper is the last one. Blocks begin at ids that say so, as other shards do: where
a paper comes or goes, all other blocks stay. Result records are found by number: all files behind it are written again.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from ..formats.citing import mark_retracted
from ..languages import Language
from ..library.links import list_links
from ..library.page_kind import BytesWork, PageKind, Shard, Wave, list_all_papers
from ..library.pieces import Entry
from ..library.section import Facet, Section
from ..library.site import Site
from ..markup.markdown import strip_inline
from ..markup.texts import find_text, text_of
from ..model.build import Job, Receipt
from ..model.digests import name_bytes
from ..model.record import FILLABLE, Record
from ..search.document import (
    BLOCK,
    FIELDS,
    PARTS,
    SMALL,
    BlockWork,
    Document,
    FacetColumn,
    FacetsWork,
    ManifestWork,
    MapWork,
    MatrixWork,
    NamesWork,
    RelatedWork,
    ResultRow,
    ResultsWork,
    TermsWork,
    WordsWork,
    write_manifest,
)
from ..search.query.identifiers import strip_addresses
from ..search.synonyms import Synonyms
from ..text.characters import cut_words
from ..urls import cached_file, search_manifest
from .sections import SECTIONS

_Value = TypeVar("_Value")
_OWNER = "the search index"
_SNIPPET = 480
_AUTHORS = 4
# Authors as a facet: at 81,417 papers all 61,000 would be 900 kB; these are the ones that a count can be large of.
_MOST_VALUES = 4_000
_MOST_CELLS = 60_000
_OFFERS, _WRITTEN = "has", "made_by"
# The key of the job that makes the map of papers.
MAP = "search map"
TREES = ("terms", "positions", "words", "endings", "names")


def plan_block(site: Site, shard: Shard) -> Iterator[Job]:
    """Plans the job of a block of documents."""
    records = site.catalogue.records
    synonyms = Synonyms(site.catalogue.synonyms)
    documents = tuple(_make_document(site, synonyms, records[ident]) for ident in list_documents(site, shard))
    yield _make_job(_name_block(shard), BlockWork(documents))


def plan_results(site: Site, shard: Shard) -> Iterator[Job]:
    """Plans the job of some result records."""
    total = len(site.order)
    nodes = total > SMALL
    rows = tuple(_make_row(site, ident, lean=nodes) for ident in list_documents(site, shard))
    yield _make_job(f"search results {shard.start // BLOCK}", ResultsWork(rows, count_records(total), nodes))


def plan_facets(site: Site, _shard: Shard) -> Iterator[Job]:
    """Plans the job of facets and of the order by titles."""
    yield _make_job("search facets", make_facets(site, list(site.catalogue.records.values())[::-1]))


def plan_names(site: Site, _shard: Shard) -> Iterator[Job]:
    """Plans the job of suggested names."""
    yield _make_job("search names", make_names(site, nodes=len(site.order) > SMALL))


def plan_merge(
    receipts: Mapping[str, Sequence[Receipt]], keys: Iterable[str], documents: int, *, related: bool = True
) -> Iterator[Job]:
    """Plans the second wave: matrix, words and terms. A site without related papers has no matrix.

    `keys` are those of the blocks, in order.
    """
    blocks = tuple(receipts[key][0].path for key in keys)
    nodes = documents > SMALL
    if related:
        yield _make_job("search matrix", MatrixWork(blocks))
    yield _make_job("search words", WordsWork(blocks, nodes))
    for part in range(len(PARTS)) if nodes else (-1,):
        yield _make_job(f"search terms {part}", TermsWork(blocks, nodes, part))


def plan_related(receipts: Mapping[str, Sequence[Receipt]], documents: int) -> Iterator[Job]:
    """Plans the jobs of the third wave: related papers, a block of documents each."""
    matrix = receipts["search matrix"][0].path
    for number, start in enumerate(range(0, documents, BLOCK)):
        yield _make_job(f"search related {number}", RelatedWork(matrix, start, min(start + BLOCK, documents)))


def plan_map(receipts: Mapping[str, Sequence[Receipt]]) -> Job:
    """Plans the job of the map of papers, when related papers are known."""
    related = list_numbered({key: found[0].path for key, found in receipts.items()}, "search related")
    return _make_job(MAP, MapWork(receipts["search matrix"][0].path, related))


def plan_manifest(
    receipts: Mapping[str, Sequence[Receipt]],
    papers: str,
    language: Language,
    lookup: tuple[str, str, int],
    folder: str = "",
) -> Job:
    """Plans the manifest, when the names of all files are known.

    `papers` is the link to the folder of papers; `lookup` are the script, the folder and the number of files of the
    table of identifiers. `folder` is that of one of the site's languages, which have the same files but those of
    facets.
    """
    path = search_manifest(folder)
    facts = {key: json.loads(found[0].facts or "null") for key, found in receipts.items() if key.startswith("search ")}
    blocks = [found for key, found in facts.items() if key.startswith("search block ")]
    results = list_numbered(facts, "search results")
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
        records=tuple(name for result in results for name in result["records"]),
        records_a_file=count_records(documents),
        nodes=documents > SMALL,
        trees=tuple((kind, tuple(found)) for kind, found in entries.items()),
        facets=json.loads(receipts[f"{folder}search facets"][0].facts)["facets"],
        titles=facts["search facets"]["titles"],
        sections=tuple((one.name, language.t(f"{one.name}.label")) for one in SECTIONS if one.is_suggested),
        lookup=lookup,
    )
    data = write_manifest(work)
    return Job(path, BytesWork(data, name_bytes(data)), "the search manifest", (path,), local=True)


def _make_job(key: str, payload: object) -> Job:
    return Job(key, payload, _OWNER, (cached_file(key),))


def _name_block(shard: Shard) -> str:
    return f"search block {name_bytes(shard.first.encode('utf-8', 'surrogatepass'))}"


def list_blocks(site: Site) -> tuple[str, ...]:
    """Lists the keys of the blocks' jobs, in order."""
    return tuple(map(_name_block, BLOCKS.split(site)))


def list_numbered(values: Mapping[str, _Value], kind: str) -> tuple[_Value, ...]:
    """Lists the values of a kind's jobs, numbered from 0."""
    count = sum(key.startswith(f"{kind} ") for key in values)
    return tuple(values[f"{kind} {number}"] for number in range(count))


def count_records(documents: int) -> int:
    """Returns the number of records in one file.

    A result list shows ten records from up to ten files: small files cost fewer bytes.
    """
    return BLOCK if documents <= SMALL else 8 if documents <= 20_000 else 16 if documents <= 40_000 else 32


def _make_document(site: Site, synonyms: Synonyms, record: Record) -> Document:
    title = text_of(record, "title").plain
    texts = (
        (title, *(strip_inline(title) for title in record.other_titles)),
        _name_authors(site, record),
        _tag_words(site, record),
        tuple(dict.fromkeys((record.venue, record.booktitle))),
        tuple(dict.fromkeys((*([str(record.date.year)] if record.date else []), record.venue_year))),
        (text_of(record, "takeaway").plain,),
        (text_of(record, "summary").plain, text_of(record, "notes").plain),
        (text_of(record, "abstract").plain,),
        tuple(dict.fromkeys((record.id, strip_addresses(record.arxiv), record.arxiv, record.doi, record.bibkey))),
    )
    pieces = synonyms.extend(tuple(tuple(filter(None, pieces)) for pieces in texts))
    return Document(pieces, site.catalogue.slugs[record.id], title, record.date.iso if record.date else "")


def _make_row(site: Site, ident: str, *, lean: bool) -> ResultRow:
    entry, record = site.entries[ident], site.catalogue.records[ident]
    text = "" if lean else cut_words(find_text(record, "summary", "abstract").plain, _SNIPPET)
    takeaway, slug = text_of(record, "takeaway").plain, site.catalogue.slugs[ident]
    return ResultRow(
        mark_retracted(record, entry.title),
        _show_authors(site, entry, record),
        entry.venue,
        entry.iso,
        takeaway,
        slug,
        text,
    )


def _show_authors(site: Site, entry: Entry, record: Record) -> str:
    """Returns the authors of a result, without words on a site in several languages."""
    names = [author.name for author in record.authors]
    if not site.languages:
        return entry.authors
    return ", ".join(names if len(names) <= _AUTHORS else [*names[: _AUTHORS - 1], f"+{len(names) - _AUTHORS + 1}"])


def _name_authors(site: Site, record: Record) -> tuple[str, ...]:
    """Returns the authors' names in the paper and on their pages."""
    people = site.catalogue.people
    known = (people[slug].name for slug in site.catalogue.people_of[record.id] if slug in people)
    return tuple(dict.fromkeys((*(author.name for author in record.authors), *known)))


def _tag_words(site: Site, record: Record) -> tuple[str, ...]:
    tags = site.catalogue.tags
    return tuple(word for tag in record.tags if tag in tags for word in dict.fromkeys((tags[tag].name, tag)))


def list_needs(payload: object, previous: Mapping[str, str]) -> tuple[str, ...]:
    """Lists the cached files that a job reads. `previous` are those of the previous build by the keys of their jobs."""
    if isinstance(payload, RelatedWork):
        matrix = (previous["search matrix"],) if "search matrix" in previous else ()
        return (payload.matrix, *matrix, *list_numbered(previous, "search related"))
    if isinstance(payload, MapWork):
        return (payload.matrix, *payload.related, *([previous[MAP]] if MAP in previous else []))
    return payload.blocks if isinstance(payload, MatrixWork | TermsWork | WordsWork) else ()


def _list_faceted() -> list[tuple[Facet, Section]]:
    """Returns the sections that have facets, in the order of these among the filters."""
    found = [(section.facet, section) for section in SECTIONS if section.facet]
    return sorted(found, key=lambda pair: pair[0].place)


def name_facets(site: Site) -> tuple[tuple[str, str], ...]:
    """Returns names and titles of all facets, in their order among the filters."""
    names = tuple((facet.name, site.t(f"{section.name}.label")) for facet, section in _list_faceted())
    written = ((_WRITTEN, site.t("facet.made_by")),) if site.survey.made_by else ()
    return (*names, (_OFFERS, site.t("facet.has")), *written)


def make_facets(site: Site, records: Sequence[Record]) -> FacetsWork:
    """Returns the columns of all facets that have values. `records` are in the index's order."""
    columns = []
    for facet, section in _list_faceted():
        slugs: dict[str, list[str]] = {}
        names: dict[str, str] = {}
        for group in section.list_groups(site):
            names[group.slug] = group.name
            for ident in group.papers:
                slugs.setdefault(ident, []).append(group.slug)
        columns.append(make_column(facet.name, [slugs.get(one.id, ()) for one in records], names))
    offered = {"code": site.t("facet.has_code"), "pdf": site.t("facet.has_pdf")}
    kinds = [{link.kind for link in list_links(one, site.language)} for one in records]
    columns.append(make_column(_OFFERS, [[kind for kind in offered if kind in found] for found in kinds], offered))
    if programs := site.survey.made_by:
        values = {name: site.t(f"facet.made_by_{name}") for name in (*FILLABLE, "people")}
        columns.append(make_column(_WRITTEN, [programs.get(one.id, ("people",)) for one in records], values))
    order = sorted(range(len(records)), key=lambda number: (_sort_title(records[number]), -number))
    places = [0] * len(records)
    for place, number in enumerate(order):
        places[number] = place
    folder = site.addresses.folder.strip("/")
    return FacetsWork(tuple(column for column in columns if column.values), tuple(places), folder)


def _sort_title(record: Record) -> str:
    return record.title.casefold().lstrip("\"'“‘([*_$")


def make_column(name: str, rows: Iterable[Sequence[str]], names: Mapping[str, str]) -> FacetColumn:
    """Creates a facet from the slugs of each document's values. `names` has the names of all values."""
    listed = [tuple(dict.fromkeys(slug for slug in row if not names or slug in names)) for row in rows]
    counts = Counter(slug for row in listed for slug in row)
    order = sorted(counts, key=lambda slug: (-counts[slug], slug))
    least, cells = 1, 0
    for place, slug in enumerate(order):
        cells += counts[slug]
        if place >= _MOST_VALUES or (cells > _MOST_CELLS and len(order) > _MOST_VALUES):
            # All values of one count are listed, or none of them.
            least = counts[slug] + 1
            order = [one for one in order[:place] if counts[one] >= least]
            break
    numbers = {slug: number for number, slug in enumerate(order)}
    return FacetColumn(
        name,
        tuple((slug, names.get(slug, slug)) for slug in order),
        tuple(tuple(sorted(numbers[slug] for slug in row if slug in numbers)) for row in listed),
        least,
    )


def make_names(site: Site, *, nodes: bool) -> NamesWork:
    """Returns a row for each word of the names of suggested groups."""
    suggested = [one for one in SECTIONS if one.is_suggested]
    named = [(one.name, group) for one in suggested for group in one.list_groups(site)]
    rows: list[tuple[str, str, str, str, int]] = []
    for section, group in named:
        # A slug is the name in plain letters, as people type it; initials are left out.
        words = dict.fromkeys(word for word in group.slug.split("-") if len(word) > 1)
        rows.extend((word, section, group.name, group.slug, len(group.papers)) for word in words)
    return NamesWork(tuple(rows), nodes)


def list_documents(site: Site, shard: Shard) -> Sequence[str]:
    """Returns the ids of the papers of a shard, oldest first."""
    total = len(site.order)
    return site.order[total - shard.stop : total - shard.start][::-1]


def list_oldest_first(site: Site) -> Sequence[str]:
    """Returns the ids of all papers, oldest first."""
    return site.order[::-1]


def read_block(site: Site, shard: Shard) -> Iterator[str]:
    """Yields the synonyms, and addresses and summaries of the papers of a block."""
    yield repr(site.catalogue.synonyms)
    yield from site.list_summaries(list_documents(site, shard))


def read_results(site: Site, shard: Shard) -> Iterator[str]:
    """Yields addresses and summaries of papers, and the sizes of files."""
    total = len(site.order)
    yield f"{count_records(total)} {total > SMALL}"
    yield from site.list_summaries(list_documents(site, shard))


def list_shown(site: Site, shard: Shard) -> Sequence[str]:
    """Returns the ids of papers whose result records show long texts.

    These are all papers of a shard on small sites, and none on others.
    """
    return () if len(site.order) > SMALL else list_documents(site, shard)


def read_facets(site: Site, _shard: Shard) -> Iterator[str]:
    """Yields all groups with their papers, and the summaries of papers."""
    for section in SECTIONS:
        yield from ("\1".join((one.slug, one.name, *one.papers)) for one in section.list_groups(site))
    yield from site.survey.summary_digests.values()
    yield repr(site.survey.made_by)


def read_suggested(site: Site, _shard: Shard) -> Iterator[str]:
    """Yields names, addresses and sizes of suggested groups, and the size of the site."""
    yield f"{len(site.order) > SMALL}"
    for section in SECTIONS:
        if section.is_suggested:
            yield from (f"{one.slug}\1{one.name}\1{len(one.papers)}" for one in section.list_groups(site))


BLOCKS = PageKind(
    "search block",
    plan_block,
    read_block,
    list_documents,
    items=list_oldest_first,
    size=BLOCK,
    wave=Wave.INDEX,
    is_shared=True,
)
RESULTS = PageKind(
    "search results",
    plan_results,
    read_results,
    list_shown,
    items=list_all_papers,
    is_numbered=True,
    size=BLOCK,
    wave=Wave.INDEX,
    is_shared=True,
)
FACETS = PageKind("search facets", plan_facets, read_facets, wave=Wave.INDEX, local=True)
NAMES = PageKind("search names", plan_names, read_suggested, wave=Wave.INDEX, local=True, is_shared=True)
