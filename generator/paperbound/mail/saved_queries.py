"""Saved queries: the papers that the built site's search finds.

The search is imported at first use: numpy alone takes 60 ms of a digest's 300.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..library.site import Site
from ..model.errors import Fault, InputError
from ..urls import SEARCH_MANIFEST

if TYPE_CHECKING:
    from ..search.query.index_reader import Index

_CHECKED = 100


class SavedQueries:
    """Runs queries on the search index of a built site, each once.

    Raises InputError for a missing or damaged index, and for a site of other papers.
    """

    def __init__(self, folder: Path, site: Site) -> None:
        self._folder, self._site = folder, site
        self._index: Index | None = None
        self._found: dict[str, frozenset[str]] = {}

    def find(self, query: str) -> frozenset[str]:
        """Returns the ids of the papers with all words of the query."""
        from ..search.query.index_reader import DamagedIndexError

        if query not in self._found:
            try:
                self._found[query] = self._search(query)
            except (DamagedIndexError, FileNotFoundError, ValueError, KeyError) as error:
                raise self._refuse(f"its search index is damaged: {error}") from error
        return self._found[query]

    def _search(self, query: str) -> frozenset[str]:
        from ..search.query.parser import parse_query
        from ..search.query.ranking import rank

        index = self._open()
        words, _ = parse_query(query)
        order, slugs = self._site.order, self._site.catalogue.slugs
        # Documents are numbered oldest first.
        found = [(number, order[len(order) - 1 - number]) for number in rank(index, words).whole.tolist()]
        for number, ident in found[:_CHECKED]:
            if index.record(number).href.rstrip("/").rpartition("/")[2] != slugs[ident]:
                raise self._refuse("it was built from other papers")
        return frozenset(ident for _, ident in found)

    def _open(self) -> Index:
        if self._index is None:
            from ..search.query.index_reader import Index

            manifest = self._folder / SEARCH_MANIFEST
            if not manifest.is_file():
                raise self._refuse("it holds no search index, which saved queries need")
            self._index = Index(lambda path: (manifest.parent / path).read_bytes())
            if self._index.size != len(self._site.order):
                raise self._refuse("it was built from other papers")
        return self._index

    def _refuse(self, message: str) -> InputError:
        return InputError([Fault(str(self._folder), 0, "", message, "Build the site first: paperbound build.")])
