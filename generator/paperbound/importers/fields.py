"""Records from fields: typed, cleaned and checked, with all faults and their lines."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import PurePosixPath
from typing import Any

from ..markup.markdown import BRACKETS, is_hostile
from ..markup.texts import parse_texts
from ..model.date import PartialDate
from ..model.errors import Fault, FieldError, RecordError, Report, find_nearest, name_nearest
from ..model.record import FIELDS, KNOWN, Author, Link, Origin, Record, Text
from ..text.characters import clean, collapse
from .importer import UnknownKeys

LARGEST = 1_000_000
# How similar a key is to the field that it misspells: `abstrct` is, `track` is not.
_NEAR = 0.8
_LISTS = frozenset(("other_titles", "tags", "awards", "aliases", "related"))
_BLOCKS = frozenset(("abstract", "summary", "takeaway", "notes"))
_AUTHOR_KEYS = ("name", "id", "orcid", "affiliation", "url")
_PREFIXES = {
    "arxiv": ("arxiv:", "https://arxiv.org/abs/", "http://arxiv.org/abs/"),
    "doi": ("doi:", "https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/"),
}
_IDENTIFIERS = frozenset(("arxiv", "doi", "pmid", "isbn", "bibkey", "language"))
_NO = frozenset(("", "no", "false", "0"))
_YES = frozenset(("yes", "true", "1"))


def make_record(values: Mapping[str, Any], origin: Origin, report: Report) -> Record | None:
    """Makes a record of its fields; reports all faults, and returns None with any.

    Values are text, lists and mappings from YAML, or numbers and booleans from JSON.
    """
    return _Converter(values, origin, report).convert()


def name_record(file: str) -> str:
    """Returns the default id of a file's record: its stem, or its folder for `index`."""
    path = PurePosixPath(file.replace("\\", "/"))
    return path.parent.name if path.stem.lower() in ("index", "_index") and path.parent.name else path.stem


def report_unknown(file: str, keys: UnknownKeys, report: Report) -> None:
    """Reports the keys of a file's records that no field takes: one warning a key.

    Keys that begin with `extra.` are kept there, and others are left behind.
    """
    for key, (count, first) in keys.items():
        name = key.removeprefix("extra.")
        near = next(iter(get_close_matches(name.lower(), FIELDS, n=1, cutoff=_NEAR)), "")
        what, fate = ("left behind", "Put it into `extra` to hand it to your theme.")
        if name != key:
            what, fate = ("kept in `extra`", "A theme may show it.")
        message = f"{name!r} is no field of a paper; {what} in {count:,} record{'s' if count > 1 else ''}"
        report(Fault(file, first, name, message, f"Did you mean {near!r}?" if near else fate, warning=True))


class _Converter:
    def __init__(self, values: Mapping[str, Any], origin: Origin, report: Report) -> None:
        self.values, self.origin, self.report = values, origin, report
        self.failed = False
        self.meant: set[str] = set()

    def convert(self) -> Record | None:
        typed: dict[str, Any] = {}
        self._check_size()
        for name, value in self.values.items():
            if name not in KNOWN:
                self.meant.add(find_nearest(name, FIELDS))
                self._fault(FieldError(name, f"{name!r} is no field of a paper", name_nearest(name, FIELDS, "fields")))
            elif value is not None and value != "" and value != []:
                try:
                    typed[name] = self._convert_field(name, value)
                except FieldError as error:
                    self._fault(error)
        if self.failed:  # the remaining fields are checked, too
            typed.setdefault("id", "unknown")
            typed.setdefault("title", "" if "title" not in self.values else "unknown")
        typed["texts"] = parse_texts(typed)
        self._check_formulas(typed["texts"])
        record = self._build(typed)
        return None if self.failed else record

    def _build(self, typed: dict[str, Any]) -> Record | None:
        try:
            return Record(**{"id": "", "title": "", **typed}, origin=self.origin)
        except RecordError as errors:
            # An invalid identifier of an imported file is left out, and the paper stays.
            spoilt = {error.field for error in errors.errors if error.field in _IDENTIFIERS}
            mends = bool(spoilt) and not self.origin.native
            for error in errors.errors:
                if error.field in self.meant and error.field not in self.values:
                    continue  # a missing `title` is the same fault as the reported `titel`
                mended = mends and error.field in spoilt
                self._fault(
                    FieldError(error.field, f"{error.message}; left out", error.remedy) if mended else error,
                    warning=mended,
                )
            if not mends or self.failed:
                return None
        return self._build({name: value for name, value in typed.items() if name not in spoilt})

    def _check_size(self) -> None:
        size = sum(len(value) for value in self.values.values() if isinstance(value, str))
        if size > LARGEST:
            self._fault(FieldError("", f"the record has {size:,} characters", f"At most {LARGEST:,} are taken."))

    def _check_formulas(self, texts: Mapping[str, Text]) -> None:
        remedy = "Close its braces, give each command its arguments, and use commands of LaTeX's mathematics."
        for name in sorted(texts):
            for formula in texts[name].unreadable:
                message = f"the formula ${formula}$ cannot be read; its source is shown"
                self._fault(FieldError(name, message, remedy), warning=True)

    def _fault(self, error: FieldError, *, warning: bool = False) -> None:
        self.failed = self.failed or not warning
        line = self.origin.line_of(error.field)
        self.report(Fault(self.origin.file, line, error.field, error.message, error.remedy, warning))

    def _convert_field(self, name: str, value: Any) -> Any:
        if name in _LISTS:
            return tuple(self._text(name, item) for item in self._list(name, value))
        if name in ("authors", "editors"):
            return tuple(self._author(name, item) for item in self._list(name, value))
        if name in ("date", "added"):
            return self._date(name, self._text(name, value))
        if name == "links":
            return self._links(value)
        if name == "extra":
            if not isinstance(value, Mapping):
                raise FieldError(name, "a mapping is expected here", "Write `extra: {colour: blue}`.")
            return freeze(value)
        if name in _BLOCKS:
            return self._block(name, value)
        text = self._text(name, value)
        return self._shorten(name, text)

    def _shorten(self, name: str, text: str) -> str:
        if name == "retracted":
            lowered = text.lower()
            return "" if lowered in _NO else "This paper was retracted." if lowered in _YES else text
        for prefix in _PREFIXES.get(name, ()):
            if text.lower().startswith(prefix):
                return text[len(prefix) :]
        return text

    def _text(self, name: str, value: Any) -> str:
        # Most values: there is nothing to clean, and no white space but spaces.
        if type(value) is str and value.isascii() and value.isprintable():
            return " ".join(value.split())
        return collapse(self._clean(name, value))

    def _block(self, name: str, value: Any) -> str:
        text = self._clean(name, value).strip("\n").rstrip()
        if is_hostile(text):
            message = f"more markup than a text has use for (over {BRACKETS} brackets)"
            self._fault(FieldError(name, message, "It is shown as plain text."), warning=True)
        return text

    def _clean(self, name: str, value: Any) -> str:
        if isinstance(value, bool):
            value = "yes" if value else "no"
        if isinstance(value, int | float):
            value = str(value)
        if not isinstance(value, str):
            raise FieldError(name, "text is expected here, not a list or a mapping", "Write one line of text.")
        text, removed = clean(value)
        if removed:
            message = f"{removed} control character{'s' if removed > 1 else ''} removed"
            self._fault(FieldError(name, message, "Save the text again without them."), warning=True)
        return text

    def _list(self, name: str, value: Any) -> list[Any]:
        if not isinstance(value, list):
            raise FieldError(name, "a list is expected here", f"Write `{name}: [first, second]`.")
        return [item for item in value if item is not None and item != ""]

    def _author(self, name: str, item: Any) -> Author:
        if not isinstance(item, Mapping):
            return Author(self._text(name, item))
        values = {"name": ""}
        for key, value in item.items():
            if key not in _AUTHOR_KEYS:
                remedy = name_nearest(str(key), _AUTHOR_KEYS, "keys")
                raise FieldError(name, f"{key!r} is no key of an author", remedy)
            if value:
                values[key] = self._text(name, value)
        return Author(**values)

    def _date(self, name: str, text: str) -> PartialDate:
        try:
            return PartialDate.parse(text)
        except ValueError as error:
            remedy = "Write YYYY, YYYY-MM or YYYY-MM-DD, a day that exists."
            raise FieldError(name, str(error), remedy) from error

    def _links(self, value: Any) -> tuple[Link, ...]:
        if not isinstance(value, Mapping):
            raise FieldError("links", "a mapping is expected here", "Write `links: {code: https://…}`.")
        return tuple(Link(str(kind), self._text("links", url)) for kind, url in value.items() if url)


def freeze(value: Any) -> Any:
    """Returns a value of JSON with tuples for lists, and text for keys."""
    if isinstance(value, Mapping):
        return {str(key): freeze(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return tuple(freeze(inner) for inner in value)
    return value
