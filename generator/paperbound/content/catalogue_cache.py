"""The kept catalogue: as long as no record changed but in its long texts, nothing is assembled or surveyed again.

Assembling takes 25 µs a paper, surveying 18, and both need all records unpacked: at 81,417 papers 4.7 s of 13.5 when
one abstract had changed. What is kept is read in 0.4 s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..config import Config
from ..model.catalogue import Catalogue, Person, Survey, Tag, Venue
from ..model.errors import Fault
from ..model.record import Record
from ..storage.cache_files import read_sealed, write_sealed
from ..text.digests import digest_texts
from .assemble import Parts
from .record_cache import Parsed, pack_fault, unpack_faults

_KIND = "catalogue 1"


class ShelvedRecords(Mapping[str, Record]):
    """Records by id in an order, each unpacked when it is asked for."""

    def __init__(self, order: Iterable[str], parsed: Iterable[Parsed]) -> None:
        places = {ident: (part, at) for part in parsed for at, ident in enumerate(part.ids)}
        self._places = {ident: places[ident] for ident in order}

    def __getitem__(self, ident: str) -> Record:
        part, at = self._places[ident]
        return part.find(at)

    def __contains__(self, ident: object) -> bool:
        return ident in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


@dataclass(frozen=True, slots=True)
class Kept:
    """What was assembled of the same records, and the warnings of that."""

    catalogue: Catalogue
    survey: Survey
    warnings: tuple[Fault, ...]


def digest_parsed(parsed: Iterable[Parsed], parts: Parts, config: Config) -> str:
    """The digest of all that a catalogue is assembled and surveyed from."""
    files = [*(one.file for one in parts.collections), *(one.file for one in parts.pages)]
    rest = (config, parts.tags, parts.collections, parts.pages, files, sorted(parts.spoilt))
    return digest_texts((*(one.face for one in parsed), repr(rest)))


def is_plain(catalogue: Catalogue, parsed: Iterable[Parsed]) -> bool:
    """Whether the catalogue holds each record as it was read, none of them made of two."""
    found = [record for part in parsed for record in part.records]
    return len(found) == len(catalogue.records) and all(catalogue.records.get(one.id) is one for one in found)


def write_kept(file: Path, code: str, key: str, kept: Kept) -> None:
    """Keeps a catalogue under the digest of what it was assembled from."""
    catalogue, survey = kept.catalogue, kept.survey
    order = list(catalogue.records)
    value = {
        "key": key,
        "order": order,
        "slugs": [catalogue.slugs[ident] for ident in order],
        "people_of": [catalogue.people_of[ident] for ident in order],
        "tags": [(one.slug, one.name, one.description, one.parent) for one in catalogue.tags.values()],
        "papers_by_tag": dict(catalogue.papers_by_tag),
        "people": [(one.slug, one.name, one.variants, one.papers) for one in catalogue.people.values()],
        "papers_by_year": dict(catalogue.papers_by_year),
        "venues": [(one.slug, one.name, one.papers) for one in catalogue.venues.values()],
        "venue_of": dict(catalogue.venue_of),
        "collections": list(catalogue.collections),
        "recent": survey.recent,
        "faces": [survey.summary_digests[ident] for ident in order],
        "pinned": dict(survey.pinned),
        "aliases": dict(survey.aliases),
        "warnings": list(map(pack_fault, kept.warnings)),
    }
    write_sealed(file, _KIND, code, value, shared=True)


def read_kept(file: Path, code: str, key: str, parsed: Iterable[Parsed], parts: Parts) -> Kept | None:
    """The catalogue that was kept under this digest, of the records as they are now; None where there is none."""
    value = read_sealed(file, _KIND, code)
    if not value or value["key"] != key:
        return None
    order = value["order"]
    collections = {one.id: one for one in parts.collections}
    catalogue = Catalogue(
        records=ShelvedRecords(order, parsed),
        slugs=dict(zip(order, value["slugs"], strict=True)),
        tags={one[0]: Tag(*one) for one in value["tags"]},
        papers_by_tag=value["papers_by_tag"],
        people={one[0]: Person(*one) for one in value["people"]},
        people_of=dict(zip(order, value["people_of"], strict=True)),
        papers_by_year=value["papers_by_year"],
        venues={one[0]: Venue(*one) for one in value["venues"]},
        venue_of=value["venue_of"],
        collections={ident: collections[ident] for ident in value["collections"]},
        pages=parts.pages,
        static=parts.static,
    )
    faces = dict(zip(order, value["faces"], strict=True))
    survey = Survey(value["recent"], faces, value["pinned"], value["aliases"])
    return Kept(catalogue, survey, unpack_faults(value["warnings"]))
