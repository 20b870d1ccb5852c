"""Records from fields: typed, cleaned and checked, with all faults and their lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import PurePosixPath
from typing import Any

from ..markup.markdown import BRACKETS, LINES, is_hostile, list_pictures
from ..markup.texts import parse_texts
from ..model.date import PartialDate
from ..model.errors import Fault, FieldError, RecordError, Report, find_nearest, name_nearest
from ..model.record import FIELDS, KNOWN, Author, Link, Origin, Record, Signal, Text
from ..text.characters import clean, collapse, drop_directions, read_number
from ..text.identifiers import find_orcid
from .importer import UnknownKeys
from .mends import DRAFT, MENDS, RETRACTED
from .values import count_characters

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
# Fields that say yes, no, or why, with the text for yes.
_MARKS = {"retracted": RETRACTED, "draft": DRAFT}
_NO = frozenset(("", "no", "false", "0"))
_YES = frozenset(("yes", "true", "1"))


def make_record(values: Mapping[str, Any], origin: Origin, report: Report) -> Record | None:
    """Makes a record of its fields; reports all faults, and returns None with any.

    Values are text, lists and mappings from YAML, or numbers and booleans from JSON.
    """
    return _Converter(values, origin, report).convert()


# How the warning of a record without a title begins.
UNTITLED = "a record without a title is left out"


def name_record(file: str) -> str:
    """Returns the default id of a file's record: its stem, or its folder for `index`."""
    path = PurePosixPath(file.replace("\\", "/"))
    return path.parent.name if path.stem.lower() in ("index", "_index") and path.parent.name else path.stem


def report_unknown(file: str, keys: UnknownKeys, report: Report) -> None:
    """Reports the keys of a file's records that no field takes: one warning a key.

    Keys that begin with `extra.` are kept there, and others are left behind. Those that begin with `own.` are notes of
    the program that wrote the file: one warning names them all.
    """
    own = [key for key in keys if key.startswith("own.")]
    if own:
        names = ", ".join(repr(key.removeprefix("own.")) for key in own)
        message = f"{names}: notes of the program that wrote the file, which are left behind"
        remedy = "There is nothing to do: they say nothing of the paper."
        first = min(keys[key][1] for key in own)
        report(Fault(file, first, own[0].removeprefix("own."), message, remedy, warning=True))
    for key, (count, first) in keys.items():
        if key in own:
            continue
        name = key.removeprefix("extra.")
        # `AD (addresses of authors)` is a tag with its meaning.
        field = name.partition(" (")[0] if name == key else name
        near = next(iter(get_close_matches(field.lower(), FIELDS, n=1, cutoff=_NEAR)), "")
        what, fate = ("left behind", "Put it into `extra` to hand it to your theme.")
        if name != key:
            what, fate = ("kept in `extra`", "A theme may show it.")
        message = f"{name!r} is no field of a paper; {what} in {count:,} record{'s' if count > 1 else ''}"
        report(
            Fault(
                file,
                first,
                field,
                message,
                f"Did you mean {near!r}?" if near not in ("", field) else fate,
                warning=True,
            )
        )


def find_markup_faults(texts: Mapping[str, Text]) -> Iterator[FieldError]:
    """Yields faults in the texts of fields: formulas, pictures, too much markup."""
    remedy = "Close its braces, give each command its arguments, and use commands of LaTeX's mathematics."
    for name in sorted(texts):
        for picture in list_pictures(texts[name].source):
            message = f"the picture {picture!r} is not shown: texts of papers have none"
            remedy = "Put it into static/ and name it in `links`, or show it on a page of pages/."
            yield FieldError(name, message, remedy)
        for formula in texts[name].unreadable:
            yield FieldError(name, f"the formula ${formula}$ cannot be read; its source is shown", remedy)
        if name in _BLOCKS and is_hostile(texts[name].source):
            message = f"more markup than a text has use for (over {BRACKETS} brackets or {LINES:,} lines)"
            yield FieldError(name, message, "It is shown as plain text.")


class _Converter:
    def __init__(self, values: Mapping[str, Any], origin: Origin, report: Report) -> None:
        self.values, self.origin, self.report = values, origin, report
        self.failed = False
        self.meant: set[str] = set()

    def convert(self) -> Record | None:
        typed: dict[str, Any] = {}
        size = count_characters(self.values)
        if size > LARGEST:
            self._fault(FieldError("", f"the record has {size:,} characters", f"At most {LARGEST:,} are taken."))
            return None
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
        for found in find_markup_faults(typed["texts"]):
            self._fault(found, warning=True)
        record = self._build(typed)
        return None if self.failed else record

    def _build(self, typed: dict[str, Any]) -> Record | None:
        try:
            return Record(**{"id": "", "title": "", **typed}, origin=self.origin)
        except RecordError as errors:
            for error in errors.errors:
                # A missing `title` is the same fault as the reported `titel`.
                if error.field not in self.meant or error.field in self.values:
                    self._fault(error)
            return None

    def _fault(self, error: FieldError, *, warning: bool = False) -> None:
        self.failed = self.failed or not warning
        line, remedy = self.origin.line_of(error.field), error.remedy
        if not warning and error.field in self.values:
            remedy = _suggest(error.field, self.values[error.field]) or remedy
        self.report(Fault(self.origin.file, line, error.field, error.message, remedy, warning))

    def _convert_field(self, name: str, value: Any) -> Any:
        if name in _LISTS:
            return tuple(self._text(name, item) for item in self._list(name, value))
        if name in ("authors", "editors"):
            return tuple(self._author(name, item) for item in self._list(name, value))
        if name in ("date", "added"):
            return self._date(name, self._text(name, value))
        if name == "links":
            return self._links(value)
        if name == "signals":
            return self._signals(value)
        if name == "made_by":
            if not isinstance(value, Mapping):
                raise FieldError(name, "a mapping is expected here", "Write `made_by: {takeaway: central-sentence}`.")
            return {str(key): self._text(name, program) for key, program in value.items()}
        if name == "extra":
            if not isinstance(value, Mapping):
                raise FieldError(name, "a mapping is expected here", "Write `extra: {colour: blue}`.")
            return freeze(value)
        if name in _BLOCKS:
            return self._block(name, value)
        text = self._text(name, value)
        return self._shorten(name, text)

    def _shorten(self, name: str, text: str) -> str:
        if name in _MARKS:
            lowered = text.lower()
            return "" if lowered in _NO else _MARKS[name] if lowered in _YES else text
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
        return self._clean(name, value).strip("\n").rstrip()

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
            remedy = "Save the text without them; in double quotes of YAML a backslash of LaTeX is doubled."
            self._fault(FieldError(name, message, remedy), warning=True)
        return text

    def _list(self, name: str, value: Any) -> list[Any]:
        if not isinstance(value, list):
            raise FieldError(name, "a list is expected here", f"Write `{name}: [first, second]`.")
        return [item for item in value if item is not None and item != ""]

    def _author(self, name: str, item: Any) -> Author:
        if not isinstance(item, Mapping):
            return Author(drop_directions(self._text(name, item)))
        values = {"name": ""}
        for key, value in item.items():
            if key not in _AUTHOR_KEYS:
                remedy = name_nearest(str(key), _AUTHOR_KEYS, "keys")
                raise FieldError(name, f"{key!r} is no key of an author", remedy)
            if value:
                values[key] = drop_directions(self._text(name, value))
        author = Author(**values)
        if author.orcid and find_orcid(author.orcid) != author.orcid:
            remedy = "Compare it with the person's page at orcid.org."
            raise FieldError(name, f"the check digit of the ORCID {author.orcid!r} is wrong", remedy)
        return author

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

    def _signals(self, value: Any) -> tuple[Signal, ...]:
        remedy = "Write `signals: {upvotes: {value: 12, date: 2026-11-23, source: a service}}`."
        if not isinstance(value, Mapping):
            raise FieldError("signals", "a mapping is expected here", remedy)
        signals = []
        for name, item in value.items():
            given = item if isinstance(item, Mapping) else {"value": item}
            for key in given:
                if key not in ("value", "date", "source"):
                    raise FieldError("signals", f"{key!r} is no key of a signal", remedy)
            text = self._text("signals", given.get("value", ""))
            count = read_number(text, 0, 10**12)
            if count is None:
                raise FieldError("signals", f"{text[:60]!r} is no whole number", remedy)
            date = self._text("signals", given.get("date") or "")
            source = self._text("signals", given.get("source") or "")
            signals.append(Signal(str(name), count, self._date("signals", date) if date else None, source))
        return tuple(signals)


def _suggest(name: str, value: Any) -> str:
    """Returns the remedy for a value that can be mended; else an empty text."""
    mend = MENDS[name](value) if name in MENDS else None
    if mend is None or not mend.value or (name in ("authors", "editors") and not isinstance(value, str)):
        return ""
    if name == "links":
        written = set(value.values()) if isinstance(value, Mapping) else set()
        shown = next((link.url for link in mend.value if link.url not in written), "")
    elif isinstance(mend.value, tuple):
        names = (one.name if isinstance(one, Author) else str(one) for one in mend.value)
        shown = f"`{name}: [{', '.join(names)}]`"
    else:
        shown = mend.value.iso if isinstance(mend.value, PartialDate) else str(mend.value)
    return f"Write {shown}." if shown and len(shown) <= 200 and shown != value else ""


def freeze(value: Any) -> Any:
    """Returns a value of JSON with tuples for lists, and text for keys."""
    if isinstance(value, Mapping):
        return {str(key): freeze(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return tuple(freeze(inner) for inner in value)
    return value
