"""JSON of daily-arXiv scripts: rows of Markdown tables, or an object a paper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ...model.build import Source
from ...model.errors import Fault
from ...model.record import Origin, Record
from ...text.identifiers import find_arxiv
from ...text.slugs import make_slug
from ..dialects import from_mixed
from ..foreign import make_foreign
from ..importer import ReadContext, Reader
from ..services.answers import read_values

# |**2026-10-05**|**Title**|Ada Kern et.al.|[2610.00011](http://arxiv.org/abs/2610.00011)|**[link](…)**|
_TABLE = re.compile(
    r"\|\s*\**(?P<date>\d{4}-\d{2}-\d{2})\**\s*+\|\s*+\**+(?P<title>.{0,1000}?)\**+\s*+\|(?P<authors>[^|]{0,3000})\|"
    r"\s*\[(?P<arxiv>[^]|]+)\]\((?P<url>[^)|]*)\)\s*\|(?P<more>.*)",
    re.DOTALL,
)
# - 2026-10-05, **Title**, Ada Kern et.al., Paper: [http…](http…), Code: **[http…](http…)**
_LIST = re.compile(
    r"-\s*\**(?P<date>\d{4}-\d{2}-\d{2})\**,\s*\*\*(?P<title>.{0,1000}?)\*\*,(?P<authors>[^\[]{0,1000}?),\s*"
    r"\[?(?:Paper|PDF):\s*+\[?+(?P<arxiv>[^]]+)\]\((?P<url>[^)]*)\)(?P<more>.*)",
    re.DOTALL,
)
_ROW = re.compile(rb'"\s*:\s*"(?:\|\s*\**\d{4}-\d\d-\d\d\**\s*\||- \**\d{4}-\d\d-\d\d\**, \**)')
_IDENT = re.compile(r"(?:\d{4}\.\d{4,5}|(?<![a-z.-])[a-z.-]+/\d{7})(?:v\d+)?", re.IGNORECASE)
_BREAK = re.compile(r"(?:(?<!\s)\s+)?<br\s*/?>\s*", re.IGNORECASE)
_LINK = re.compile(r"\[([^][]*)\]\((https?://[^)\s[]+)\)")
# Keys of an id, and of what repeats other values, in rows of JSON.
_IDENTS = ("entry_id", "arxiv_id", "id", "abs")
_DULL = frozenset("submitter update_date updated report-no links".split())
_OTHERS = re.compile(r",?(?:(?<!\s)\s+)?\bet\.?\s*al\.?\s*$|(?<!\s)\s+Team\s*$", re.IGNORECASE)


def read_daily(source: Source, context: ReadContext) -> Iterator[Record]:
    """Reads each paper once, with all topics that list it; reports rows of other forms."""
    papers: dict[str, dict[str, Any]] = {}
    lines: dict[str, int] = {}
    for topics, line, _ in read_values(source, context, frozenset()):
        for topic, rows in topics.items() if isinstance(topics, dict) else ():
            for key, row in rows.items() if isinstance(rows, dict) else ():
                values = convert_row(key, row) if isinstance(row, str) else None
                if values is None:
                    message = f"{key!r} under {topic!r} is no row of a table"
                    context.report(Fault(source.file, line, "", message, "It is left out.", warning=True))
                    continue
                first = papers.setdefault(values["id"], values)
                lines.setdefault(values["id"], line)
                first["tags"] = list(dict.fromkeys([*first["tags"], topic]))
    for ident, values in papers.items():
        record = make_foreign(values, Origin(source.file, lines[ident], native=False), context)
        if record:
            yield record


def convert_row(key: str, row: str) -> dict[str, Any] | None:
    """Converts a row to a paper's fields; returns None for other text."""
    match = _TABLE.match(row.strip()) or _LIST.match(row.strip())
    ident = _IDENT.fullmatch(key) or (_IDENT.search(match["arxiv"]) if match else None)
    if not match or not ident:
        return None
    more = match["more"]
    titles = [part.strip() for part in _BREAK.split(match["title"]) if "](" not in part] or [match["title"]]
    names = _OTHERS.sub("", match["authors"].strip())
    cells = [cell.strip() for cell in more.split("|")]
    return {
        "id": re.sub(r"v\d+$", "", ident[0]),
        "arxiv": ident[0],
        "title": from_mixed(titles[0]),
        # `Title<br>a translation<br>[abstract](…)`
        "other_titles": [from_mixed(other) for other in titles[1:]],
        "authors": [*([names] if names else []), *(["et al."] if names != match["authors"].strip() else [])],
        "date": match["date"],
        "kind": "preprint",
        "tags": [],
        "links": {_name_link(label): url for label, url in _LINK.findall(more)},
        # Some scripts add the abstract, or a summary of it, as a last cell.
        "abstract": from_mixed(cells[1]) if "|" in row and len(cells) > 2 and cells[1] else "",
    }


def is_arxiv_row(row: Mapping[str, Any]) -> bool:
    """Returns whether a row of JSON is a paper of arXiv.

    Its data set has such rows, and so have its API in Python and daily scripts.
    """
    name = next((text for key in _IDENTS if isinstance(text := row.get(key), str)), "")
    return "categories" in row and ("abstract" in row or "summary" in row) and bool(find_arxiv(name)[0])


def convert_arxiv_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """Converts a row of an arXiv paper to a paper's fields: `summary` is the abstract."""
    values = {key.replace("-", "_"): value for key, value in row.items() if key not in _DULL}
    arxiv = next(find_arxiv(text)[0] for key in _IDENTS if isinstance(text := values.pop(key, None), str))
    categories = values.pop("categories")
    categories = categories.split() if isinstance(categories, str) else categories
    versions, machine, parsed = (values.pop(key, None) for key in ("versions", "AI", "authors_parsed"))
    names = [
        {"family": one[0], "given": str(one[1]).replace(". -", ".-"), "suffix": one[2]}
        for one in parsed or ()
        if isinstance(one, list) and len(one) > 2
    ]
    first = (
        versions[0].get("created") if isinstance(versions, list) and versions and isinstance(versions[0], dict) else ""
    )
    tldr = machine.get("tldr") if isinstance(machine, dict) else ""
    notes = [values.pop(key, None) for key in ("comments", "comment", "journal_ref")]
    primary, abstract = values.pop("primary_category", None), values.pop("abstract", None) or values.pop("summary", "")
    published, page = values.pop("published", None), values.pop("abs", None)
    links = {
        "pdf": values.pop("pdf_url", None) or values.pop("pdf", None),
        "code": values.pop("code", None),
        "url": page,
    }
    return {
        **values,
        "arxiv": arxiv,
        "id": re.sub(r"v\d+$", "", arxiv),
        "title": from_mixed(" ".join(str(values.get("title", "")).split())),
        "abstract": from_mixed(" ".join(str(abstract).split())),
        "authors": names or values.get("authors"),
        "date": first or published or values.get("date"),
        "category": primary or next(iter(categories or ()), ""),
        "kind": "preprint",
        "note": "; ".join(str(note).strip() for note in notes if note),
        **({"takeaway": from_mixed(str(tldr)), "made_by": {"takeaway": "daily-arXiv"}} if tldr else {}),
        "links": links,
    }


def _name_link(label: str) -> str:
    return "code" if label.lower() in ("link", "code", "github") or "//" in label else make_slug(label) or "more"


def _is_daily(data: bytes) -> bool:
    return data[:100].lstrip().startswith(b"{") and _ROW.search(data[:100_000]) is not None


READER = Reader(read_daily, matches=_is_daily)
