"""academicpages: the pages of `_publications/`.

https://github.com/academicpages/academicpages.github.io
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Any

from ...model.build import Source
from ...model.record import Record
from ..dialects import from_mixed, to_plain
from ..fields import name_record
from ..importer import ReadContext
from ..names import split_names
from ..paper_addresses import find_identifier
from ..rows import Row
from .front_matter import list_addresses, make_reader, read_address

_KINDS = {
    "conferences": "inproceedings",
    "conference": "inproceedings",
    "manuscripts": "article",
    "journals": "article",
    "journal": "article",
    "books": "book",
    "book": "book",
    "preprints": "preprint",
    "preprint": "preprint",
    "thesis": "thesis",
    "theses": "thesis",
    "reports": "report",
}
_ADDRESSES = {
    "paperurl": "",
    "slidesurl": "slides",
    "bibtexurl": "bibtex",
    "codeurl": "code",
    "posterurl": "poster",
    "videourl": "video",
    "arxivurl": "",
    "link": "",
    "url": "",
    "projectpage": "project",
    "github": "code",
    "code": "code",
    "pdf": "pdf",
    "slides": "slides",
    "poster": "poster",
    "video": "video",
}
_OWN = frozenset(("paperurl", "bibtexurl", "slidesurl", "permalink", "excerpt", "citation", "venue", "collection"))
# Keys about the look of the old site.
_DULL = frozenset("collection layout header teaser share comments author_profile type classes toc sitemap".split())
# What every page of the template says once more below its text.
_DOWNLOAD = re.compile(
    r"^[ \t]*+(?:(?:<a [^>\n]*>|\[)[ \t]*+)?download (?:the )?(?:paper|pdf)\b[^\n]*$", re.IGNORECASE | re.MULTILINE
)
_RECOMMENDED = re.compile(r"^[ \t]*\**recommended citation\b.*\Z", re.IGNORECASE | re.MULTILINE | re.DOTALL)
_ABSTRACT = re.compile(r"\A(?:#+ *abstract\s*\n|abstract\s*\n-+\n|\**abstract:?\**:?\s)", re.IGNORECASE)
_SENTENCE = 300


def convert_page(row: Row, body: str) -> dict[str, Any]:
    """Converts the page of a publication to a paper's fields.

    The authors of a citation are not guessed.
    """
    category = row.text("category")
    excerpt = from_mixed(row.text("excerpt"))
    permalink = row.text("permalink") or _find_address(row.file)
    text = from_mixed(_RECOMMENDED.sub("", _DOWNLOAD.sub("", body)).strip(), markdown=True)
    abstract = _ABSTRACT.match(text)
    return {
        "id": name_record(row.file),
        # https://jekyllrb.com/docs/front-matter/
        "draft": "yes" if row.text("published").lower() == "false" else "",
        "title": from_mixed(row.text("title")),
        **_list_authors(row),
        "date": row.text("date", "pub_date"),
        "venue": to_plain(row.text("venue")),
        "kind": _KINDS.get(category.lower(), ""),
        "takeaway": excerpt if len(excerpt) <= _SENTENCE else "",
        "abstract": from_mixed(row.text("abstract")) or (text[abstract.end() :].strip() if abstract else ""),
        "summary": "" if abstract else text,
        "notes": excerpt if len(excerpt) > _SENTENCE else "",
        "tags": [*row.texts("tags"), *row.texts("keywords")],
        "doi": row.text("doi"),
        "aliases": list_addresses((permalink, *row.texts("redirect_from"))),
        **_list_links(row),
    }


def _find_address(file: str) -> str:
    """Returns the address that the template gives a page: `/:collection/:path/`."""
    path = PurePosixPath(file.replace("\\", "/"))
    return f"/publications/{path.stem}/" if path.parent.name == "_publications" else ""


def _list_authors(row: Row) -> dict[str, Any]:
    texts = row.texts("authors") or row.texts("author") or row.texts("Author")
    authors: list[Any] = [name for text in texts for name in split_names(to_plain(text))]
    entry = _read_bibtex(row)
    if entry and not authors:
        authors = [{"literal": author.name} for author in entry.authors]
    citation = to_plain(row.text("citation"))
    if citation and not authors:
        row.warn("citation", f"the authors stand in the citation only: {citation[:200]}", "Add `authors`.")
    return {"authors": authors, "bibkey": entry.bibkey if entry else ""}


def _read_bibtex(row: Row) -> Record | None:
    source = Source(row.file, row.text("bibtex").encode("utf-8", "replace"), row.lines.get("bibtex", 1))
    if not source.data:
        return None
    from ..bibtex.reader import READER  # 50 ms, and few pages have BibTeX

    return next(iter(READER.read(source, ReadContext(row.context.report))), None)


def _list_links(row: Row) -> dict[str, Any]:
    values: dict[str, Any] = {}
    links: dict[str, str] = {}
    for name, kind in _ADDRESSES.items():
        address = read_address(row, name)
        if not address:
            continue
        found = find_identifier(address)
        if found and found.kind in ("arxiv", "doi"):
            values.setdefault(found.kind, found.value)
            if address.endswith(".pdf"):
                links.setdefault("pdf", address)
        else:
            links.setdefault(kind or ("pdf" if address.lower().endswith(".pdf") else "url"), address)
    return {**values, "links": links}


def _is_page(keys: frozenset[str]) -> bool:
    # `collection` and `permalink` are Jekyll's; `venue` is a field of ours, too.
    return bool(keys & {"paperurl", "bibtexurl", "slidesurl"}) or len((_OWN - {"venue"}) & keys) > 1


READER = make_reader(convert_page, _is_page, _DULL)
