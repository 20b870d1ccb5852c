"""Entries of tagged lines: RIS, PubMed, Web of Science and EndNote.

rispy reads two of the four formats, without lines; it loses an entry that has no end, and values that repeat.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ...model.build import Source
from ...model.errors import Fault
from ...model.record import Origin, Record
from ...text.characters import collapse, decode
from ..foreign import make_foreign
from ..importer import ReadContext, Reader

# Entries of a part.
_PART = 64


@dataclass(frozen=True, slots=True)
class TagForm:
    """The form of a tagged file.

    `line` matches a line with its `tag` and `value`; other lines continue the value before. `start` is the tag that
    begins an entry and `end` the tag that ends it; with an empty `end`, entries end at the next `start`. `border` finds
    the starts of entries in bytes. `tags` are the tags of fields whose lines are worth knowing.
    """

    line: re.Pattern[str]
    start: str
    end: str
    border: re.Pattern[bytes]
    tags: Mapping[str, tuple[str, ...]]


@dataclass(slots=True)
class TaggedEntry:
    """The values of an entry in order: tag, line and lines of text.

    Each function `take…` removes the values that it returns.
    """

    line: int
    rows: list[tuple[str, int, list[str]]] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    def line_of(self, *tags: str) -> int:
        """Returns the line of the first tag that is present, or else the entry's."""
        lines = {tag: line for tag, line, _ in reversed(self.rows)}
        return next((lines[tag] for tag in tags if tag in lines), self.line)

    def peek(self, tag: str) -> str:
        """Returns the first value of a tag, in one line, which stays."""
        return next((collapse(" ".join(lines)) for name, _, lines in self.rows if name == tag), "")

    def take(self, *tags: str) -> str:
        """Returns the first value of the first tag that has one, in one line."""
        for tag in tags:
            for place, (name, _, lines) in enumerate(self.rows):
                if name == tag and (text := collapse(" ".join(lines))):
                    del self.rows[place]
                    self.used.add(text)
                    return text
        return ""

    def take_all(self, *tags: str) -> list[str]:
        """Returns all values of the tags, each in one line."""
        return list(map(collapse, self.take_raw(*tags)))

    def take_raw(self, *tags: str) -> list[str]:
        """Returns all values of the tags, with their line breaks."""
        found = [text for name, _, lines in self.rows if name in tags and (text := "\n".join(lines)).strip()]
        self.rows = [row for row in self.rows if row[0] not in tags]
        self.used.update(map(collapse, found))
        return found

    def report_lost(self, lost: Mapping[str, str], context: ReadContext, sign: str = "") -> None:
        """Reports the tags whose values no field of a paper takes. `lost` has what each is."""
        for tag, what in lost.items():
            if self.take(tag):
                context.count_unknown(f"{sign}{tag} ({what})", self.line)

    def leave(self) -> dict[str, str]:
        """Returns the other values by tag, without those that repeat a used one."""
        texts: dict[str, list[str]] = {}
        for tag, _, lines in self.rows:
            text = collapse(" ".join(lines))
            if text and text not in self.used:
                texts.setdefault(tag, []).append(text)
        return {tag: "; ".join(found) for tag, found in texts.items()}


def make_reader(
    form: TagForm,
    convert: Callable[[TaggedEntry, ReadContext], Mapping[str, Any]],
    read: Callable[[Source, ReadContext], Iterable[TaggedEntry]] | None = None,
    matches: Callable[[bytes], bool] | None = None,
) -> Reader:
    """Makes the reader of a format.

    `convert` converts an entry to a paper's fields. `read` yields the entries of a source, and `matches` knows a file,
    by default by the `form`.
    """

    def read_records(source: Source, context: ReadContext) -> Iterator[Record]:
        for entry in read(source, context) if read else read_entries(source, form, context):
            if all(tag == form.start for tag, _, _ in entry.rows):  # it has a type or an id, and no title
                make_foreign({}, Origin(source.file, entry.line, native=False), context)
                continue
            lines = {name: entry.line_of(*tags) for name, tags in form.tags.items()}
            origin = Origin(source.file, entry.line, native=False, lines=lines)
            record = make_foreign(convert(entry, context), origin, context)
            if record:
                yield record

    return Reader(read_records, make_split(form), matches or (lambda start: bool(form.border.search(start[:4_096]))))


def make_split(form: TagForm) -> Callable[[Source], Iterator[Source]]:
    """Returns a function that splits a file into parts of 64 entries.

    Unchanged parts are not parsed again.
    """

    def split(source: Source) -> Iterator[Source]:
        data, begin, line = source.data, 0, source.line
        borders = [match.start() for match in form.border.finditer(data)][_PART::_PART]
        for border in (*borders, len(data)):
            part = data[begin:border]
            yield Source(source.file, part, line)
            begin, line = border, line + part.count(b"\n")

    return split


def read_entries(source: Source, form: TagForm, context: ReadContext) -> Iterator[TaggedEntry]:
    """Reads the entries of a source; reports an entry without its end."""
    text = decode(source, context.report)
    entry: TaggedEntry | None = None
    for number, line in enumerate((text or "").split("\n"), source.line):
        match = form.line.match(line)
        tag = match["tag"] if match else ""
        if match and tag == form.start:
            if entry:
                yield _finish(entry, source, form, context)
            entry = TaggedEntry(number)
        if entry is None:
            continue
        if not match:
            if line.strip():
                entry.rows[-1][2].append(line.strip())
        elif tag == form.end:
            yield entry
            entry = None
        else:
            entry.rows.append((tag, number, [(match["value"] or "").strip()]))
    if entry:
        yield _finish(entry, source, form, context)


def _finish(entry: TaggedEntry, source: Source, form: TagForm, context: ReadContext) -> TaggedEntry:
    if form.end:
        message, remedy = "the entry has no end; read up to the next entry", f"End each entry with a line `{form.end}`."
        context.report(Fault(source.file, entry.line, form.end, message, remedy, warning=True))
    return entry
