"""Recipients: a list of addresses as text, or as YAML with subscriptions."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..content.yaml_files import Fields
from ..languages import LANGUAGES, find_code
from ..model.build import Source
from ..model.errors import Fault, FieldError, Report
from ..text.characters import clean, collapse, decode
from ..text.yamltext import YamlError, load_entries

DAILY, WEEKLY = "daily", "weekly"
_KEYS = ("address", "tags", "authors", "query", "frequency", "language")
_NAMED = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]*)>")
_NOTED = re.compile(r"(?P<address>\S+)\s+\((?P<name>[^()]*)\)")
_COMMENT = re.compile(r"(?:^|\s)#.*")
_REMEDY = "Write name@example.org, or: Name <name@example.org>"


@dataclass(frozen=True, slots=True)
class Recipient:
    """A recipient: address, name, and the subscribed tags, authors and query.

    Without any of them, the recipient gets all papers. An empty `language` is the site's. `rich` recipients come from a
    YAML list, and get only papers that are new to them.
    """

    address: str
    name: str = ""
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    query: str = ""
    frequency: str = DAILY
    language: str = ""
    rich: bool = False

    @property
    def key(self) -> str:
        """The address without case: equal for the same person."""
        return self.address.casefold()


def read_recipients(source: Source, report: Report, languages: Collection[str] = ()) -> tuple[Recipient, ...]:
    """Reads the recipients of a list, each address once, in order.

    `.yaml` and `.yml` are read as YAML, other files as text. Faulty lines are reported; a repeated address is a
    warning. `languages` are the codes of the site's own languages.
    """
    text = decode(source, report)
    if text is None:
        return ()
    is_yaml = source.file.lower().endswith((".yaml", ".yml"))
    found = _read_yaml(source.file, text, report, languages) if is_yaml else _read_lines(source.file, text, report)
    return tuple(_drop_twins(source.file, found, report))


def _drop_twins(file: str, found: Iterable[tuple[int, Recipient]], report: Report) -> Iterator[Recipient]:
    first: dict[str, int] = {}
    for line, recipient in found:
        if recipient.key in first:
            message = f"{recipient.address} stands in line {first[recipient.key]} already"
            report(Fault(file, line, "", message, "It gets one message; drop one of the lines.", warning=True))
            continue
        first[recipient.key] = line
        yield recipient


def _read_lines(file: str, text: str, report: Report) -> Iterator[tuple[int, Recipient]]:
    for number, line in enumerate(text.split("\n"), 1):
        entry = _COMMENT.sub("", line).strip()
        if not entry:
            continue
        try:
            yield number, Recipient(*read_address(entry))
        except FieldError as error:
            report(Fault(file, number, "", error.message, error.remedy))


def read_address(text: str) -> tuple[str, str]:
    """Returns address and name of `name@example.org` or `Name <name@example.org>`.

    The domain is in ASCII. Raises FieldError for an invalid address (RFC 5321, RFC 6531).
    """
    from email_validator import EmailNotValidError, validate_email

    entry = collapse(clean(text)[0])
    match = _NAMED.fullmatch(entry) or _NOTED.fullmatch(entry)
    address, name = (match["address"], match["name"]) if match else (entry, "")
    name = name.strip().strip('"').replace('\\"', '"').strip()
    try:
        found = validate_email(
            address.strip(),
            check_deliverability=False,
            globally_deliverable=False,
            allow_quoted_local=True,
            strict=True,
        )
    except EmailNotValidError as error:
        raise FieldError("address", f"{entry[:80]!r} is no address: {str(error).rstrip('.')}", _REMEDY) from error
    domain = found.ascii_domain or found.domain
    top = domain.rpartition(".")[2]
    if top.isdigit() or (top == domain and domain != "localhost"):
        raise FieldError("address", f"{entry[:80]!r} is no address: {domain!r} is no domain", _REMEDY)
    return f"{found.local_part}@{domain}", name


def _read_yaml(file: str, text: str, report: Report, languages: Collection[str]) -> Iterator[tuple[int, Recipient]]:
    try:
        _, entries = load_entries(text)
    except YamlError as error:
        report(Fault(file, error.line, error.field, error.message, error.remedy))
        return
    for entry in entries:
        fields = Fields(file, entry, report)
        recipient = _make_recipient(fields, languages)
        if not fields.faulty:
            yield entry.line, recipient


def _make_recipient(fields: Fields, languages: Collection[str]) -> Recipient:
    fields.check_keys(_KEYS, "subscriber")
    values, written = fields.entry.values, fields.text("address")
    if not written:
        fields.fail(FieldError("address", "the subscriber has no address", _REMEDY))
    address, name = fields.read(("", ""), read_address, written)
    frequency, language = fields.text("frequency") or DAILY, fields.text("language")
    if frequency not in (DAILY, WEEKLY):
        fields.fail(FieldError("frequency", f"{frequency!r} is not a choice", f"Write {DAILY} or {WEEKLY}."))
    if language and not find_code(language, languages):
        remedy = f"Write one of {', '.join((*LANGUAGES, *languages))}."
        fields.fail(FieldError("language", f"there are no words in {language!r}", remedy))
    tags, authors = (fields.read((), _read_texts, values, key) for key in ("tags", "authors"))
    return Recipient(address, name, tags, authors, fields.text("query"), frequency, language, rich=True)


def _read_texts(values: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = values.get(key) or []
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise FieldError(key, "a list is expected here", f"Write `{key}: [one, another]`.")
    return tuple(dict.fromkeys(collapse(clean(one)[0]) for one in value))
