"""Front matter of other sites' pages: YAML or TOML as a row, and the body."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from ...model.build import Source
from ...model.errors import Fault
from ...model.record import Record
from ...text.addresses import mend_path
from ...text.characters import decode
from ...text.yamltext import Entry, YamlError, load_entries
from ..foreign import make_foreign
from ..importer import ReadContext, Reader
from ..rows import Row

# Bytes of a file that are enough to see its keys.
_HEAD = 20_000
_MOST_MENDS = 20
_FRONT = re.compile(r"(?P<sign>---|\+\+\+)[ \t]*\n(?P<front>.*?)^(?P=sign)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_HOST = re.compile(r"https?://[^/]*")
_ESCAPED_VALUE = re.compile(r"(\s*(?:- )?[\w-]+:[ \t]+)\"(.*)\"")
_PLAIN_VALUE = re.compile(r"(\s*(?:- )?[\w-]+:[ \t]+)([^'\"|>\s\[{&*].*?|[\[{&*].*?[^\]}])")

Convert = Callable[[Row, str], Mapping[str, Any] | None]
"""A function that converts front matter and body to a paper's fields; None for a page that is no paper."""


def make_reader(convert: Convert, recognise: Callable[[frozenset[str]], bool], dull: frozenset[str]) -> Reader:
    """Makes the reader of a kind of page.

    `recognise` says whether the keys of a front matter are of this kind. Keys that `convert` does not read are counted,
    but those that are `dull`.
    """

    def read(source: Source, context: ReadContext) -> Iterator[Record]:
        page = read_page(source, context)
        if page is None:
            return
        row, body = page
        values = convert(row, body)
        if values is None:
            return
        row.count_unused(dull)
        record = make_foreign(values, row.origin, context)
        if record:
            yield record

    return Reader(read, matches=lambda data: recognise(list_keys(data)))


def read_page(source: Source, context: ReadContext) -> tuple[Row, str] | None:
    """Reads front matter and body of a page; reports unreadable front matter."""
    text = decode(source, context.report)
    match = _FRONT.match(text) if text is not None else None
    if not match:
        if text is not None:
            _report(source, context, YamlError(1, "the page has no front matter", ""))
        return None
    front = match["front"]
    assert text is not None
    try:
        if match["sign"] == "+++":
            entry = Entry(_load_toml(front), {}, 1)
        else:
            entry = next(iter(load_mended(front, source, context, above=1)[1]), Entry({}, {}, 1))
    except YamlError as error:
        _report(source, context, error)
        return None
    lines = {key: line + 1 for key, line in entry.lines.items()}
    return Row(entry.values, source.file, 1, context, lines=lines), text[match.end() :].strip()


def load_mended(
    text: str, source: Source, context: ReadContext, above: int = 0, below: str = ""
) -> tuple[bool, list[Entry]]:
    """Loads YAML, with values quoted that are YAML only in quotes.

    Each of them is a warning. `above` is the number of the file's lines before the text, `below` the key of the list
    that is loaded. Raises YamlError for other faults.
    """
    lines = text.split("\n")
    for _ in range(_MOST_MENDS):
        try:
            return load_entries("\n".join(lines), below)
        except YamlError as error:
            # A parser notices a colon on its line, and an unclosed bracket on the next.
            for at in (error.line - 1, error.line - 2):
                form = _ESCAPED_VALUE if "escape character" in error.message else _PLAIN_VALUE
                value = form.fullmatch(lines[at].rstrip()) if 0 <= at < len(lines) else None
                if value and not error.field:
                    quoted = value[2].replace('\\"', '"').replace("'", "''")
                    lines[at] = f"{value[1]}'{quoted}'"
                    message = f"{value[2][:60]!r} is YAML only in other quotes; read as text"
                    fault = Fault(source.file, at + above + 1, "", message, "Put it into single quotes.", warning=True)
                    context.report(fault)
                    break
            else:
                raise
    return load_entries("\n".join(lines), below)


def list_keys(data: bytes) -> frozenset[str]:
    """Lists the top keys of a front matter; an empty set for other text."""
    text = data[:_HEAD].decode("utf-8-sig", "ignore").replace("\r\n", "\n")
    if text.startswith("---"):
        end = re.search(r"^---[ \t]*$", text[3:], re.MULTILINE)
        return frozenset(
            re.findall(r"^([A-Za-z][\w-]*)[ \t]*:", text[: end.start() + 3 if end else None], re.MULTILINE)
        )
    if text.startswith("+++"):
        end = re.search(r"^\+\+\+[ \t]*$", text[3:], re.MULTILINE)
        return frozenset(
            re.findall(r"^([A-Za-z][\w-]*)[ \t]*=", text[: end.start() + 3 if end else None], re.MULTILINE)
        )
    return frozenset()


def list_addresses(texts: Iterable[str]) -> list[str]:
    """Lists paths and addresses of an old site as former addresses, without hosts."""
    paths = (_HOST.sub("", text.strip()).partition("#")[0] for text in texts)
    return [path if path.lower().endswith((".html", ".htm")) else f"/{path.strip('/')}/" for path in paths if path]


def read_address(row: Row, name: str) -> str:
    """Returns the address of a key, or a path; reports other texts."""
    address = row.text(name)
    if "//" in address or address.startswith("www.") or mend_path(address):
        return address
    if address.strip("# "):  # a sign alone stands for no address yet
        row.warn(name, f"{address[:100]!r} is no address and no document; left out", "Link it in the record's links.")
    return ""


def _report(source: Source, context: ReadContext, error: YamlError) -> None:
    line = error.line + 1
    remedy = error.remedy or "Begin the file with a line `---`, the fields, and another line `---`."
    context.report(Fault(source.file, line, error.field, error.message, remedy, warning=True))


def _load_toml(text: str) -> dict[str, Any]:
    import tomllib  # 10 ms, and few pages are written in TOML

    try:
        return {key: _plain(value) for key, value in tomllib.loads(text).items()}
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = re.search(r"at line (\d+)", str(error))
        message = f"the TOML cannot be read: {str(error)[:200]}"
        raise YamlError(int(line[1]) if line else 1, message, "Check its quotes.") from error


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, datetime.date | datetime.time) else value
