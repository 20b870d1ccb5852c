"""Synonyms: documents get the other words of each group that they have a word of.

They are put into the index, and not into queries: a query of one word would load the positions of the words of each
synonym, which are the most frequent ones. So every reader of the index finds the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .document import FIELDS
from .tokens import find_compounds, find_term, split_compound

# Names, years and identifiers have no synonyms.
_EXTENDED = tuple(field.name not in ("authors", "year", "id") for field in FIELDS)
Terms = tuple[str, ...]


def list_terms(text: str) -> Terms:
    """Returns the terms of a text in order, an empty one for each stop word."""
    return tuple(find_term(part) for compound in find_compounds(text) for part in split_compound(compound)[0])


class Synonyms:
    """The groups of synonyms of a site."""

    def __init__(self, groups: Sequence[tuple[str, ...]]) -> None:
        self._forms: dict[str, list[tuple[Terms, tuple[str, ...], str]]] = {}
        for group in groups:
            for text in group:
                terms = list_terms(text)
                self._forms.setdefault(terms[0], []).append((terms, group, text))

    def extend(self, texts: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
        """Returns the texts of a document's fields with their synonyms."""
        if not self._forms:
            return texts
        return tuple(
            (*pieces, *self._find_others(pieces)) if extended and pieces else pieces
            for pieces, extended in zip(texts, _EXTENDED, strict=True)
        )

    def _find_others(self, pieces: Iterable[str]) -> Iterable[str]:
        """Returns the synonyms that a field lacks, of those that it has."""
        held: dict[str, tuple[str, ...]] = {}
        for terms in map(list_terms, pieces):
            if self._forms.keys().isdisjoint(terms):
                continue
            held |= {
                text: group
                for at, term in enumerate(terms)
                for form, group, text in self._forms.get(term, ())
                if terms[at : at + len(form)] == form
            }
        return dict.fromkeys(text for group in held.values() for text in group if text not in held)
