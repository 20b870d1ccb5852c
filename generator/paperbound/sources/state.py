"""The state of each source, in `.collected` of the content folder.

A file a source: the day of its first run, the last day of which it had papers, then a line for each day with the ids of
its papers. So a paper that the owner has deleted does not come back.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = ".collected"
# Days after which a paper is forgotten, if its source does not list it any more.
_DAYS = 60


@dataclass(slots=True)
class SourceState:
    """The state of a source: first run, last day with papers, days by papers."""

    file: Path
    begun: datetime.date | None = None
    last: datetime.date | None = None
    seen: dict[str, datetime.date] = field(default_factory=dict)
    text: str = ""

    @classmethod
    def load(cls, content: Path, source: str) -> SourceState:
        """Loads the state of a source; lines that cannot be read count as absent."""
        state = cls(content / FOLDER / source)
        try:
            state.text = state.file.read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            return state
        days = list(_read_days(state.text))
        for day, words in days:
            if words[:1] == ["papers"]:
                state.note(words[1:], day)
        state.begun = next((day for day, words in days if words == ["begun"]), None)
        state.last = next((day for day, words in days if words == ["last"]), None)
        return state

    def note(self, idents: Iterable[str], day: datetime.date) -> None:
        """Notes papers as seen on a day; the first day stays."""
        for ident in idents:
            self.seen.setdefault(name_seen(ident), day)

    def write(self, listed: frozenset[str], today: datetime.date) -> str:
        """Returns the text of the file; `listed` are the ids that the source still lists."""
        days: dict[datetime.date, list[str]] = {}
        for ident, day in self.seen.items():
            if ident in listed or (today - day).days <= _DAYS:
                days.setdefault(day, []).append(ident)
        lines = [f"{day.isoformat()} {what}" for what, day in (("begun", self.begun), ("last", self.last)) if day]
        lines += [" ".join([day.isoformat(), "papers", *sorted(days[day])]) for day in sorted(days)]
        return "".join(f"{line}\n" for line in lines)


def name_seen(ident: str) -> str:
    """Returns an id as one word in lower case."""
    return "".join(ident.split()).lower()


def _read_days(text: str) -> Iterator[tuple[datetime.date, list[str]]]:
    for first, *words in filter(None, map(str.split, text.splitlines())):
        try:
            yield datetime.date.fromisoformat(first), words
        except ValueError:
            continue
