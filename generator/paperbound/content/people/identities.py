"""Identities: the authors of all papers as people, each with an address of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ...model.catalogue import Person, Profile
from ...model.errors import Fault, Report, name_nearest
from ...model.record import Author, Record
from ...text.names import fold, place_in_index
from ...text.report import count_of
from ...text.slugs import add_suffix, make_address
from .profiles import Directory

# People among whom a similar name is looked for.
_MOST_COMPARED = 5_000
# Letters with accents are before it; Greek, Cyrillic, Han and others after.
_LATIN_END = "\u0250"


@dataclass(slots=True)
class _Found:
    """A person during assembly: the count of each spelling, its first place, and the papers.

    `counted` papers have no more authors than `team_size`.
    """

    slug: str
    spellings: dict[str, int] = field(default_factory=dict)
    first: dict[str, Record] = field(default_factory=dict)
    papers: dict[str, None] = field(default_factory=dict)
    orcids: dict[str, None] = field(default_factory=dict)
    counted: int = 0


def identify_people(
    records: Sequence[Record], directory: Directory, report: Report, least: int, team_size: int
) -> tuple[dict[str, Person], dict[str, tuple[str, ...]]]:
    """Returns the people with pages by slug, and the authors' slugs by paper.

    A page is for people with a profile, and for those with at least `least` papers of at most `team_size` authors.
    """
    found: dict[str, _Found] = {}
    people_of: dict[str, tuple[str, ...]] = {}
    slugs = _Slugs(records, directory, report)
    for record in records:
        counts = len(record.authors) <= team_size
        names = []
        for author in record.authors:
            slug = slugs.find(author)
            one = found.get(slug) or found.setdefault(slug, _Found(slug))
            names.append(slug)
            one.first.setdefault(author.name, record)
            one.spellings[author.name] = one.spellings.get(author.name, 0) + 1
            one.counted += counts and record.id not in one.papers
            one.papers[record.id] = None
            if author.orcid:
                one.orcids[author.orcid] = None
        people_of[record.id] = tuple(names)
    shown = [one for one in found.values() if one.counted >= least or one.slug in directory.by_id]
    similar = _find_namesakes(shown, directory, report)
    people = [_make_person(one, directory.by_id.get(one.slug), similar[one.slug], report) for one in shown]
    people.sort(key=lambda one: (*place_in_index(one.name), one.slug))
    return {person.slug: person for person in people}, people_of


class _Slugs:
    """The slugs of authors, each of one person.

    A slug is that of an id, or of a name, with a suffix where two people have one name."""

    def __init__(self, records: Sequence[Record], directory: Directory, report: Report) -> None:
        self._directory = directory
        self._known: dict[tuple[str, str, str], str] = {}
        self._names: dict[str, str] = {}
        self._orcids: dict[str, dict[str, Record]] = defaultdict(dict)
        # The person of the oldest paper keeps the plain address, so that a newcomer of the same name moves nothing.
        for record in reversed(records):
            for author in record.authors:
                if author.orcid and not author.id:
                    self._orcids[self._name(author.name)].setdefault(author.orcid, record)
        for slug, owners in self._orcids.items():
            if len(owners) > 1 and slug not in directory.by_id:
                _warn_of_orcids(slug, owners, report)
        if directory.profiles:
            self._warn_of_ambiguity(records, report)

    def find(self, author: Author) -> str:
        """Returns the slug of an author."""
        key = (author.id, author.name, author.orcid)
        slug = self._known.get(key)
        if slug is None:
            slug = self._known[key] = self._make(author)
        return slug

    def _name(self, name: str) -> str:
        slug = self._names.get(name)
        if slug is None:
            slug = self._names[name] = make_address(name)
        return slug

    def _make(self, author: Author) -> str:
        if author.id:
            return make_address(author.id)
        slug = self._name(author.name)
        owners = self._orcids.get(slug, {})
        if slug in self._directory.by_id:
            # A person of authors.yaml has this address, and is somebody else.
            return add_suffix(slug, author.orcid or slug)
        if author.orcid and author.orcid != next(iter(owners)):
            return add_suffix(slug, author.orcid)
        return slug

    def _warn_of_ambiguity(self, records: Iterable[Record], report: Report) -> None:
        """Reports names of several profiles, each at one paper without an id."""
        seen: set[str] = set()
        for record in records:
            for author in record.authors:
                slug = self._name(author.name)
                if author.id or author.orcid or slug in seen:
                    continue
                seen.add(slug)
                ids = self._directory.list_namesakes(author.name)
                if len(ids) > 1:
                    message = f"{author.name!r} is a name of {', '.join(ids)} in authors.yaml; this one is apart"
                    remedy = f"Write {{name: {author.name}, id: {ids[0]}}} in the record."
                    place = record.origin.file, record.origin.line_of("authors")
                    report(Fault(*place, "authors", message, remedy, warning=True, rule="namesakes"))


def _warn_of_orcids(slug: str, owners: Mapping[str, Record], report: Report) -> None:
    record = list(owners.values())[-1]
    shown = ", ".join(list(owners)[:5])
    message = f"{len(owners)} people are called {slug!r}, by their ORCIDs {shown}; papers without one go to the first"
    remedy = "Add each of them to authors.yaml, with an id and the ORCID."
    place = record.origin.file, record.origin.line_of("authors")
    report(Fault(*place, "authors", message, remedy, warning=True, rule="namesakes"))


def _make_person(one: _Found, profile: Profile | None, similar: tuple[str, ...], report: Report) -> Person:
    # The spelling that most papers have stands for all.
    names = sorted(one.spellings, key=lambda name: (-one.spellings[name], *weigh_spelling(name)))
    known = (profile.name, *profile.variants) if profile else ()
    person = Person(
        slug=one.slug,
        name=profile.name if profile else names[0],
        variants=tuple(sorted({*names, *known})),
        papers=tuple(one.papers),
        orcid=profile.orcid if profile else next(iter(one.orcids)) if len(one.orcids) == 1 else "",
        url=profile.url if profile else "",
        affiliation=profile.affiliation if profile else "",
        picture=profile.picture if profile else "",
        similar=similar,
    )
    rare = _list_unknown(names, profile) if profile else names[1:]
    if rare:
        _warn_of_spellings(person, [one.first[name] for name in rare], report)
    return person


def weigh_spelling(name: str) -> tuple[bool, bool, str]:
    """Returns the sort key of equally frequent spellings: capitals alone last, accents first."""
    has_accents = not name.isascii() and max(name) < _LATIN_END
    return name.isupper() or name.islower(), not has_accents, name


def _list_unknown(names: Sequence[str], profile: Profile) -> list[str]:
    """Returns the spellings that a profile lacks, and whose slugs it has."""
    known = {profile.name, *profile.variants}
    slugs = {make_address(name) for name in known}
    return [name for name in names if name not in known and make_address(name) in slugs]


def sort_spellings(spellings: Mapping[str, int]) -> list[str]:
    """Returns spellings, the most frequent first."""
    return sorted(spellings, key=lambda name: (-spellings[name], name)) if len(spellings) > 1 else list(spellings)


def _warn_of_spellings(person: Person, records: Sequence[Record], report: Report) -> None:
    # Reported at the rarer spelling, which is the one to correct.
    origin = min((record.origin for record in records), key=lambda origin: (origin.file, origin.line))
    message = f"taken for one person: {', '.join(person.variants)} (/authors/{person.slug}/)"
    remedy = "Give them one spelling, or each an id of its own; or accept them: paperbound people."
    place = origin.file, origin.line_of("authors")
    report(Fault(*place, "authors", message, remedy, warning=True, rule="spellings"))


def _find_namesakes(found: Iterable[_Found], directory: Directory, report: Report) -> dict[str, tuple[str, ...]]:
    """Finds people of equal names, and those that authors.yaml calls similar."""
    by_name: dict[str, dict[str, None]] = defaultdict(dict)
    similar: dict[str, set[str]] = {one.slug: set() for one in found}
    for slug, one in ((one.slug, one) for one in found):
        for name in one.spellings:
            by_name[fold(name)][slug] = None
    for slugs in by_name.values():
        for slug in slugs if len(slugs) > 1 else ():
            similar[slug] |= slugs.keys() - {slug}
    for profile in directory.profiles:
        for other in profile.similar:
            if other in similar and profile.id in similar:
                similar[profile.id].add(other)
                similar[other].add(profile.id)
            elif other not in similar and other not in directory.by_id:
                _warn_of_similar(profile, other, similar, report)
    return {slug: tuple(sorted(others - {slug})) for slug, others in similar.items()}


def _warn_of_similar(profile: Profile, other: str, people: Iterable[str], report: Report) -> None:
    slugs = list(people)
    remedy = name_nearest(other, slugs, "people") if len(slugs) <= _MOST_COMPARED else "Write the id of a person."
    message = f"nobody of {count_of(len(slugs), 'author')} has the id {other!r}"
    report(Fault(profile.file, profile.line, "similar", message, remedy, warning=True, rule="namesakes"))
