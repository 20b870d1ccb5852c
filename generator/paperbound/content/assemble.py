"""Records to Catalogue: duplicates, identities of authors, unique slugs, one total order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from ..config import DEFAULT_BASE_URL
from ..formats.bibtex.keys import make_keys
from ..markup.texts import text_of
from ..model.catalogue import Asset, Catalogue, Collection, FreePage, Gap, NewsItem, Profile, SavedSearch, Tag, Venue
from ..model.errors import Fault, Report, name_nearest
from ..model.record import Record
from ..model.venues import name_venue
from ..text.characters import match_form
from ..text.names import fold
from ..text.slugs import add_unique_suffix, is_free, make_address, make_slug
from ..urls import SiteAddresses, compare_address
from .duplicates import merge_records
from .files.paper_files import PaperFiles
from .people.identities import identify_people, sort_spellings
from .people.profiles import Directory
from .tags import collect_tags, list_by_tag, match_keywords


@dataclass(frozen=True, slots=True)
class OtherContent:
    """A content folder besides its records. `tags` is None where there is no tags.yaml.

    `faulty_ids` are ids of records with faults, in lower case: a collection may name them without a fault. So it may
    `drafts`, which it loses. `attachments` are the files beside records.
    """

    tags: tuple[Tag, ...] | None = None
    collections: tuple[Collection, ...] = ()
    pages: tuple[FreePage, ...] = ()
    static: tuple[Asset, ...] = ()
    profiles: tuple[Profile, ...] = ()
    faulty_ids: frozenset[str] = frozenset()
    gaps: tuple[Gap, ...] = ()
    drafts: frozenset[str] = frozenset()
    attachments: tuple[Asset, ...] = ()
    news: tuple[NewsItem, ...] = ()
    synonyms: tuple[tuple[str, ...], ...] = ()
    searches: tuple[SavedSearch, ...] = ()

    @property
    def members(self) -> tuple[Profile, ...]:
        """The people of the lab, in the order of their file."""
        return tuple(one for one in self.profiles if one.role)


def assemble(
    records: Iterable[Record],
    others: OtherContent,
    report: Report,
    count_author_pages: Callable[[int], int] = lambda _: 1,
    team_size: int = 100,
    base_url: str = DEFAULT_BASE_URL,
    redirects: Iterable[str] = (),
    folders: Iterable[str] = (),
) -> Catalogue:
    """Assembles the catalogue of records in one total order; reports faults.

    Faulty parts are left out. `count_author_pages` returns, for the number of papers, the number from which an author
    gets a page; papers of more authors than `team_size` do not count. `base_url` is the address of the site,
    `redirects` are former addresses of its own, `folders` those of its languages.
    """
    directory = Directory(others.profiles)
    records = match_keywords(records, others.tags) if others.tags else records
    unique = merge_records(directory.apply(records) if others.profiles else records, report)
    pages, static = (page.slug for page in others.pages), (file.path for file in others.static)
    site = SiteAddresses(pages, static, redirects, folders)
    ordered = _drop_shared_addresses(sorted(unique, key=_order), site, report)
    titles = [text_of(record, "title").plain for record in ordered]
    _warn_of_equal_titles(ordered, titles, report)
    slugs = _make_slugs(ordered, titles, report)
    files = PaperFiles(others.static, others.attachments, base_url, report)
    ordered = files.link(ordered, slugs)
    by_id = {record.id: record for record in ordered}
    tags = collect_tags(ordered, others.tags, report)
    papers_by_year: dict[int, list[str]] = defaultdict(list)
    for record in ordered:
        if record.year is not None:
            papers_by_year[record.year].append(record.id)
    least = count_author_pages(len(ordered))
    people, people_of = identify_people(ordered, directory, report, least, team_size)
    venues, venue_of = _collect_venues(ordered)
    return Catalogue(
        records=by_id,
        slugs=slugs,
        tags=tags,
        papers_by_tag=list_by_tag(ordered, tags),
        people=people,
        people_of=people_of,
        papers_by_year={year: tuple(papers_by_year[year]) for year in sorted(papers_by_year, reverse=True)},
        venues=venues,
        venue_of=venue_of,
        collections=_check_collections(others, by_id, report),
        pages=others.pages,
        static=others.static,
        keys=make_keys(ordered),
        gaps=others.gaps,
        attachments=tuple(files.published),
        pictures=files.pictures,
        members=others.members,
        news=others.news,
        synonyms=others.synonyms,
        searches=others.searches,
    )


def _order(record: Record) -> tuple[int, int, str]:
    # Newest first, undated last, then by id: a total order that no position in a file changes.
    day = record.date.first_day.toordinal() if record.date else 0
    return (0 if day else 1, -day, record.id)


def _warn_of_equal_titles(records: Sequence[Record], titles: Sequence[str], report: Report) -> None:
    first: dict[str, Record] = {}
    for record, title in zip(records, titles, strict=True):
        other = first.setdefault(match_form(title), record)
        if other is not record:
            message = f"looks like a duplicate: {other.id!r} has the same title"
            remedy = "Keep one of them, or let the titles differ."
            place = record.origin.file, record.origin.line_of("title")
            report(Fault(*place, "title", message, remedy, warning=True, rule="duplicate"))


def _drop_shared_addresses(records: Sequence[Record], site: SiteAddresses, report: Report) -> list[Record]:
    """Drops addresses of imported records that are those of other records or pages."""
    if not any(not one.origin.native and (one.slug or one.aliases) for one in records):
        return list(records)
    owners: dict[str, str] = {}
    ordered = sorted(records, key=lambda one: not one.origin.native)
    for record in ordered:
        slug = record.slug or make_slug(text_of(record, "title").plain)
        owners.setdefault(compare_address(slug), record.id)
    for record in ordered:
        for alias in record.aliases:
            owners.setdefault(compare_address(alias), record.id)

    def is_free_for(address: str, record: Record) -> bool:
        return owners[compare_address(address)] == record.id and not (address != record.slug and site.has(address))

    unique = []
    for record in records:
        shared = [one for one in (record.slug, *record.aliases) if one and not is_free_for(one, record)]
        if shared and not record.origin.native:
            message = f"the address {shared[0]!r} is that of another page; left out"
            place = record.origin.file, record.origin.line
            report(Fault(*place, "aliases", message, "Give it another.", warning=True, rule="dead-alias"))
            slug = "" if record.slug in shared else record.slug
            record = replace(record, slug=slug, aliases=tuple(one for one in record.aliases if one not in shared))
        unique.append(record)
    return unique


def _make_slugs(records: Sequence[Record], titles: Sequence[str], report: Report) -> dict[str, str]:
    owners: dict[str, Record] = {}
    for record in records:
        if record.slug:
            other = owners.setdefault(record.slug, record)
            if other is not record:
                origin = record.origin
                message = f"the slug {record.slug!r} is also asked for by {other.id!r} in {other.origin.file}"
                remedy = "Give one of them another slug."
                report(Fault(origin.file, origin.line_of("slug"), "slug", message, remedy))
    slugs = {record.id: record.slug for record in records if record.slug}
    # The older paper keeps the plain address, so that a newcomer of the same title moves nothing.
    for record, title in zip(reversed(records), reversed(titles), strict=True):
        if record.slug:
            continue
        slug = make_slug(title)
        if not is_free(slug) or slug in owners:
            slug = add_unique_suffix(slug, record.id, owners)
        owners.setdefault(slug, record)
        slugs[record.id] = slug
    return slugs


def _collect_venues(records: Sequence[Record]) -> tuple[dict[str, Venue], dict[str, str]]:
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    papers: dict[str, list[str]] = defaultdict(list)
    venue_of: dict[str, str] = {}
    for record in records:
        if venue := name_venue(record):
            slug = make_address(venue)
            spellings[slug][venue] += 1
            papers[slug].append(record.id)
            venue_of[record.id] = slug
    venues = {}
    for slug, names in spellings.items():
        venues[slug] = Venue(slug, sort_spellings(names)[0], tuple(papers[slug]))
    ordered = sorted(venues.values(), key=lambda venue: (fold(venue.name), venue.slug))
    return {venue.slug: venue for venue in ordered}, venue_of


def _check_collections(others: OtherContent, records: Mapping[str, Record], report: Report) -> dict[str, Collection]:
    # Newest first, undated last, then by id.
    ordered = sorted(others.collections, key=lambda one: (-one.date.first_day.toordinal() if one.date else 0, one.id))
    for collection in ordered:
        seen: set[str] = set()
        for ident in collection.papers:
            if ident not in records and ident not in others.drafts and ident.lower() not in others.faulty_ids:
                message = f"no paper has the id {ident!r}"
                remedy = name_nearest(ident, records, "ids") if len(records) <= 5_000 else "Write the id of a paper."
                report(Fault(collection.file, 0, "papers", message, remedy))
            elif ident in seen:
                message = f"{ident!r} stands twice in the list"
                report(Fault(collection.file, 0, "papers", message, "Keep one of them."))
            seen.add(ident)
    left_out = others.drafts - records.keys()
    shown = (_leave_out(collection, left_out) for collection in ordered) if left_out else ordered
    return {collection.id: _rank(collection, records) for collection in shown}


def _leave_out(collection: Collection, drafts: Set[str]) -> Collection:
    if drafts.isdisjoint(collection.papers):
        return collection
    return replace(collection, papers=tuple(ident for ident in collection.papers if ident not in drafts))


def _rank(collection: Collection, records: Mapping[str, Record]) -> Collection:
    """Orders the papers by the signal that the collection names, papers without it last."""
    if not collection.rank_by:
        return collection
    values = {ident: records[ident].count_signal(collection.rank_by) for ident in collection.papers if ident in records}
    return replace(collection, papers=tuple(sorted(collection.papers, key=lambda ident: -values.get(ident, -1))))
