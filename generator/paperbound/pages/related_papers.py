"""Related papers: which, and why, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..library.pieces import RelatedPaper
from ..library.site import Site
from ..model.record import Record

# For each paper's id: ids of others, best first, and the words that they share with most weight.
RelatedPapers = Mapping[str, Sequence[tuple[str, Sequence[str]]]]
# The place of names in a phrase.
_NAMES = "\0"


def list_related(site: Site, record: Record, found: RelatedPapers) -> tuple[RelatedPaper, ...]:
    """Returns the related papers of a record, with reasons.

    The record's own list comes first, then the most similar papers, up to the number of the settings.
    """
    records = site.catalogue.records
    most = site.config.count_related(len(records))
    pinned = [ident for ident in dict.fromkeys(record.related) if ident in records and ident != record.id]
    words = dict(found.get(record.id, ()))
    chosen = [*pinned, *(ident for ident in words if ident not in pinned)][:most]
    return tuple(_relate(site, record, ident, words.get(ident, ()), pinned=ident in pinned) for ident in chosen)


def _relate(site: Site, record: Record, ident: str, words: Sequence[str], *, pinned: bool) -> RelatedPaper:
    entry = site.entries[ident]
    return RelatedPaper(
        href=entry.href,
        url=site.addresses.base_url + entry.href[len(site.addresses.base_path) :],
        name=entry.title,
        title_html=entry.title_html,
        year=entry.year,
        reason=_explain(site, record, site.catalogue.records[ident], words, pinned=pinned),
    )


def _explain(
    site: Site, record: Record, other: Record, words: Sequence[str], *, pinned: bool
) -> tuple[tuple[str, str], ...]:
    """Returns the reason as pieces: text in front of a name, and the name.

    Pieces are `shares ` *Test-time scaling*, `; both on ` *sampling*.
    """
    tags = site.catalogue.tags
    shared = [tags[tag].name for tag in record.tags if tag in other.tags and tag in tags][:2]
    people = site.catalogue.people_of
    names = dict(zip(people[record.id], record.authors, strict=True))
    authors = [names[slug].name for slug in people[record.id] if slug in people[other.id]][:2]
    known = " ".join(shared).lower()
    about = [word for word in words if word not in known][: 2 if shared or authors else 3]
    groups = (
        ("related.pinned", [""] if pinned else []),
        ("related.topics", shared),
        ("related.authors", authors),
        ("related.words", about if not pinned or not shared else []),
    )
    pieces: list[tuple[str, str]] = []
    lead = ""
    for key, items in groups:
        if not items:
            continue
        start, _, end = site.t(key, names=_NAMES).partition(_NAMES)
        lead += (site.t("related.joint") if pieces else "") + start
        for place, item in enumerate(items):
            if place:
                lead = site.t("layout.and" if place == len(items) - 1 else "layout.comma")
            pieces.append((lead, item))
        lead = end
    return (*pieces, (lead, "")) if lead else tuple(pieces)
