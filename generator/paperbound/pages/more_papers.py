"""Papers beside a paper's page: others of its authors, and the newest of its topic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice

from ..library.pieces import MorePapers, RelatedPaper
from ..library.site import Site
from ..model.catalogue import Person
from ..model.record import Record

# Papers of a list, and people and papers of each that are looked at.
_SHOWN, _AUTHORS, _PAPERS = 3, 12, 60


def list_more(site: Site, record: Record, related: Sequence[RelatedPaper]) -> tuple[MorePapers, ...]:
    """Returns papers of a paper's authors and topic, each once on the page."""
    known = {site.entries[record.id].href, *(one.href for one in related)}
    found = []
    for name, title, href, ids in _list_candidates(site, record):
        entries = tuple(islice((one for one in map(site.entries.__getitem__, ids) if one.href not in known), _SHOWN))
        known.update(one.href for one in entries)
        if entries or not ids:
            found.append(MorePapers(name, title, href, entries))
    return tuple(found)


def read_more(site: Site, record: Record) -> Iterator[str]:
    """Yields the inputs of the lists.

    Those of papers that may take the place of related ones are among them.
    """
    most = 2 * _SHOWN + site.config.count_related(len(site.order)) + 1
    for name, title, _, ids in _list_candidates(site, record):
        yield f"{name}\1{title}"
        yield from site.list_summaries(ids[:most])


def _list_candidates(site: Site, record: Record) -> Iterator[tuple[str, str, str, list[str]]]:
    """Yields id, title, link and papers of each list, best first."""
    ordered = rank_by_people(site, site.catalogue.people_of[record.id], (record.id,))
    if ordered:
        yield "authors", site.t("paper.same_authors"), "", ordered
    yield from list_newest(site, record)


def rank_by_people(site: Site, slugs: Iterable[str], known: Collection[str]) -> list[str]:
    """Returns papers of people who have pages, besides known ones.

    Those of most of them come first, then the newest.
    """
    found = _list_people(site, slugs)
    shared = Counter(ident for person in found for ident in person.papers[:_PAPERS] if ident not in known)
    return sorted(shared, key=lambda ident: (-shared[ident], site.recency[ident]))


def find_busiest(site: Site, slugs: Iterable[str], known: Collection[str]) -> Person | None:
    """Returns the person with most papers.

    Of people who have a page and papers besides known ones; None without one.
    """
    found = (one for one in _list_people(site, slugs) if any(ident not in known for ident in one.papers))
    return max(found, key=lambda person: len(person.papers), default=None)


def _list_people(site: Site, slugs: Iterable[str]) -> Iterator[Person]:
    people = site.catalogue.people
    return islice((people[slug] for slug in dict.fromkeys(slugs) if slug in people), _AUTHORS)


def list_newest(site: Site, record: Record) -> Iterator[tuple[str, str, str, list[str]]]:
    """Yields a list of the papers of a paper's first topic, newest first.

    On a large site, where a new paper would write too many pages anew, the list is empty: the link leads to the papers,
    and a script reads them from there.
    """
    catalogue = site.catalogue
    tag = next((one for one in record.tags if one in catalogue.tags and len(catalogue.papers_by_tag[one]) > 1), "")
    if tag:
        link, has_news = site.link_tag(tag), site.config.has_topic_news(len(site.order))
        newest = list(catalogue.papers_by_tag[tag][:_PAPERS]) if has_news else []
        yield "newest", site.t("paper.newest_on", topic=link.name), link.href, newest
