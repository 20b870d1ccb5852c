"""What search is made from and what it shows: a document a paper."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the index: its name, and how much a match in it counts."""

    name: str
    boost: float


# A result shows ten records, from up to ten files: 64 to a file keep that under 200 kB gzipped.
RECORDS_A_FILE = 64

# Authors count like titles: a boost of 1 beside a title's 10 made last names unfindable.
FIELDS = (
    Field("title", 8.0),
    Field("authors", 6.0),
    Field("tags", 3.0),
    Field("venue", 2.0),
    Field("year", 2.0),
    Field("takeaway", 2.0),
    Field("summary", 1.0),
    Field("abstract", 1.0),
    Field("id", 10.0),
)


@dataclass(frozen=True, slots=True)
class Document:
    """A paper for search: the texts of `FIELDS` in their order, each a list of pieces; what a result shows."""

    texts: tuple[tuple[str, ...], ...]
    href: str
    title: str
    authors: str
    venue: str
    date: str
    iso: str
    takeaway: str
    text: str


@dataclass(frozen=True, slots=True)
class SearchWork:
    """All documents of a site, in the catalogue's order: the number of a document is its place."""

    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class ManifestWork:
    """The search manifest, planned when the names of its files are known."""

    documents: int
    averages: tuple[float, ...]
    terms: tuple[tuple[str, str], ...]
    records: tuple[str, ...]
    records_a_file: int
