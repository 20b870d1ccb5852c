"""What search is made from and what it shows: a document a paper."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the index: its name, and how much a match in it counts."""

    name: str
    boost: float


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
# Documents of one job: one abstract changed at 10,000 papers took 0.96 s with twice as many, 0.86 with these; 81,417
# papers in 160 jobs took no longer than in 80.
BLOCK = 512
# The parts of the index's merge begin with these terms: fixed, so that no text moves a border.
PARTS = ("", *"abcdefghijlmnoprstuw", "{")
# Up to so many papers there is one file of each kind, of records one a block: fewer requests, and still below 0.7 MB
# in all.
SMALL = 1000


@dataclass(frozen=True, slots=True)
class Document:
    """A paper for search: the texts of `FIELDS` in their order, each a list of pieces; what a result shows.

    `slug` is the paper's address below /papers/; `text` is what stands below a result's title where the
    match is not in it, on small sites only.
    """

    texts: tuple[tuple[str, ...], ...]
    slug: str
    title: str
    authors: str
    venue: str
    iso: str
    takeaway: str
    text: str


@dataclass(frozen=True, slots=True)
class BlockWork:
    """A block of documents, in the index's order: their postings and their records, so many to a file.

    `nodes` says whether the files of records are listed in a file of their own, or in the manifest.
    """

    documents: tuple[Document, ...]
    records_a_file: int
    nodes: bool


@dataclass(frozen=True, slots=True)
class FacetColumn:
    """A facet: its values (slug, name), most frequent first, and the numbers of each document's values.

    `least` is the number of papers that a value must have to be listed; 1 where all are.
    """

    name: str
    values: tuple[tuple[str, str], ...]
    rows: tuple[tuple[int, ...], ...]
    least: int = 1


@dataclass(frozen=True, slots=True)
class FacetsWork:
    """All facets of all documents, and the order of titles: for each document the place of its title."""

    columns: tuple[FacetColumn, ...] = ()
    titles: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class NamesWork:
    """What the search box suggests besides papers: word, kind (`authors`, `tags`, …), name, slug, papers."""

    rows: tuple[tuple[str, str, str, str, int], ...]
    nodes: bool


@dataclass(frozen=True, slots=True)
class MatrixWork:
    """The matrix of all blocks (paths of cached files), from which related papers are found."""

    blocks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WordsWork:
    """The words of all blocks (paths of cached files)."""

    blocks: tuple[str, ...]
    nodes: bool


@dataclass(frozen=True, slots=True)
class TermsWork:
    """One part of the terms of all blocks (paths of cached files), or all of them (-1)."""

    blocks: tuple[str, ...]
    nodes: bool
    part: int


@dataclass(frozen=True, slots=True)
class RelatedWork:
    """The related papers of the documents from `start` up to `stop`; `matrix` is the path of a cached file."""

    matrix: str
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class ManifestWork:
    """The search manifest, planned when the names of its files are known.

    `papers` is the link to the folder of all papers; `trees` are kinds with their (first key, name) entries.
    """

    documents: int
    papers: str
    averages: tuple[float, ...]
    records: tuple[str, ...]
    records_a_file: int
    nodes: bool
    trees: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    facets: str
    titles: str


# What the jobs of the index are made of.
SearchWork = BlockWork | FacetsWork | NamesWork | MatrixWork | WordsWork | TermsWork | RelatedWork
