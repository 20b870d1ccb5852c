"""Values that several citation formats need: kind, year and pages of a record."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import zip_longest

from ..markup.latex import decode_formula
from ..markup.texts import text_of
from ..model.record import Record
from ..text.memo import memoize_text

# Records with the addresses of their pages.
Rows = Sequence[tuple[Record, str]]

_JOURNAL = re.compile(r"journal|transactions|magazine|letters|review", re.IGNORECASE)
_DASH = re.compile(r"(?<!\s)\s*(?:[–—]|--)[-–—]*\s*")
_HYPHEN = re.compile(r"(?<!\s)\s*-\s*")
RETRACTED = "RETRACTED: "
_SCRIPT = re.compile(r"([_^])(\{[^{}\\]*\}|[A-Za-z0-9])")
_LOW, _HIGH = (str.maketrans("0123456789+-=()", signs) for signs in ("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾"))


def guess_kind(record: Record) -> str:
    """Returns the record's kind, or the most likely one by its other fields."""
    if record.kind:
        return record.kind
    if not record.venue and not record.booktitle:
        return "preprint" if record.arxiv else "misc"
    return "article" if record.volume or _JOURNAL.search(record.venue) else "inproceedings"


def find_year(record: Record) -> str:
    """Returns the year to cite: the venue's for a published paper."""
    return record.venue_year or (str(record.date.year) if record.date else "")


def find_pages(record: Record) -> tuple[str, str]:
    """Returns first and last page; the last is empty for a single page.

    An article number is a single page; of several ranges, the first page of the first and the last of the last.
    """
    ranges = [part.strip() for part in record.pages.split(",") if part.strip()]
    if not ranges:
        return "", ""
    first, last = _split_range(ranges[0])[0], _split_range(ranges[-1])[-1]
    return first, last if last != first else ""


def _split_range(text: str) -> list[str]:
    return (_DASH if _DASH.search(text) else _HYPHEN).split(text)


def find_abstract(record: Record) -> str:
    """Returns the abstract in one line of plain text, which two formats have."""
    return memoize_text("abstract", record.digest, lambda one: text_of(one, "abstract").plain, record)


def mark_retracted(record: Record, title: str) -> str:
    """Returns a title, marked if the paper is retracted (NISO RP-45-2024)."""
    marked = title.lower().startswith("retracted") or not record.retracted
    return title if marked else f"{RETRACTED}{title}"


def show_title(record: Record) -> str:
    """Returns the title as plain text; digits of formulas stay low or high: H₂O."""
    return memoize_text("title", record.digest, lambda one: write_title(one, {}, _write_script), record)


def _write_script(sign: str, inner: str) -> str:
    signs = _LOW if sign == "_" else _HIGH
    return inner.translate(signs) if all(ord(one) in signs for one in inner) else f"{sign}{inner}"


def write_title(record: Record, styles: Mapping[str, tuple[str, str]], write_script: Callable[[str, str], str]) -> str:
    """Writes the title with the begin and the end of each style.

    `write_script` writes the inner text of a subscript `_` or a superscript `^` of a formula.
    """
    pieces = []
    for style, text in text_of(record, "title").spans:
        begin, end = styles.get(style, ("", ""))
        pieces.append(_write_formula(text, write_script) if style == "math" else f"{begin}{text}{end}")
    return " ".join("".join(pieces).split())


def _write_formula(tex: str, write_script: Callable[[str, str], str]) -> str:
    """Writes a formula with simple scripts; any other is plain text."""
    pieces = _SCRIPT.split(tex)
    if any(sign in piece for piece in pieces[::3] for sign in "^_{}"):
        return decode_formula(tex)
    words = [decode_formula(piece) if piece.strip() else piece for piece in pieces[::3]]
    pairs = zip(pieces[1::3], pieces[2::3], strict=True)
    scripts = [write_script(sign, decode_formula(inner.strip("{}"))) for sign, inner in pairs]
    return "".join(word + script for word, script in zip_longest(words, scripts, fillvalue=""))
