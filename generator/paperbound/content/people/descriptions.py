"""Descriptions of authors by their papers, for readers who compare two people of one name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ...model.catalogue import Catalogue, Profile
from ...model.venues import name_venue
from ...text.report import count_of

MOST_SHOWN = 3


def describe_person(catalogue: Catalogue, profile: Profile | None, slug: str, papers: Sequence[str]) -> str:
    """Describes an author by some papers, in one line.

    It has the papers' years and venues, the co-authors, the affiliation and the ORCID.
    """
    years: set[int] = set()
    venues, others, places, orcids = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for ident in papers:
        record = catalogue.records[ident]
        years |= {record.year} if record.year else set()
        venues[name_venue(record)] += 1
        for other, author in zip(catalogue.people_of[ident], record.authors, strict=True):
            if other != slug:
                others[author.name] += 1
            else:
                places[author.affiliation] += 1
                orcids[author.orcid] += 1
    company, shown = _list_most(others), ", ".join([*papers[:MOST_SHOWN], *["…"][: len(papers) > MOST_SHOWN]])
    parts = [
        f"{slug}: {count_of(len(papers), 'paper')} ({shown})",
        "–".join(map(str, sorted({min(years), max(years)}))) if years else "",
        _list_most(venues),
        f"with {company}" if company else "",
        (profile.affiliation if profile else "") or _list_most(places),
        f"ORCID {_list_most(orcids)}" if any(orcids) else "",
    ]
    return "; ".join(filter(None, parts))


def _list_most(counts: Counter[str]) -> str:
    """Returns the most frequent texts, three at most."""
    known = sorted((text for text in counts if text), key=lambda text: (-counts[text], text))
    return ", ".join(known[:MOST_SHOWN])
