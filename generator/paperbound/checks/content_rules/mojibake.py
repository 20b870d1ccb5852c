"""UTF-8 that was read in another encoding, and signs that were lost."""

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
            if "\ufffd" in text:
                remedy = "Write the letter that was lost: the original has it."
                yield make_fault(
                    record, name, text, text.index("\ufffd"), "a letter was lost in a wrong encoding", remedy
                )
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
UTF-8 was read as Windows-1252, as the encoding of an old Mac (`Jos√©`), or as one of five others by the program that
wrote it. The signs that no language writes are certain, and `--fix` writes the text that was meant. Imported files are
mended while they are read. A letter that was lost (`Jos�`) is found, and known to nobody.""",
    find_in_content=_find,
    mend=_mend,
)
