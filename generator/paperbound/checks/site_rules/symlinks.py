"""Symbolic links in a built site."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.errors import Fault
from ..rule import ERROR, BuiltSite, Rule


def _find(site: BuiltSite) -> Iterator[Fault]:
    for path in site.files:
        if (site.folder / path).is_symlink():
            yield site.fault(path, 0, "", "the site holds a symbolic link", "Pages refuses it.")


SYMLINK = Rule(
    "symlink",
    ERROR,
    "The site holds a symbolic link.",
    """\
GitHub Pages refuses a site with symbolic links, and elsewhere they may publish files that are none of the site. No
build makes one: delete it, or build again.""",
    find_in_site=_find,
)
