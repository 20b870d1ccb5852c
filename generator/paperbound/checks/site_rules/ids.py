"""Ids of built pages that stand twice."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.errors import Fault
from ..rule import ERROR, BuiltSite, Rule


def _find(site: BuiltSite) -> Iterator[Fault]:
    for path, page in site.pages.items():
        for ident, line in page.repeated:
            yield site.fault(path, line, "id", f"the id {ident!r} stands twice", "Ids are unique in a page.")


REPEATED_ID = Rule(
    "repeated-id",
    ERROR,
    "An id stands twice in a page.",
    """\
Links, labels and scripts find the first of them only. Pages of the default theme have none; look into your own
templates, and into free pages with two headings of one explicit id.""",
    find_in_site=_find,
)
