"""Hugo Blox (Academic, Wowchemy): the page of a publication.

https://docs.hugoblox.com/reference/page-front-matter/
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Any

from ...text.addresses import mend_path
from ...text.slugs import make_slug
from ..dialects import from_mixed, to_plain
from ..fields import name_record
from ..rows import Row
from .front_matter import list_addresses, make_reader, read_address

_KINDS = {
    "0": "misc",
    "1": "inproceedings",
    "2": "article",
    "3": "preprint",
    "4": "report",
    "5": "book",
    "6": "chapter",
    "7": "thesis",
    "8": "misc",
    "paper-conference": "inproceedings",
    "article-journal": "article",
    "article": "preprint",
    "manuscript": "preprint",
    "report": "report",
    "book": "book",
    "chapter": "chapter",
    "thesis": "thesis",
    "dataset": "dataset",
    "software": "software",
}
_LINKS = {"source": "source", "dataset": "data"}
_OWN = frozenset(("publication_types", "publication_short", "publishDate", "publication", "author_notes"))
_OWNERS = frozenset(("admin", "me"))
# Keys about the look of the old site.
_DULL = frozenset(
    "publishDate projects share profile show_date show_related show_breadcrumb reading_time "
    "commentable editable draft weight math highlight header gallery design sections cover lastmod lastMod type "
    "layout toc view author_notes pager".split()
)
_SHORTCODE = re.compile(r"\{\{[<%]\s*+(/?)\s*+([\w/-]++)[^{}]{0,1000}[>%]\}\}")
# Shortcodes whose text is the page's own.
_TRANSPARENT = frozenset(("math",))
_MOST_CODES = 20
_IN = re.compile(r"^(?:in|presented at)[:\s]+(?=[*_A-Z])", re.IGNORECASE)


def convert_page(row: Row, body: str) -> dict[str, Any]:
    """Converts the page of a publication to a paper's fields."""
    kinds = [_KINDS.get(name.lower(), "misc") for name in row.texts("publication_types")]
    idents = row.row("hugoblox").row("ids")
    authors = row.texts("authors")
    for name in authors:
        if name.lower() in _OWNERS:
            row.warn("authors", f"{name!r} stands for the owner of the old site", "Write the name in its place.")
    _report_slides(row)
    return {
        "id": name_record(row.file),
        "draft": "yes" if row.is_true("draft") else "",
        "title": from_mixed(
            ": ".join(text for name in ("title", "subtitle") if (text := row.text(name))), markdown=True
        ),
        "authors": authors,
        "date": row.text("date", "publishDate", "publish_date"),
        "kind": kinds[0] if kinds else "",
        "venue": _read_venue(row),
        "abstract": from_mixed(row.text("abstract", "abstract_short"), markdown=True),
        "summary": from_mixed(row.text("summary"), markdown=True),
        "notes": _read_body(row, body),
        "tags": [*row.texts("tags"), *row.texts("categories"), *row.texts("keywords")],
        "doi": row.text("doi") or idents.text("doi"),
        "arxiv": row.text("arxiv") or idents.text("arxiv"),
        "awards": [award.text("name") for award in row.rows("awards")],
        "links": _list_links(row),
        **_read_picture(row),
        "aliases": list_addresses((_find_address(row), *row.texts("aliases"))),
        "extra": {
            "venue_short": _strip_in(row.text("publication_short")),
            "selected": "true" if row.is_true("featured") else "",
        },
    }


def _find_address(row: Row) -> str:
    """Finds the old address: that of the page, or of its folder (https://gohugo.io/content-management/urls/).

    Hugo writes paths in lower case, with hyphens for spaces, and without `index` and the code of a language.
    """
    *folders, name = PurePosixPath(row.file.replace("\\", "/").lower().replace(" ", "-")).parts
    sections = [place for place, folder in enumerate(folders) if folder in ("publication", "publications")]
    own, slug = row.text("url"), row.text("slug")
    if own or not sections:
        return own
    stem = name.partition(".")[0]
    path = folders[sections[-1] :] + ([] if stem in ("index", "_index") else [stem])
    return "/".join([*path[:-1], slug] if slug and len(path) > 1 else path) if len(path) > 1 else ""


def _report_slides(row: Row) -> None:
    """Reports slides, which are pages of the old site."""
    if (value := row.text("slides")) and "//" not in value:
        row.warn("slides", f"{value[:100]!r} is of the old site; left out", "Link it in the record's links.")


def _read_picture(row: Row) -> dict[str, str]:
    image = row.row("image") if isinstance(row.values.get("image"), dict) else None
    name = image.text("filename") if image else row.text("image")
    if not mend_path(name):
        return {}
    return {"picture": name, "picture_alt": image.text("alt_text") if image else ""}


def _read_venue(row: Row) -> str:
    if isinstance(row.values.get("publication"), dict):
        publication = row.row("publication")
        return to_plain(publication.text("name") or publication.text("short_name"))
    return _strip_in(row.text("publication"))


def _strip_in(text: str) -> str:
    # `In *Second Salt Symposium (**SSS**)*`
    plain = re.sub(r"\*+|(?<!\w)_{1,3}|_{1,3}(?!\w)|</?\w+>", "", _IN.sub("", text.strip()))
    return to_plain(plain).strip(" .,")


def _list_links(row: Row) -> dict[str, str]:
    links: dict[str, str] = {}
    for name in row.values:
        if name.startswith("url_"):
            kind = name.removeprefix("url_")
            links[_LINKS.get(kind, make_slug(kind) or kind)] = read_address(row, name)
    for link in row.rows("links"):
        kind = make_slug(link.text("type") or link.text("name", "label"))
        if link.text("icon", "icon_pack"):
            link.used.update(link.values)
        if (address := link.text("url")) and kind:
            links.setdefault(kind, address)
    return links


def _read_body(row: Row, body: str) -> str:
    ends = {match[2]: match.start() for match in _SHORTCODE.finditer(body) if match[1]}
    parts: list[str] = []
    codes: list[str] = []
    last = begun = 0
    inside = ""
    for match in _SHORTCODE.finditer(body):
        closes, name = bool(match[1]), match[2]
        if inside and not (closes and name == inside):
            continue
        if inside:
            codes.append(" ".join(body[begun : match.end()].split()))
            inside = ""
        else:
            parts.append(body[last : match.start()])
            begun = match.start()
            if not closes and name not in _TRANSPARENT and ends.get(name, -1) > begun:
                inside = name
            elif name not in _TRANSPARENT:
                codes.append(match[0])
        last = match.end()
    parts.append(body[last:])
    for code in list(dict.fromkeys(codes))[:_MOST_CODES]:
        row.warn("", f"the shortcode {code[:60]!r} is left out of the text", "Write Markdown.")
    return from_mixed("".join(parts).strip(), markdown=True)


def _is_page(keys: frozenset[str]) -> bool:
    return "publication_types" in keys or len(_OWN & keys) + any(key.startswith("url_") for key in keys) > 1


READER = make_reader(convert_page, _is_page, _DULL)
