"""Papers beside a paper's page: others of its authors, and the newest of its topic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from ..library.pieces import Entry, RelatedPaper
from ..library.site import Site
from ..model.record import Record

# Papers of a list, and authors of a paper and papers of each that are looked at.
_SHOWN, _AUTHORS, _PAPERS = 3, 12, 60


@dataclass(frozen=True, slots=True)
class MorePapers:
    """A list beside a paper's page: id in the page, name, link, papers. The link may be empty."""

    id: str
    name: str
    href: str
    entries: tuple[Entry, ...]


def list_more(site: Site, record: Record, related: Sequence[RelatedPaper]) -> tuple[MorePapers, ...]:
    """Returns papers of a paper's authors and topic, each once on the page."""
    known = {site.entries[record.id].href, *(one.href for one in related)}
    found = []
    for name, title, href, ids in _list_candidates(site, record):
        entries = tuple(islice((one for one in map(site.entries.__getitem__, ids) if one.href not in known), _SHOWN))
        known.update(one.href for one in entries)
        if entries:
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
    catalogue = site.catalogue
    slugs = [slug for slug in catalogue.people_of[record.id] if slug in catalogue.people][:_AUTHORS]
    # Those with most authors of the paper, then the newest.
    shared = Counter(ident for slug in dict.fromkeys(slugs) for ident in catalogue.people[slug].papers[:_PAPERS])
    shared.pop(record.id, None)
    ordered = sorted(shared, key=lambda ident: (-shared[ident], site.recency[ident]))
    if ordered:
        yield "authors", site.t("paper.same_authors"), "", ordered
    yield from list_newest(site, record)


def list_newest(site: Site, record: Record) -> Iterator[tuple[str, str, str, list[str]]]:
    """Yields a list of the papers of a paper's first topic, newest first."""
    catalogue = site.catalogue
    if not site.config.has_topic_news(len(site.order)):
        return
    tag = next((one for one in record.tags if one in catalogue.tags and len(catalogue.papers_by_tag[one]) > 1), "")
    if tag:
        link, newest = site.link_tag(tag), list(catalogue.papers_by_tag[tag][:_PAPERS])
        yield "newest", site.t("paper.newest_on", topic=link.name), link.href, newest
