"""Same papers: records that share an identifier, or a title and an author."""

from __future__ import annotations

from ..content.duplicates import compare_value, find_place, keys_of
from ..content.imports import ImportLibrary
from ..model.record import Record
from ..text.names import sort_key


def find_same(record: Record, library: ImportLibrary) -> int | None:
    """Returns the place of the paper's record in a library; None for a new paper.

    Equal titles are one paper if no author is known of one, or one author is of both, unless arXiv has two.
    """
    place = find_place(record, library.places)
    if place is not None:
        return place
    for key in keys_of(record, titles=True):
        place = library.places.get(key) if key[0] == "title" else None
        if place is not None and _may_be_same(record, library.records[place]):
            return place
    return None


def _may_be_same(record: Record, other: Record) -> bool:
    if record.arxiv and other.arxiv and compare_value("arxiv", record.arxiv) != compare_value("arxiv", other.arxiv):
        return False
    mine, theirs = ({sort_key(author.name)[0] for author in one.authors} for one in (record, other))
    return not mine or not theirs or bool(mine & theirs)
