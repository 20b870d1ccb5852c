"""Metadata of papers' pages, by the rules of Google Scholar.

https://scholar.google.com/intl/en/scholar/inclusion.html#indexing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from ...model.errors import Fault
from ..rule import NOTE, BuiltSite, Rule

_PAPER = re.compile(r"papers/(?!page/)[^/]+/index\.html")
_DATE = re.compile(r"\d{4}(?:/\d{2}/\d{2})?")
_LARGEST_PDF = 5 * 2**20


def _find(site: BuiltSite) -> Iterator[Fault]:
    for path, page in site.pages.items():
        if not _PAPER.fullmatch(path) or ("robots", "noindex") in page.metas or not page.metas:
            continue
        tags = {name: content for name, content in page.metas if name.startswith("citation_")}
        for name, remedy in _MISSING.items():
            if not tags.get(name):
                yield site.fault(path, 0, name, f"Scholar asks for {name}, which the page lacks", remedy)
                break
        date, pdf = tags.get("citation_publication_date", ""), tags.get("citation_pdf_url", "")
        if date and not _DATE.fullmatch(date):
            yield site.fault(
                path, 0, "citation_publication_date", f"{date!r} is no date of Scholar", "Write 2026/01/31."
            )
        if pdf:
            yield from _check_pdf(site, path, pdf)


def _check_pdf(site: BuiltSite, path: str, pdf: str) -> Iterator[Fault]:
    parts = urlsplit(pdf)
    target = unquote(parts.path).removeprefix(site.base_path)
    if not parts.scheme:
        yield site.fault(path, 0, "citation_pdf_url", f"{pdf!r} is no absolute address", "Write it with https://.")
    elif site.files.get(target, 0) > _LARGEST_PDF:
        message = f"{target} weighs {site.files[target] / 2**20:.0f} MiB; Scholar reads PDFs up to 5 MiB"
        yield site.fault(path, 0, "citation_pdf_url", message, "Make the PDF smaller.")


_MISSING = {
    "citation_title": "Add authors and a date to the record.",
    "citation_author": "Add the authors to the record.",
    "citation_publication_date": "Add the date to the record.",
}
SCHOLAR = Rule(
    "scholar",
    NOTE,
    "A paper's page has no metadata that Google Scholar would index, or odd one.",
    """\
Scholar needs a title, an author and a date of publication in `citation_*` tags, a date as `2026` or `2026/01/31`, an
absolute address of the PDF, and a PDF of at most 5 MiB. A record without authors, or without a date, has no tags at
all: add them. Pages that search engines are told to leave out are not looked at.""",
    find_in_site=_find,
)
