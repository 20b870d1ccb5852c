"""The cached catalogue: a build in which only long texts changed does not assemble.

Assembling takes 25 µs a paper, surveying 18, and both need all records decoded: at 81,417 papers 4.7 s of 13.5 when one
abstract had changed (decision 14). The cache is read in 0.4 s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

from ..config import Config
from ..model.build import Options
from ..model.catalogue import Asset, Catalogue, Person, Survey, Tag, Venue
from ..model.digests import digest_texts
from ..model.errors import Fault
from ..model.record import Record
from ..storage.cache_files import PrivateFolder, read_value, remove_entry, write_value
from .assemble import OtherContent
from .drafts import Drafts
from .duplicates import keys_of
from .record_cache import PRIVATE, ParsedChunk, pack_fault, pack_record, unpack_faults, unpack_record

_KIND = "catalogue-10"
_LIST_ASSET = attrgetter(*(item.name for item in fields(Asset)))
_LIST_PERSON = attrgetter(*(item.name for item in fields(Person)))


class LazyRecords(Mapping[str, Record]):
    """Records by id in an order, each decoded on first use.

    `places` are the chunk and the place in it of each record, `altered` are the records that are not as parsed.
    """

    def __init__(
        self,
        order: Iterable[str],
        places: Iterable[tuple[int, int]],
        chunks: Sequence[ParsedChunk],
        altered: Mapping[str, Record],
    ) -> None:
        self._places = dict(zip(order, places, strict=True))
        self._chunks, self._altered = chunks, altered

    def __getitem__(self, ident: str) -> Record:
        if ident in self._altered:
            return self._altered[ident]
        chunk, at = self._places[ident]
        return self._chunks[chunk].find(at)

    def list_digests(self) -> dict[str, str]:
        """Returns the digests of all records by id."""
        digests = {ident: self._chunks[chunk].digests[at] for ident, (chunk, at) in self._places.items()}
        return digests | {ident: record.digest for ident, record in self._altered.items()}

    def __contains__(self, ident: object) -> bool:
        return ident in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


class CachedCatalogue(NamedTuple):
    """A catalogue with its survey, the warnings of assembling, digests, and drafts."""

    catalogue: Catalogue
    survey: Survey
    warnings: tuple[Fault, ...]
    digests: Mapping[str, str]
    drafts: Drafts = Drafts()


def digest_overview(chunks: Sequence[ParsedChunk], others: OtherContent, config: Config, options: Options) -> str:
    """Digests everything that a catalogue is assembled and surveyed from.

    The day of the build is part of the digest only while a record has a date to come.
    """
    files = [one.file for one in others.collections] + [one.file for one in others.pages]
    files += [f"{one!r} {one.location}" for one in (*others.static, *others.attachments)]
    lines = [(one.file, one.line) for one in others.profiles]
    today = options.today if any(one.latest > options.today for one in chunks) else 0
    shown = config.future_papers, today, options.drafts
    rest = (
        config,
        shown,
        others.tags,
        others.collections,
        others.pages,
        others.profiles,
        others.gaps,
        others.news,
        others.synonyms,
        others.searches,
        lines,
        files,
    )
    return digest_texts((*(one.shared_digest for one in chunks), repr(rest), *sorted(others.faulty_ids)))


class _Places(NamedTuple):
    """The places of a catalogue's records, each a chunk and a place in it.

    `altered` are the ids of records that are not as parsed: merged with others, or with values of the site. `guards`
    are the places of records of which two or more are one paper.
    """

    places: list[tuple[int, int]]
    altered: list[str]
    guards: list[tuple[int, int]]


def _locate_records(catalogue: Catalogue, chunks: Iterable[ParsedChunk]) -> _Places:
    # A record that was changed has the origin of the one that was parsed.
    parsed = {
        id(record.origin): (number, at, record)
        for number, chunk in enumerate(chunks)
        for at, record in enumerate(chunk.records)
    }
    found = [(ident, record, parsed.pop(id(record.origin))) for ident, record in catalogue.records.items()]
    dropped = [record for _, _, record in parsed.values()]
    titles = any(record.origin.by_title for record in dropped)
    keys = {key for record in dropped for key in keys_of(record, titles=titles)}
    guards = [(number, at) for number, at, _ in parsed.values()]
    if keys:
        guards += [where[:2] for _, record, where in found if keys.intersection(keys_of(record, titles=titles))]
    altered = [ident for ident, record, (_, _, original) in found if record is not original]
    return _Places([where[:2] for _, _, where in found], altered, guards)


def _restore_altered(
    packed: Mapping[str, tuple[str, Any]], places: Mapping[str, tuple[int, int]], chunks: Sequence[ParsedChunk]
) -> dict[str, Record]:
    """Restores the records that are not as parsed, with the present long texts."""
    altered = {}
    for ident, (digest, row) in packed.items():
        number, at = places[ident]
        record = unpack_record(row)
        if chunks[number].digests[at] != digest:
            fresh = chunks[number].find(at)
            texts = {**record.texts, **fresh.texts}
            # A text that the record lacks comes from another record, which has not changed.
            shown = {name: value for name in PRIVATE if (value := getattr(fresh, name))}
            record = replace(record, texts=texts, **shown)
        altered[ident] = record
    return altered


def write_catalogue(
    private: PrivateFolder, code: str, overview: str, cached: CachedCatalogue, chunks: Sequence[ParsedChunk]
) -> None:
    """Writes a catalogue under the digest of its inputs; removes catalogues of other digests."""
    catalogue, survey = cached.catalogue, cached.survey
    order = list(catalogue.records)
    located = _locate_records(catalogue, chunks)
    places = dict(zip(order, located.places, strict=True))
    value = {
        "order": order,
        "places": located.places,
        "altered": {
            ident: (chunks[places[ident][0]].digests[places[ident][1]], pack_record(catalogue.records[ident]))
            for ident in located.altered
        },
        "guards": [(number, at, chunks[number].digests[at]) for number, at in located.guards],
        "slugs": [catalogue.slugs[ident] for ident in order],
        "keys": [catalogue.keys[ident] for ident in order],
        "people_of": [catalogue.people_of[ident] for ident in order],
        "tags": [(one.slug, one.name, one.description, one.parent, one.match) for one in catalogue.tags.values()],
        "papers_by_tag": dict(catalogue.papers_by_tag),
        "people": list(map(_LIST_PERSON, catalogue.people.values())),
        "papers_by_year": dict(catalogue.papers_by_year),
        "venues": [(one.slug, one.name, one.papers) for one in catalogue.venues.values()],
        "venue_of": dict(catalogue.venue_of),
        "collections": [
            (ident, one.papers if one.rank_by or cached.drafts.ids else None)
            for ident, one in catalogue.collections.items()
        ],
        "recent": survey.recent,
        "summary_digests": [survey.summary_digests[ident] for ident in order],
        "pinned": dict(survey.pinned),
        "aliases": dict(survey.aliases),
        "made_by": dict(survey.made_by),
        "attachments": list(map(_LIST_ASSET, catalogue.attachments)),
        "pictures": {ident: _LIST_ASSET(one) for ident, one in catalogue.pictures.items()},
        "warnings": list(map(pack_fault, cached.warnings)),
        "drafts": (sorted(cached.drafts.ids), *cached.drafts[1:]),
    }
    file = _place(private, overview)
    file.parent.mkdir(parents=True, exist_ok=True)
    write_value(file, _KIND, code, value, shared=True)
    for other in file.parent.iterdir():
        if other != file:
            remove_entry(other)


def read_catalogue(
    private: PrivateFolder, code: str, overview: str, chunks: Sequence[ParsedChunk], others: OtherContent
) -> CachedCatalogue | None:
    """Reads the catalogue of this digest, with the present records.

    Returns None without one, or where a record changed that is one paper with another.
    """
    value = read_value(_place(private, overview), _KIND, code)
    if not value or any(chunks[number].digests[at] != digest for number, at, digest in value["guards"]):
        return None
    order, places = value["order"], value["places"]
    altered = _restore_altered(value["altered"], dict(zip(order, places, strict=True)), chunks)
    records = LazyRecords(order, places, chunks, altered)
    collections = {one.id: one for one in others.collections}
    catalogue = Catalogue(
        records=records,
        slugs=dict(zip(order, value["slugs"], strict=True)),
        tags={one[0]: Tag(*one) for one in value["tags"]},
        papers_by_tag=value["papers_by_tag"],
        people={one[0]: Person(*one) for one in value["people"]},
        people_of=dict(zip(order, value["people_of"], strict=True)),
        papers_by_year=value["papers_by_year"],
        venues={one[0]: Venue(*one) for one in value["venues"]},
        venue_of=value["venue_of"],
        collections={
            ident: replace(collections[ident], papers=ranked) if ranked is not None else collections[ident]
            for ident, ranked in value["collections"]
        },
        pages=others.pages,
        static=others.static,
        keys=dict(zip(order, value["keys"], strict=True)),
        gaps=others.gaps,
        attachments=tuple(Asset(*one) for one in value["attachments"]),
        members=others.members,
        news=others.news,
        synonyms=others.synonyms,
        searches=others.searches,
        pictures={ident: Asset(*one) for ident, one in value["pictures"].items()},
    )
    summary_digests = dict(zip(order, value["summary_digests"], strict=True))
    survey = Survey(value["recent"], summary_digests, value["pinned"], value["aliases"], value["made_by"])
    idents, *counts = value["drafts"]
    drafts = Drafts(frozenset(idents), *counts)
    return CachedCatalogue(catalogue, survey, unpack_faults(value["warnings"]), records.list_digests(), drafts)


def _place(private: PrivateFolder, overview: str) -> Path:
    return private.cache / "catalogue" / overview
