"""Faults of the input, told to people: where, what is wrong, what to write instead."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong with the input, at one place.

    `line` counts from 1; 0 means the file as a whole. `field` is empty where no field is meant.
    """

    file: str
    line: int
    field: str
    message: str
    remedy: str
    warning: bool = False

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        field = f" [{self.field}]" if self.field else ""
        return f"{place}{field}: {self.message}\n    {self.remedy}"


Report = Callable[[Fault], None]
"""Where faults are handed to, so that reading goes on and all of them are told together."""


class InputError(Exception):
    """The input has faults; `faults` holds all of them, in order of file and line."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


class FieldError(ValueError):
    """A value that its field does not take; `field`, `message` and `remedy` go into a Fault."""

    def __init__(self, field: str, message: str, remedy: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field
        self.message = message
        self.remedy = remedy


class RecordError(ValueError):
    """All the faults of one record's values."""

    def __init__(self, errors: tuple[FieldError, ...]) -> None:
        super().__init__("; ".join(str(error) for error in errors))
        self.errors = errors


def find_nearest(word: str, known: Iterable[str]) -> str:
    """The known word that is nearest to this one, or the empty text where none is near."""
    near = difflib.get_close_matches(word.lower(), sorted(known), n=1, cutoff=0.6)
    return near[0] if near else ""


def name_nearest(word: str, known: Iterable[str], what: str = "known names") -> str:
    """A remedy that names the nearest known word, or lists them where none is near."""
    words = sorted(known)
    near = find_nearest(word, words)
    if near:
        return f"Did you mean {near!r}?"
    shown = ", ".join(words[:40]) + (", …" if len(words) > 40 else "")
    return f"The {what} are: {shown}." if words else f"There are no {what}."
