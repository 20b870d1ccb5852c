"""Faults of the input, for people: place, message and remedy."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import TypeVar

_Value = TypeVar("_Value")
_Result = TypeVar("_Result")
_MOST_NAMED = 10


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """A fault or a warning at a line of the input, 0 for the file.

    `rule` names the rule of `check`, if any.
    """

    file: str
    line: int
    field: str
    message: str
    remedy: str
    warning: bool = False
    rule: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        field = f" [{self.field}]" if self.field else ""
        return f"{write_controls(f'{place}{field}: {self.message}')}\n    {write_controls(self.remedy)}"


def write_controls(text: str) -> str:
    """Returns a line with its control characters and directions written out."""
    return _CONTROLS.sub(lambda match: ascii(match[0])[1:-1], text)


# Names of files, and keys, are of strangers: control characters, directions of writing, halves of characters.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


Report = Callable[[Fault], None]
"""A callback that collects faults, so that reading goes on after the first one."""


class InputError(Exception):
    """Raised for faulty input; `faults` holds all faults by file and line."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


class FieldError(ValueError):
    """An invalid value of a field; `field`, `message` and `remedy` become a Fault."""

    def __init__(self, field: str, message: str, remedy: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field, self.message, self.remedy = field, message, remedy


def convert_each(values: Iterable[_Value], convert: Callable[[_Value], _Result]) -> list[_Result]:
    """Converts each value with a function; raises one FieldError for all faulty values."""
    found, errors = [], []
    for value in values:
        try:
            found.append(convert(value))
        except FieldError as error:
            errors.append(error)
    if errors:
        raise merge_errors(errors)
    return found


def merge_errors(errors: Iterable[FieldError]) -> FieldError:
    """Merges errors of a field into one, with the first ten messages and remedies."""
    errors = list(errors)
    messages = list(dict.fromkeys(error.message for error in errors))
    remedies = list(dict.fromkeys(error.remedy for error in errors))
    more = [f"{len(messages) - _MOST_NAMED:,} more faults"] if len(messages) > _MOST_NAMED else []
    message = "; ".join((*messages[:_MOST_NAMED], *more))
    return FieldError(errors[0].field, message, " ".join(remedies[:_MOST_NAMED]))


class RecordError(ValueError):
    """All invalid fields of one record."""

    def __init__(self, errors: tuple[FieldError, ...]) -> None:
        super().__init__("; ".join(str(error) for error in errors))
        self.errors = errors


def find_nearest(word: str, known: Iterable[str]) -> str:
    """Returns the known word most similar to a word; an empty text without any."""
    near = difflib.get_close_matches(word.lower(), sorted(known), n=1, cutoff=0.6)
    return near[0] if near else ""


def name_nearest(word: str, known: Iterable[str], what: str = "known names") -> str:
    """Returns a remedy: the most similar known word, or else a list of them."""
    words = sorted(known)
    near = find_nearest(word, words)
    if near:
        return f"Did you mean {near!r}?"
    shown = ", ".join(words[:40]) + (", …" if len(words) > 40 else "")
    return f"The {what} are: {shown}." if words else f"There are no {what}."


@dataclass(slots=True)
class Faults:
    """The faults that were reported so far."""

    strict: bool = False
    warnings: list[Fault] = field(default_factory=list)
    errors: list[Fault] = field(default_factory=list)

    def report(self, fault: Fault) -> None:
        """Adds a fault; with `strict` a warning is an error."""
        if fault.warning and not self.strict:
            self.warnings.append(fault)
        else:
            self.errors.append(replace(fault, warning=False))

    def report_all(self, faults: Iterable[Fault]) -> None:
        """Adds several faults."""
        for fault in faults:
            self.report(fault)

    def raise_errors(self) -> None:
        """Raises InputError with all errors, if there are any."""
        if self.errors:
            raise InputError(self.errors)
