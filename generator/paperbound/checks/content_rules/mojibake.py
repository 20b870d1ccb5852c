"""UTF-8 that was read as Windows-1252."""

from __future__ import annotations

from collections.abc import Iterator

from ...markup.texts import TEXTS
from ...model.errors import Fault
from ...text.mojibake import repair
from ..rule import WARNING, Content, Rule
from .fields import list_plain_texts, make_fault


def _find(content: Content) -> Iterator[Fault]:
    for record in content.catalogue.records.values():
        for name, text in (*list_plain_texts(record), *((name, getattr(record, name)) for name in TEXTS)):
            mended = text if text.isascii() else _mend(text)
            if mended != text:
                at = next(place for place, (one, other) in enumerate(zip(text, mended, strict=False)) if one != other)
                remedy = f"Write {mended[max(0, at - 10) : at + 10]!r}, or let --fix do it."
                yield make_fault(record, name, text, at, "the text was read in a wrong encoding", remedy)


def _mend(value: str) -> str:
    mended = repair(value)
    return mended if isinstance(mended, str) else value


MOJIBAKE = Rule(
    "mojibake",
    WARNING,
    "A text was read in a wrong encoding: `JosÃ©` for `José`.",
    """\
UTF-8 was read as Windows-1252 by the program that wrote it. The signs that no language writes are certain, and
`--fix` writes the text that was meant. Imported files are mended while they are read.""",
    find_in_content=_find,
    mend=_mend,
)
