"""Rows in the shape of the ACL Anthology's JSON lines, as fields of a paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

from ...markup.markdown import escape_inline, escape_line_starts, read_latex
from ...text.characters import collapse
from ...text.dates import date_from_parts

# Keys that no other source of papers writes.
_SIGNS = frozenset(("title_xml", "abstract_xml", "ingest_date", "journal_volume", "author_ids"))
_SAME = ("id", "booktitle", "pages", "publisher", "address", "bibkey", "awards", "doi")
LANGUAGES = {
    "ara": "ar",
    "ces": "cs",
    "deu": "de",
    "eng": "en",
    "fra": "fr",
    "ita": "it",
    "jpn": "ja",
    "kor": "ko",
    "nld": "nl",
    "pol": "pl",
    "por": "pt",
    "rus": "ru",
    "spa": "es",
    "swe": "sv",
    "tur": "tr",
    "zho": "zh",
}
_STYLES = {"b": "**", "i": "*", "em": "*", "tex-math": "$"}
KEYS = frozenset(
    (
        *_SAME,
        *_SIGNS,
        "title",
        "abstract",
        "authors",
        "editors",
        "year",
        "month",
        "journal",
        "venue",
        "url",
        "pdf",
        "code",
        "language",
        "retracted",
    )
)


def is_anthology_row(row: Mapping[str, Any]) -> bool:
    """Returns whether a row has the list of venues or a key of the anthology."""
    return isinstance(row.get("venue"), list) or bool(_SIGNS & row.keys())


def convert_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """Converts a row to a paper's fields: texts to Markdown, dates as precise as possible."""
    fields: dict[str, Any] = {name: row[name] for name in _SAME if row.get(name)}
    fields["title"] = _read_text(row, "title")
    fields["abstract"] = escape_line_starts(_read_text(row, "abstract"))
    ids = row.get("author_ids") or []
    authors = row.get("authors") or []
    fields["authors"] = [
        {"name": name, "id": ident} if ident else name
        for name, ident in zip(authors, [*ids, *[None] * len(authors)], strict=False)
    ]
    fields["editors"] = row.get("editors") or []
    fields["date"] = read_date(row)
    venues = row.get("venue") or []
    fields["venue"] = venues if isinstance(venues, str) else venues[0] if venues else ""
    fields["venue_year"] = str(row.get("year") or "")
    fields["kind"] = "article" if row.get("journal") else "inproceedings"
    fields["booktitle"] = row.get("journal") or row.get("booktitle")
    fields["volume"] = row.get("journal_volume")
    fields["added"] = row.get("ingest_date")
    language = str(row.get("language") or "")
    fields["language"] = LANGUAGES.get(language, language[:2].lower())
    fields["retracted"] = "yes" if row.get("retracted") else ""
    fields["links"] = {kind: row[kind] for kind in ("pdf", "code", "url") if row.get(kind)}
    return fields


def read_date(row: Mapping[str, Any]) -> str:
    """Returns the date in the `year` and `month` of a row, if any."""
    year = str(row.get("year") or "")
    try:
        return date_from_parts(int(year), str(row.get("month") or "")).iso if year else ""
    except ValueError:
        return year  # no date, which the field's own check says with its line


def _read_text(row: Mapping[str, Any], name: str) -> str:
    marked = row.get(f"{name}_xml")
    if marked and "<" in marked.replace("<fixed-case>", "").replace("</fixed-case>", ""):
        try:
            # The root element is ours, so a text with several elements is one document.
            root = ElementTree.fromstring(f"<text>{marked}</text>")
        except ElementTree.ParseError:
            return read_latex(str(row.get(name) or ""))
        return collapse(read_element(root))
    return read_latex(collapse(str(row.get(name) or "")))


def read_element(element: ElementTree.Element) -> str:
    """Returns the inline Markdown of an element of the anthology's markup; `<tex-math>` becomes a formula."""
    if element.tag == "tex-math":
        formula = collapse("".join(element.itertext())).strip("$").strip()
        return f"${formula}$" if formula and "$" not in formula else escape_inline(formula, alone=False)
    parts = [escape_inline(element.text or "", alone=False)]
    for child in element:
        parts.append(read_element(child))
        parts.append(escape_inline(child.tail or "", alone=False))
    inside = "".join(parts)
    style = _STYLES.get(element.tag, "")
    core = inside.strip()
    if not style or not core:
        return inside
    start, end = inside.index(core), inside.index(core) + len(core)
    return f"{inside[:start]}{style}{core}{style}{inside[end:]}"
