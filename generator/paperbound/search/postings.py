"""Documents to postings, and postings as printable ASCII that any static host compresses.

One line a term: the term, a tab, then for each field that holds it the field's letter and its postings.
A posting is the gap from the document before, then the number of terms in that field of the document
times two, plus one where the term's frequency is not 1, in which case the frequency follows. Numbers are
written in digits of five bits, lowest first, each a character of `ALPHABET`; the upper half of the
alphabet says that another digit follows. No weights: the browser computes BM25 from frequency and length.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from ..model.document import FIELDS, Document
from .tokens import Analyzer

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+-"
LETTERS = "!#$%&()*,/:;<=>?@[]^_{|}~"


def encode_number(number: int) -> str:
    """A number from 0 up in digits of five bits."""
    digits = []
    while number >= 32:
        digits.append(ALPHABET[32 + (number & 31)])
        number >>= 5
    digits.append(ALPHABET[number])
    return "".join(digits)


_SHORT = tuple(encode_number(number) for number in range(4096))


def _encode(number: int) -> str:
    return _SHORT[number] if number < 4096 else encode_number(number)


def utf16_key(term: str) -> bytes:
    """What terms are sorted by: UTF-16 code units, as JavaScript compares text."""
    return term.encode("utf-16-be")


class Postings:
    """The postings of a corpus, built document by document, already encoded: memory is what is written."""

    def __init__(self) -> None:
        self._analyzer = Analyzer()
        self._lists: list[dict[str, list[str]]] = [{} for _ in FIELDS]
        self._last: list[dict[str, int]] = [{} for _ in FIELDS]
        self._lengths = [0] * len(FIELDS)
        self.documents = 0

    def add(self, document: Document) -> None:
        """Adds the next document."""
        number = self.documents
        self.documents += 1
        for place, pieces in enumerate(document.texts):
            terms = [term for piece in pieces for term in self._analyzer.analyze(piece)]
            if not terms:
                continue
            self._lengths[place] += len(terms)
            length = len(terms) * 2
            lists, last = self._lists[place], self._last[place]
            for term, frequency in Counter(terms).items():
                gap = _encode(number - last.get(term, 0))
                last[term] = number
                code = gap + _encode(length) if frequency == 1 else gap + _encode(length + 1) + _encode(frequency)
                held = lists.get(term)
                if held is None:
                    lists[term] = [code]
                else:
                    held.append(code)

    @property
    def averages(self) -> tuple[float, ...]:
        """The average number of terms of each field over all documents, as lunr computes it."""
        return tuple(length / self.documents if self.documents else 0.0 for length in self._lengths)

    def lines(self) -> Iterator[str]:
        """The lines of the terms, in UTF-16 order."""
        terms = sorted({term for lists in self._lists for term in lists}, key=utf16_key)
        for term in terms:
            fields = (
                f"{LETTERS[place]}{''.join(lists[term])}" for place, lists in enumerate(self._lists) if term in lists
            )
            yield f"{term}\t{''.join(fields)}"


def build_postings(documents: Iterable[Document]) -> Postings:
    """The postings of all documents, in their order."""
    postings = Postings()
    for document in documents:
        postings.add(document)
    return postings
