"""Followed authors: names, as people write them, to people of the site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from ..library.site import Site
from ..model.errors import name_nearest
from ..text.slugs import make_address

# Beyond it, comparing all names for a suggestion takes too long.
_COMPARED = 5_000


class FollowedAuthors:
    """The people of a site by the names and slugs that recipients follow.

    A slug is one person. A name, or a variant of authors.yaml, may be that of several: then it is none of them.
    """

    def __init__(self, site: Site) -> None:
        self._slugs = frozenset(slug for slugs in site.catalogue.people_of.values() for slug in slugs)
        self._owners: dict[str, set[str]] = defaultdict(set)
        seen: dict[tuple[str, str], None] = {}
        for ident, slugs in site.catalogue.people_of.items():
            names = (author.name for author in site.catalogue.records[ident].authors)
            seen.update(dict.fromkeys(zip(names, slugs, strict=True)))
        variants = ((name, one.slug) for one in site.catalogue.people.values() for name in (one.name, *one.variants))
        for name, slug in (*seen, *variants):
            self._owners[make_address(name)].add(slug)

    def find(self, names: Iterable[str]) -> frozenset[str]:
        """Returns the slugs of the people that these names and slugs stand for."""
        return frozenset(slug for name in names if len(found := self._list(name)) == 1 for slug in found)

    def check(self, name: str) -> tuple[str, str]:
        """Returns the problem of a name, and its remedy; empty texts for one person's."""
        found = self._list(name)
        if len(found) > 1:
            slugs = sorted(found)
            return f"is the name of {len(found)} people: {', '.join(slugs)}", f"Write one of these, such as {slugs[0]}."
        if found:
            return "", ""
        known = self._slugs if len(self._slugs) < _COMPARED else ()
        return "is no author of the site", name_nearest(
            make_address(name), known, "authors"
        ) if known else "Check the name."

    def _list(self, name: str) -> frozenset[str]:
        slug = make_address(name)
        if name == slug and slug in self._slugs:
            return frozenset((slug,))
        return frozenset(self._owners.get(slug, ())) or self._slugs & {slug}
