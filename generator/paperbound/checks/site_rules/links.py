"""Links of built pages that lead to no page, place or base path."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote, urljoin, urlsplit

from ...model.errors import Fault
from ..rule import ERROR, BuiltSite, Rule


def _find(site: BuiltSite) -> Iterator[Fault]:
    for path, page in site.pages.items():
        for link, line in page.links:
            if problem := _find_problem(site, path, link):
                rule, message, remedy = problem
                yield replace(site.fault(path, line, "href", f"{link!r} {message}", remedy), rule=rule)


def _find_problem(site: BuiltSite, path: str, link: str) -> tuple[str, str, str] | None:
    try:
        parts = urlsplit(link.strip())
    except ValueError:
        return "link", "is no address", "Mend the address."
    if parts.scheme or parts.netloc:
        return None
    target = path
    if parts.path:
        address = urljoin(f"{site.base_path}{path}", parts.path)
        if not f"{address}/".startswith(site.base_path):
            return "base-path", f"leads out of the base path {site.base_path!r}", "Begin links with / in pages/."
        target = unquote(address[len(site.base_path) :])
        # Hosts lead from the address of a folder without its slash to the folder.
        if target not in site.files:
            target = f"{target.rstrip('/')}/index.html".lstrip("/")
    if target not in site.files:
        return "link", "leads to no page", "Mend the link, or the address."
    # Browsers know `#top`, and what stands behind `:~:` is a text and no id.
    place = unquote(parts.fragment.partition(":~:")[0])
    if place and place.lower() != "top" and target in site.pages and place not in site.pages[target].ids:
        return "fragment", "leads to no such place in that page", "Mend the fragment."
    return None


LINK = Rule(
    "link",
    ERROR,
    "A link leads to no page and to no file of the site.",
    """\
Readers who follow it see the page for missing addresses. While content is read it is a warning, at the line of the
free page; in the built site it is an error.

Mend the address, add the file, or keep the old address alive: `aliases` of a record, `redirects` of `site.yaml`.""",
    find_in_site=_find,
)
FRAGMENT = Rule(
    "fragment",
    ERROR,
    "A link names a place that its page does not have.",
    """\
`about/#members` leads to the top of the page where no heading has the id `members`. Ids of headings are made of
their words, so a heading that was reworded has a new one.""",
)
BASE_PATH = Rule(
    "base-path",
    ERROR,
    "A link leads out of the folder of the host that the site is published in.",
    """\
A site of `https://example.org/papers/` has its pages below `/papers/`. In free pages write links from the root of
the site (`/about/`); Paperbound puts the base path before them. In HTML of your own templates use `href` of the
context.""",
)
