"""CSL-YAML: the `references:` of Pandoc and of Better BibTeX.

Its fields are those of CSL-JSON; texts are Pandoc's Markdown: https://pandoc.org/MANUAL.html#specifying-bibliographic-data
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ...model.build import Source
from ...model.errors import Fault
from ...model.record import Record
from ...text.characters import decode
from ...text.names import split_name
from ...text.yamltext import YamlError
from ..foreign import make_foreign
from ..importer import ReadContext, Reader
from ..pages.front_matter import load_mended
from ..rows import Row
from .csl import DULL, convert_item

_LIST = re.compile(rb"^(?:references:|- )", re.MULTILINE)
_TYPE = re.compile(
    rb"^[ -]*type:[ '\"]*(?:article|book|chapter|dataset|document|entry|interview|legislation|manuscript|motion|"
    rb"pamphlet|paper-conference|patent|post|report|review|software|speech|standard|thesis|webpage)\b",
    re.MULTILINE,
)
_FIELD = re.compile(
    rb"^[ -]*(?:issued|container-title|family|literal|citation-key|publisher-place|collection-title|event-title):",
    re.MULTILINE,
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
# In this order: spans, strong and emphasized text, sub- and superscripts.
_MARKS = (
    (re.compile(r"\[([^\[\]]*)\]\{[.#][^{}]*\}"), r"\1"),
    (re.compile(r"\*\*([^*]+)\*\*"), r"<b>\1</b>"),
    (re.compile(r"\*([^*]+)\*"), r"<i>\1</i>"),
    (re.compile(r"(?<!\w)_([^_]+)_(?!\w)"), r"<i>\1</i>"),
    (re.compile(r"~([^~\s]+)~"), r"<sub>\1</sub>"),
    (re.compile(r"\^([^^\s]+)\^"), r"<sup>\1</sup>"),
)
_UPPER = ("doi", "url", "isbn", "issn", "pmid", "pmcid")
_PEOPLE = ("author", "editor")
# Fields with texts of Markdown.
_TEXTS = ("title", "abstract", "container-title", "collection-title", "event-title", "publisher", "note")


def read_references(source: Source, context: ReadContext) -> Iterator[Record]:
    """Reads the references of a file: a list, or that of the key `references`."""
    text = decode(source, context.report)
    if text is None:
        return
    try:
        _, entries = load_mended(text, source, context, below="references")
    except YamlError as error:
        context.report(Fault(source.file, error.line, error.field, error.message, error.remedy, warning=True))
        return
    for entry in entries:
        values = _convert(entry.values)
        row = Row(values, source.file, entry.line, context, lines=entry.lines)
        record = make_foreign(convert_item(row), row.origin, context)
        row.count_unused(DULL)
        if record:
            yield record


def _convert(item: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the values of an item as CSL-JSON has them."""
    values = {name.upper() if name in _UPPER else name: value for name, value in item.items()}
    for name in _TEXTS:
        if isinstance(value := values.get(name), str):
            values[name] = _read_markdown(value)
    for name in _PEOPLE:
        if value := values.get(name):
            values[name] = [_convert_name(one) for one in (value if isinstance(value, list) else [value])]
    if "issued" in values:
        values["issued"] = _convert_date(values["issued"])
    return values


def _convert_name(name: Any) -> Any:
    if isinstance(name, str):
        family, comma, given = name.partition(",")
        return (
            {"family": family, "given": given}
            if comma
            else dict(zip(("given", "family"), split_name(name), strict=True))
        )
    if not isinstance(name, Mapping):
        return name
    # Each initial may be an item of a list.
    return {key: " ".join(map(str, value)) if isinstance(value, list) else value for key, value in name.items()}


def _convert_date(date: Any) -> Any:
    """Returns a date as parts, or as text; a list of mappings is a range."""
    ends = date if isinstance(date, list) else [date]
    if all(isinstance(one, Mapping) and "year" in one for one in ends):
        parts = [[one[name] for name in ("year", "month", "day") if one.get(name)] for one in ends]
        return {**ends[0], "date-parts": parts}
    # A range of the form of EDTF: 2020-05/2020-06; with a sign of doubt: 2020~.
    return date.partition("/")[0].rstrip("~?%") if isinstance(date, str) else date


def _read_markdown(text: str) -> str:
    """Converts Pandoc's Markdown to HTML, as CSL-JSON has it; formulas stay."""
    pieces = text.split("$") if text.count("$") % 2 == 0 else [text]
    for place in range(0, len(pieces), 2):
        piece = _ESCAPED.sub(lambda match: f"&#{ord(match[1])};", pieces[place])
        for mark, written in _MARKS:
            piece = mark.sub(written, piece)
        pieces[place] = piece
    return "$".join(pieces)


def _is_references(data: bytes) -> bool:
    return all(form.search(data) for form in (_LIST, _TYPE, _FIELD))


READER = Reader(read_references, matches=_is_references)
