"""The cached catalogue: a build in which only long texts changed does not assemble.

Assembling takes 25 µs a paper, surveying 18, and both need all records decoded: at 81,417 papers 4.7 s of 13.5 when one
abstract had changed (decision 14). The cache is read in 0.4 s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from ..config import Config
from ..model.catalogue import Catalogue, Person, Survey, Tag, Venue
from ..model.digests import digest_texts
from ..model.errors import Fault
from ..model.record import Record
from ..storage.cache_files import PrivateFolder, read_value, write_value
from .assemble import OtherContent
from .record_cache import ParsedChunk, pack_fault, unpack_faults

_KIND = "catalogue-3"


class LazyRecords(Mapping[str, Record]):
    """Records by id in an order, each decoded on first use."""

    def __init__(self, order: Iterable[str], chunks: Iterable[ParsedChunk]) -> None:
        places = {ident: (chunk, at) for chunk in chunks for at, ident in enumerate(chunk.ids)}
        self._places = {ident: places[ident] for ident in order}

    def __getitem__(self, ident: str) -> Record:
        chunk, at = self._places[ident]
        return chunk.find(at)

    def __contains__(self, ident: object) -> bool:
        return ident in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


class CachedCatalogue(NamedTuple):
    """The catalogue assembled from the same records, its survey, and the warnings of assembling."""

    catalogue: Catalogue
    survey: Survey
    warnings: tuple[Fault, ...]


def digest_overview(chunks: Iterable[ParsedChunk], others: OtherContent, config: Config) -> str:
    """Digests everything that a catalogue is assembled and surveyed from."""
    files = [*(one.file for one in others.collections), *(one.file for one in others.pages)]
    rest = (config, others.tags, others.collections, others.pages, files, sorted(others.faulty_ids))
    return digest_texts((*(one.shared_digest for one in chunks), repr(rest)))


def is_plain(catalogue: Catalogue, chunks: Iterable[ParsedChunk]) -> bool:
    """Returns whether the catalogue holds each record as parsed, and none merged from two."""
    found = [record for chunk in chunks for record in chunk.records]
    return len(found) == len(catalogue.records) and all(catalogue.records.get(one.id) is one for one in found)


def write_catalogue(private: PrivateFolder, code: str, overview: str, cached: CachedCatalogue) -> None:
    """Writes a catalogue under the digest of its inputs; removes catalogues of other digests."""
    catalogue, survey = cached.catalogue, cached.survey
    order = list(catalogue.records)
    value = {
        "order": order,
        "slugs": [catalogue.slugs[ident] for ident in order],
        "keys": [catalogue.keys[ident] for ident in order],
        "people_of": [catalogue.people_of[ident] for ident in order],
        "tags": [(one.slug, one.name, one.description, one.parent) for one in catalogue.tags.values()],
        "papers_by_tag": dict(catalogue.papers_by_tag),
        "people": [(one.slug, one.name, one.variants, one.papers) for one in catalogue.people.values()],
        "papers_by_year": dict(catalogue.papers_by_year),
        "venues": [(one.slug, one.name, one.papers) for one in catalogue.venues.values()],
        "venue_of": dict(catalogue.venue_of),
        "collections": list(catalogue.collections),
        "recent": survey.recent,
        "summary_digests": [survey.summary_digests[ident] for ident in order],
        "pinned": dict(survey.pinned),
        "aliases": dict(survey.aliases),
        "warnings": list(map(pack_fault, cached.warnings)),
    }
    file = _place(private, overview)
    file.parent.mkdir(parents=True, exist_ok=True)
    write_value(file, _KIND, code, value, shared=True)
    for other in file.parent.iterdir():
        if other != file:
            other.unlink()


def read_catalogue(
    private: PrivateFolder, code: str, overview: str, chunks: Iterable[ParsedChunk], others: OtherContent
) -> CachedCatalogue | None:
    """Reads the catalogue of this digest, with the present records; None without one."""
    value = read_value(_place(private, overview), _KIND, code)
    if not value:
        return None
    order = value["order"]
    collections = {one.id: one for one in others.collections}
    catalogue = Catalogue(
        records=LazyRecords(order, chunks),
        slugs=dict(zip(order, value["slugs"], strict=True)),
        tags={one[0]: Tag(*one) for one in value["tags"]},
        papers_by_tag=value["papers_by_tag"],
        people={one[0]: Person(*one) for one in value["people"]},
        people_of=dict(zip(order, value["people_of"], strict=True)),
        papers_by_year=value["papers_by_year"],
        venues={one[0]: Venue(*one) for one in value["venues"]},
        venue_of=value["venue_of"],
        collections={ident: collections[ident] for ident in value["collections"]},
        pages=others.pages,
        static=others.static,
        keys=dict(zip(order, value["keys"], strict=True)),
    )
    summary_digests = dict(zip(order, value["summary_digests"], strict=True))
    survey = Survey(value["recent"], summary_digests, value["pinned"], value["aliases"])
    return CachedCatalogue(catalogue, survey, unpack_faults(value["warnings"]))


def _place(private: PrivateFolder, overview: str) -> Path:
    return private.cache / "catalogue" / overview
