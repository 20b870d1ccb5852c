"""Collections that an import makes, or brings up to date."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ...formats.yamlrecord import write_collection
from ...model.date import PartialDate
from ...model.errors import Fault, Report
from ..folder import find_series, read_collections
from ..imports import ImportedFiles

_DATED = re.compile(r"(?:^|-)(\d{4}-\d{2}-\d{2})$")


def find_date(ident: str) -> PartialDate | None:
    """Finds the date at the end of a collection's id."""
    match = _DATED.search(ident)
    try:
        return PartialDate.parse(match[1]) if match else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class ImportedLists:
    """The collections of a content folder, as an import writes them into its files."""

    content: Path
    done: ImportedFiles
    update: bool
    report: Report

    def keep(self, ident: str, date: PartialDate | None, given: PartialDate | None, idents: Iterable[str]) -> None:
        """Keeps papers in their order as a collection; reports one that holds others.

        A new collection has the `date`, an old one gets the one that was `given`.
        """
        papers = list(dict.fromkeys(idents))
        path = self.content / "collections" / f"{ident}.yaml"
        known = {one.id: one for one in read_collections(self.content, self.report)}
        if ident not in known:
            title = _DATED.sub("", ident).strip("-").replace("-", " ").capitalize() or ident
            self.done.texts[path] = write_collection(title, date.iso if date else "", "", "", papers)
            return
        old = known[ident]
        when = given or old.date
        if list(old.papers) == papers and when == old.date:
            return
        if not self.update:
            what = (
                "holds other papers, or the same in another order" if list(old.papers) != papers else "has another date"
            )
            message = f"the collection {ident!r} {what}; left as it is"
            self.report(Fault(old.file, 0, "papers", message, "Say --update to write it anew.", warning=True))
            return
        path = self.content / Path(old.file).relative_to(self.content.resolve().name)
        series = old.series if old.series != find_series(ident) else ""
        read_at = old.read_at.iso if old.read_at else ""
        reasons = {paper: list(queries) for paper, queries in old.reasons}
        others = {"source": old.source, "read_at": read_at, "rank_by": old.rank_by, "reasons": reasons}
        if one := old.session:
            when, time = one.day, f"{one.begin}-{one.end}" if one.end else one.begin
            others |= {"kind": "session", "time": time, "room": one.room, "chair": one.chair, "track": one.track}
        self.done.texts[path] = write_collection(
            old.title, when.iso if when else "", old.description, series, papers, **others
        )
