"""Rows in the shape of the ACL Anthology's JSON lines, as fields of a paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

from ...markup.markdown import escape_inline, escape_line_starts, read_latex
from ...text.characters import collapse
from ...text.dates import date_from_parts
from ..values import is_missing

# Keys that no other source of papers writes.
_SIGNS = frozenset(("title_xml", "abstract_xml", "ingest_date", "journal_volume", "author_ids"))
_STYLES = {"b": "**", "i": "*", "em": "*", "tex-math": "$"}
# Keys that become fields of other names or forms.
_CONVERTED = frozenset(
    (*_SIGNS, "title", "abstract", "authors", "year", "month", "journal", "venue", "url", "pdf", "code", "retracted")
)
# Fields of ours that no row of the anthology has.
_OURS = frozenset(("date", "arxiv", "tags", "links", "kind", "summary", "takeaway", "notes"))


def is_anthology_row(row: Mapping[str, Any]) -> bool:
    """Returns whether a row has a list of venues or a key of the anthology."""
    return bool(_SIGNS & row.keys()) or (isinstance(row.get("venue"), list) and not _OURS & row.keys())


def convert_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """Converts a row to a paper's fields: texts to Markdown, dates as precise as possible."""
    fields: dict[str, Any] = {key: value for key, value in row.items() if key not in _CONVERTED}
    fields["title"] = _read_text(row, "title")
    fields["abstract"] = escape_line_starts(_read_text(row, "abstract"))
    authors, ids = row.get("authors"), row.get("author_ids")
    if isinstance(authors, list) and isinstance(ids, list):
        rest: list[None] = [None] * len(authors)
        pairs = zip(authors, [*ids, *rest], strict=False)
        authors = [{"name": name, "id": ident} if ident else name for name, ident in pairs]
    fields["authors"] = authors
    fields["date"] = row.get("date") or read_date(row)
    venues = row.get("venue") or ""
    fields["venue"] = venues[0] if isinstance(venues, list) else venues
    year = row.get("year")
    fields["venue_year"] = year if fields["date"] != year else ""
    fields.setdefault("kind", "article" if row.get("journal") else "inproceedings")
    fields["booktitle"] = row.get("journal") or row.get("booktitle")
    fields.setdefault("volume", row.get("journal_volume"))
    fields.setdefault("added", row.get("ingest_date"))
    fields["retracted"] = "yes" if row.get("retracted") else ""
    links = row.get("links")
    links = dict(links) if isinstance(links, Mapping) else {}
    fields["links"] = {**links, **{kind: row[kind] for kind in ("pdf", "code", "url") if row.get(kind)}}
    return fields


def read_date(row: Mapping[str, Any]) -> Any:
    """Returns the date of `year` and `month` in a row; an odd year unchanged."""
    year: Any = row.get("year")
    try:
        return date_from_parts(int(year), str(row.get("month") or "")).iso if not is_missing(year) else ""
    except (TypeError, ValueError):
        return year


def _read_text(row: Mapping[str, Any], name: str) -> str:
    marked = row.get(f"{name}_xml")
    if isinstance(marked, str) and "<" in marked.replace("<fixed-case>", "").replace("</fixed-case>", ""):
        try:
            # The root element is ours, so a text with several elements is one document.
            root = ElementTree.fromstring(f"<text>{marked}</text>")
        except (ElementTree.ParseError, RecursionError):
            return read_latex(str(row.get(name) or ""))
        return read_marked(root)
    return read_latex(collapse(str(row.get(name) or "")))


def read_marked(element: ElementTree.Element) -> str:
    """Returns the inline Markdown of a title or an abstract; `<tex-math>` becomes a formula."""
    if all(one.tag == "fixed-case" for one in element.iter() if one is not element):
        return read_latex(collapse("".join(element.itertext())))
    return collapse(_read_element(element))


def _read_element(element: ElementTree.Element) -> str:
    if element.tag == "tex-math":
        formula = collapse("".join(element.itertext())).strip("$").strip()
        return f"${formula}$" if formula and "$" not in formula else escape_inline(formula, alone=False)
    parts = [escape_inline(element.text or "", alone=False)]
    for child in element:
        parts.append(_read_element(child))
        parts.append(escape_inline(child.tail or "", alone=False))
    inside = "".join(parts)
    style = _STYLES.get(element.tag, "")
    core = inside.strip()
    if not style or not core:
        return inside
    start, end = inside.index(core), inside.index(core) + len(core)
    return f"{inside[:start]}{style}{core}{style}{inside[end:]}"
