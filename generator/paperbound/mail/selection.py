"""Selection: the papers of a digest, for all recipients or one, and of saved queries."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import compress
from pathlib import Path
from typing import TYPE_CHECKING

from ..languages import Language
from ..library.editions import find_newest
from ..library.site import Site
from ..model.catalogue import Collection
from ..model.date import PartialDate
from ..model.errors import Fault, InputError, name_nearest
from ..pages.mail import Selection, select_collection
from ..urls import SEARCH_MANIFEST, home, listing
from .followed import FollowedAuthors
from .recipients import WEEKLY, Recipient

if TYPE_CHECKING:
    from ..search.query.index_reader import Index

_WEEK = datetime.timedelta(days=7)
# The papers of a saved query that are compared with the site's.
_CHECKED = 100
# Returns the ids of the papers that a query finds.
Find = Callable[[str], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Order:
    """The order for a digest: an edition by id, or the papers since a date.

    An empty `collection` is the newest edition; with `since`, papers added since that date. `tags` and `authors` filter
    the papers: one of each is enough. `limit` is the largest number of papers (0: all).
    """

    collection: str = ""
    since: PartialDate | None = None
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    limit: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """Messages that a person got: day of the last, ids of editions and papers."""

    last: datetime.date | None = None
    editions: frozenset[str] = frozenset()
    papers: frozenset[str] = frozenset()


class Selector:
    """Selects the papers of an order.

    Raises InputError for an order with unknown names.
    """

    def __init__(self, site: Site, order: Order, find: Find) -> None:
        self._site, self._order, self._find = site, order, find
        self._selected: dict[str, Selection] = {}
        self._followed: FollowedAuthors | None = None
        # The edition or reading list of the digest, if any.
        self.collection = None if order.since else self._find_collection()
        if faults := list(self._check_names()):
            raise InputError(faults)

    def _find_collection(self) -> Collection:
        collections = self._site.catalogue.collections
        ident = self._order.collection
        if not ident:
            newest = find_newest(collections)
            if newest is None:
                remedy = "Say --since DATE, or give a collection a date."
                raise InputError([Fault("collections", 0, "", "the site has no edition", remedy)])
            return newest
        if ident not in collections:
            remedy = name_nearest(ident, collections, "collections")
            raise InputError([Fault("--collection", 0, "", f"there is no collection {ident!r}", remedy)])
        return collections[ident]

    def _check_names(self) -> Iterator[Fault]:
        tags = self._site.catalogue.tags
        for tag in self._order.tags:
            if tag not in tags:
                yield Fault("--tag", 0, "", f"there is no tag {tag!r}", name_nearest(tag, tags, "tags"))
        for author in self._order.authors:
            problem, remedy = self.followed.check(author)
            if problem:
                yield Fault("--author", 0, "", f"{author!r} {problem}", remedy)

    @property
    def followed(self) -> FollowedAuthors:
        """The authors of the site by their names."""
        if self._followed is None:
            self._followed = FollowedAuthors(self._site)
        return self._followed

    @property
    def key(self) -> str:
        """The digest's key in the delivery log: equal for equal orders, whatever was edited since."""
        since = self._order.since
        what = f"collection {self.collection.id}" if self.collection else f"since {since.iso if since else ''}"
        narrowed = [f"tag {tag}" for tag in self._order.tags] + [f"author {one}" for one in self._order.authors]
        return ", ".join((what, *narrowed))

    def choose(self, language: Language) -> Selection:
        """Selects the papers for all recipients, in the edition's order, or newest first."""
        return self._finish(self._narrow(self._select(language)))

    def _select(self, language: Language) -> Selection:
        if language.code not in self._selected:
            self._selected[language.code] = self._select_all(language)
        return self._selected[language.code]

    def _select_all(self, language: Language) -> Selection:
        if self.collection:
            return select_collection(self._site, self.collection, language)
        since = self._order.since
        assert since, "an order is of an edition, or since a date"
        first = since.first_day.toordinal()
        records, recency = self._site.catalogue.records, self._site.recency
        papers = sorted((ident for ident in records if records[ident].day >= first), key=recency.__getitem__)
        return Selection(
            language.t("mail.since", date=language.show_date(since, "mail")), "", listing("papers"), tuple(papers)
        )

    def _narrow(self, selection: Selection) -> Selection:
        order = self._order
        authors = self.followed.find(order.authors) if order.authors else frozenset[str]()
        return _filter(
            selection,
            lambda ident: (
                (not order.tags or self._has_tag(ident, order.tags)) and (not authors or self._is_by(ident, authors))
            ),
        )

    def _finish(self, selection: Selection) -> Selection:
        """Returns the selection with its filters in the title, cut to the limit."""
        names = [self._site.catalogue.tags[tag].name for tag in self._order.tags] + list(self._order.authors)
        title = f"{selection.title}: {', '.join(names)}" if names else selection.title
        limit = self._order.limit or len(selection.papers)
        return replace(
            selection,
            title=title,
            total=len(selection.papers),
            papers=selection.papers[:limit],
            ranks=selection.ranks[:limit],
            moves=selection.moves[:limit],
        )

    def _has_tag(self, ident: str, tags: Iterable[str]) -> bool:
        mine = self._site.catalogue.records[ident].tags
        return any(tag in mine for tag in tags)

    def _is_by(self, ident: str, authors: frozenset[str]) -> bool:
        return not authors.isdisjoint(self._site.catalogue.people_of[ident])

    def select_for(self, person: Recipient, language: Language, known: Known, today: datetime.date) -> Selection | None:
        """Selects the new papers for a person; returns None without any.

        Returns None, too, before a weekly digest is due. The selection includes earlier editions of the series since
        the person's last digest.
        """
        if person.frequency == WEEKLY and known.last and today - known.last < _WEEK:
            return None
        base = self._select(language)
        older = self._list_older(person, known)
        if older:
            base = self._join(base, older, language)
        authors = self.followed.find(person.authors) if person.authors else frozenset[str]()
        found = self._find(person.query) if person.query else frozenset[str]()
        follows = bool(person.tags or person.authors or person.query)
        chosen = _filter(
            self._narrow(base),
            lambda ident: (
                ident not in known.papers
                and (not follows or ident in found or self._has_tag(ident, person.tags) or self._is_by(ident, authors))
            ),
        )
        return self._finish(chosen) if chosen.papers else None

    def _list_older(self, person: Recipient, known: Known) -> list[Collection]:
        """Returns the earlier editions that a person has yet to get, newest first."""
        edition = self.collection
        if not edition or not edition.date:
            return []
        line = [
            (one.date.first_day, one)
            for one in self._site.catalogue.collections.values()
            if one.date and one.series == edition.series and one.date.first_day < edition.date.first_day
        ]
        had = [day for day, one in line if one.id in known.editions]
        if had:
            return [one for day, one in line if day > max(had)]
        # A first weekly digest holds a week, a first daily one the day's edition.
        after = edition.date.first_day - _WEEK if person.frequency == WEEKLY else edition.date.first_day
        return [one for day, one in line if day > after]

    def _join(self, base: Selection, older: list[Collection], language: Language) -> Selection:
        papers = dict.fromkeys((*base.papers, *(ident for one in older for ident in one.papers)))
        # Ranks of several editions are not comparable.
        return Selection(language.t("mail.personal"), base.date, home(), tuple(papers))


def _filter(selection: Selection, accepts: Callable[[str], bool]) -> Selection:
    accepted = [accepts(ident) for ident in selection.papers]
    if all(accepted):
        return selection
    return replace(
        selection,
        papers=tuple(compress(selection.papers, accepted)),
        ranks=tuple(compress(selection.ranks, accepted)),
        moves=tuple(compress(selection.moves, accepted)),
    )


class SavedQueries:
    """Runs queries on the search index of a built site, each once.

    Raises InputError for a missing or damaged index, and for a site of other papers. The search is imported at first
    use: numpy alone takes 60 ms of a digest's 300.
    """

    def __init__(self, folder: Path, site: Site) -> None:
        self._folder, self._site = folder, site
        self._index: Index | None = None
        self._found: dict[str, frozenset[str]] = {}

    def find(self, query: str) -> frozenset[str]:
        """Returns the ids of the papers with all words of the query."""
        from ..search.query.index_reader import DamagedIndexError

        if query not in self._found:
            try:
                self._found[query] = self._search(query)
            except (DamagedIndexError, FileNotFoundError, ValueError, KeyError) as error:
                raise self._refuse(f"its search index is damaged: {error}") from error
        return self._found[query]

    def _search(self, query: str) -> frozenset[str]:
        from ..search.query.parser import parse_query
        from ..search.query.ranking import rank

        index = self._open()
        words, _ = parse_query(query)
        order, slugs = self._site.order, self._site.catalogue.slugs
        # Documents are numbered oldest first.
        found = [(number, order[len(order) - 1 - number]) for number in rank(index, words).whole.tolist()]
        for number, ident in found[:_CHECKED]:
            if index.record(number).href.rstrip("/").rpartition("/")[2] != slugs[ident]:
                raise self._refuse("it was built from other papers")
        return frozenset(ident for _, ident in found)

    def _open(self) -> Index:
        if self._index is None:
            from ..search.query.index_reader import Index

            manifest = self._folder / SEARCH_MANIFEST
            if not manifest.is_file():
                raise self._refuse("it holds no search index, which saved queries need")
            self._index = Index(lambda path: (manifest.parent / path).read_bytes())
            if self._index.size != len(self._site.order):
                raise self._refuse("it was built from other papers")
        return self._index

    def _refuse(self, message: str) -> InputError:
        return InputError([Fault(str(self._folder), 0, "", message, "Build the site first: paperbound build.")])
