"""Listings of trending papers saved as text: titles and abstracts in turn.

Header lines come first.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...markup.latex import decode_latex
from ...markup.markdown import escape_line_starts, read_latex, strip_inline
from ...model.build import Source
from ...model.errors import Fault
from ...model.record import Origin, Record
from ...text.characters import collapse, decode
from ...text.slugs import add_suffix, make_slug
from ..fields import make_record
from ..importer import ReadContext, Reader

_MARK = "Subscribe"
_LONGEST_TITLE = 400
_REMEDY = "Titles and abstracts stand in turn, a line each."


def looks_like_listing(data: bytes) -> bool:
    """Returns whether a file is a listing: one of its first lines begins with `Subscribe`."""
    lines = data[:20_000].split(b"\n")
    return not data.lstrip().startswith(b"<") and any(line.startswith(_MARK.encode()) for line in lines)


def read_listing(source: Source, context: ReadContext) -> Iterator[Record]:
    """Reads the papers of a listing in order: id (the title's slug), title, abstract.

    The list begins at the first line that starts with `Subscribe`, or after the number of lines of the option `skip`. A
    missing line is a fault, and then there are no records.
    """
    report, skip = context.report, context.options.get("skip")
    text = decode(source, report)
    if text is None:
        return
    lines = text.split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    start = _find_start(lines) if skip is None else skip
    if start is None:
        remedy = "Say with --skip how many lines stand before the first title."
        report(Fault(source.file, 1, "", f"no line begins with {_MARK!r}", remedy, warning=True))
        return
    if skip is None:
        lines[start] = lines[start].removeprefix(_MARK)
    faults = list(_find_faults(lines, start, source.file))
    for fault in faults:
        report(fault)
    if faults:
        return
    idents: set[str] = set()
    for at in range(start, len(lines), 2):
        title, abstract = collapse(lines[at]), collapse(lines[at + 1])
        ident = make_slug(decode_latex(title))
        if not ident or ident in idents:
            ident = add_suffix(ident or "paper", title)
        idents.add(ident)
        values = {"id": ident, "title": read_latex(title), "abstract": escape_line_starts(read_latex(abstract))}
        record = make_record(values, Origin(source.file, at + 1, native=False, by_title=True), report)
        if record:
            yield record


def _find_start(lines: list[str]) -> int | None:
    return next((number for number, line in enumerate(lines) if line.startswith(_MARK)), None)


def _find_faults(lines: list[str], start: int, file: str) -> Iterator[Fault]:
    if start >= len(lines):
        yield Fault(file, len(lines), "", "the listing holds no papers", "Check --skip.", warning=True)
        return
    # A blank or overlong line shifts all lines after it, so only the first one is reported.
    for at in range(start, len(lines)):
        is_title = (at - start) % 2 == 0
        what = "title" if is_title else "abstract"
        if not lines[at].strip():
            yield Fault(
                file,
                at + 1,
                what,
                f"the {what} is missing: this line is empty",
                "Put it in, or drop the pair.",
                warning=True,
            )
            return
        if is_title and len(lines[at]) > _LONGEST_TITLE:
            message = f"a title of {len(lines[at])} characters: a title or an abstract before it is missing"
            yield Fault(file, at + 1, "title", message, _REMEDY, warning=True)
            return
    if (len(lines) - start) % 2:
        shown = strip_inline(lines[-1])[:60]
        message = f"an odd number of lines: the last title ({shown!r}) has no abstract"
        yield Fault(file, len(lines), "abstract", message, _REMEDY, warning=True)


READER = Reader(read_listing, matches=looks_like_listing)
